import type { JsonObject } from '../../core/json.ts';
import { resourcesOf } from './services/cloudtrail-event.ts';
import { isReachedByOrganizationTrails, type TrailState, type World } from './world.ts';

/** Which events a trail records: the simulator's own reading of CloudTrail's selectors. */

type Basic = {
  ReadWriteType?: string;
  IncludeManagementEvents?: boolean;
  ExcludeManagementEventSources?: string[];
  DataResources?: { Type?: string; Values?: string[] }[];
};
type Field = { Field?: string } & { [operator: string]: string[] | string | undefined };

/** True where the trail stood there, was logging, and its selectors chose the event. */
export function isRecordedBy(trail: TrailState, record: JsonObject, world: World): boolean {
  const at = Date.parse(String(record.eventTime));
  const account = String(record.recipientAccountId);
  const reached = trail.organization
    ? isReachedByOrganizationTrails(world, account)
    : trail.account === account;
  return (
    reached &&
    (trail.multiRegion || record.awsRegion === trail.homeRegion) &&
    trail.startedLogging.getTime() <= at &&
    (trail.logging ||
      (trail.stoppedLogging !== undefined && at < trail.stoppedLogging.getTime())) &&
    isSelectedBy(trail.selectors, record)
  );
}

/** The trail as it stood at a moment, before the calls that changed it since. */
export function asOf(trail: TrailState, at: number, world: World): TrailState | null {
  const next = world.changes.find(
    (change) =>
      change.kind === 'trail' &&
      change.at.getTime() > at &&
      (change.before ?? change.after)?.arn === trail.arn,
  );
  return next === undefined ? trail : (next.before as TrailState | null);
}

/** True where selectors, as CloudTrail spells them, choose the event; without any: all management events. */
export function isSelectedBy(selectors: TrailState['selectors'], record: JsonObject): boolean {
  if (selectors !== undefined && 'advanced' in selectors) {
    const chosen = selectors.advanced as { FieldSelectors?: Field[] }[];
    return chosen.some(({ FieldSelectors = [] }) =>
      FieldSelectors.every((field) => holds(field, record)),
    );
  }
  const basic = (selectors?.basic ?? [{}]) as Basic[];
  return basic.some((selector) => isChosen(selector, record));
}

function isChosen(selector: Basic, record: JsonObject): boolean {
  const { ReadWriteType = 'All', IncludeManagementEvents = true } = selector;
  const wanted = ReadWriteType === 'All' || (ReadWriteType === 'ReadOnly') === record.readOnly;
  if (!wanted) return false;
  if (record.eventCategory === 'Management') {
    const excluded = selector.ExcludeManagementEventSources ?? [];
    return IncludeManagementEvents && !excluded.includes(String(record.eventSource));
  }
  return (
    record.eventCategory === 'Data' &&
    (selector.DataResources ?? []).some(({ Type, Values = [] }) =>
      resourcesOf(record).some(
        ({ ResourceType, ResourceName }) =>
          ResourceType === Type && Values.some((value) => ResourceName.startsWith(value)),
      ),
    )
  );
}

function holds(field: Field, record: JsonObject): boolean {
  const values = valuesOf(field.Field ?? '', record);
  const list = (operator: string) => (field[operator] ?? []) as string[];
  const any = (operator: string, test: (value: string, wanted: string) => boolean) =>
    list(operator).some((wanted) => values.some((value) => test(value, wanted)));
  const asked = ['Equals', 'StartsWith', 'EndsWith'].some((one) => list(one).length > 0);
  const chosen =
    any('Equals', (value, wanted) => value === wanted) ||
    any('StartsWith', (value, wanted) => value.startsWith(wanted)) ||
    any('EndsWith', (value, wanted) => value.endsWith(wanted));
  const refused =
    any('NotEquals', (value, wanted) => value === wanted) ||
    any('NotStartsWith', (value, wanted) => value.startsWith(wanted)) ||
    any('NotEndsWith', (value, wanted) => value.endsWith(wanted));
  return (!asked || chosen) && !refused;
}

function valuesOf(field: string, record: JsonObject): string[] {
  if (field === 'resources.type') return resourcesOf(record).map((one) => one.ResourceType);
  if (field === 'resources.ARN') return resourcesOf(record).map((one) => one.ResourceName);
  const identity = (record.userIdentity ?? {}) as JsonObject;
  const value = field === 'userIdentity.arn' ? identity.arn : record[field];
  return value === undefined || value === null ? [] : [String(value)];
}
