import { z } from 'zod';
import type { Scan } from '../../posture/finding.ts';
import type { State } from '../plan.ts';
import { trailOf } from '../plan.ts';
import {
  type AdvancedSelector,
  type FieldCondition,
  type SelectorSet,
  selectorState,
} from './selector-set.ts';

/** How a trail was in the last scan in which it was sound, out of the evidence that the scan kept. */
export type LastGood = { scannedAt: string; state: State };

/**
 * The newest of the scans in which least was wrong with the trail, and in which all of it was seen and it
 * was logging. What was wrong already then is not called good; where something always was, the best there
 * was is taken. Undefined where no scan saw the trail whole.
 */
export function lastGood(arn: string, scans: Scan[]): LastGood | undefined {
  const owner = trailOf(arn)?.account ?? '';
  const candidates = scans.flatMap((scan) => {
    const state = stateIn(scan, arn);
    return state?.IsLogging === true
      ? [{ scannedAt: scan.scannedAt, state, wrong: wrongIn(scan, arn, owner) }]
      : [];
  });
  const [best] = candidates.sort(
    (a, b) => a.wrong - b.wrong || (a.scannedAt < b.scannedAt ? 1 : -1),
  );
  return best && { scannedAt: best.scannedAt, state: best.state };
}

/** What somebody who weakens a trail makes fail. */
const ABOUT_TRAILS = new Set([
  'trail-logging',
  'trail-multi-region',
  'trail-management-events',
  'trail-excluded-sources',
  'trail-global-services',
  'trail-log-file-validation',
  'data-events-s3',
  'data-events-other',
]);

function wrongIn({ findings }: Scan, arn: string, owner: string): number {
  return findings.filter(
    ({ check, status, subject, evidence }) =>
      ABOUT_TRAILS.has(check) &&
      status === 'FAIL' &&
      (subject === arn ||
        subject === owner ||
        evidence.some(({ fields }) => check.startsWith('data-') && fields.TrailARN === arn)),
  ).length;
}

const Texts = z.array(z.string());
const Settings = z.object({
  multiRegion: z.boolean(),
  organization: z.boolean(),
  logFileValidation: z.boolean(),
  globalServiceEvents: z.boolean(),
  bucket: z.string(),
  prefix: z.string().nullable(),
  kmsKey: z.string().nullable(),
  snsTopic: z.string().nullable(),
});
const Logging = z.object({ IsLogging: z.boolean() });
const Condition = z.object({
  field: z.string(),
  equals: Texts,
  startsWith: Texts,
  endsWith: Texts,
  notEquals: Texts,
  notStartsWith: Texts,
  notEndsWith: Texts,
});
const Selectors = z.union([
  z.object({ advanced: z.array(z.array(Condition)) }),
  z.object({
    basic: z.array(
      z.object({
        readWriteType: z.enum(['All', 'ReadOnly', 'WriteOnly']),
        managementEvents: z.boolean(),
        excludedSources: Texts,
        dataResources: z.array(z.object({ type: z.string(), values: Texts })),
      }),
    ),
  }),
]);
const Insights = z.object({
  InsightSelectors: z.array(z.object({ type: z.string(), categories: Texts })),
});

/** Under the names of CloudTrail, as `read` of a fix tells them; undefined where a part was not seen. */
function stateIn({ findings }: Scan, arn: string): State | undefined {
  const shown = findings
    .flatMap(({ evidence }) => evidence)
    .filter(({ fields }) => fields.TrailARN === arn)
    .map(({ fields }) => fields);
  const first = <T>(schema: z.ZodType<T>): T | undefined => {
    for (const fields of shown) {
      const parsed = schema.safeParse(fields);
      if (parsed.success) return parsed.data;
    }
    return undefined;
  };
  const [settings, logging, selectors] = [first(Settings), first(Logging), first(Selectors)];
  if (!settings || !logging || !selectors) return undefined;
  const insights = first(Insights);
  return {
    IsMultiRegionTrail: settings.multiRegion,
    IsOrganizationTrail: settings.organization,
    IncludeGlobalServiceEvents: settings.globalServiceEvents,
    LogFileValidationEnabled: settings.logFileValidation,
    S3BucketName: settings.bucket,
    S3KeyPrefix: settings.prefix,
    KmsKeyId: settings.kmsKey,
    SnsTopicARN: settings.snsTopic,
    ...logging,
    ...selectorState(spelled(selectors)),
    ...(insights && {
      InsightSelectors: insights.InsightSelectors.map(({ type, categories }) => ({
        InsightType: type,
        EventCategories: categories,
      })),
    }),
  };
}

/** As CloudTrail spells them. Their names nobody kept. */
function spelled(selectors: z.output<typeof Selectors>): SelectorSet {
  if ('advanced' in selectors)
    return {
      advanced: selectors.advanced.map(
        (conditions): AdvancedSelector => ({ FieldSelectors: conditions.map(condition) }),
      ),
    };
  return {
    basic: selectors.basic.map((selector) => ({
      ReadWriteType: selector.readWriteType,
      IncludeManagementEvents: selector.managementEvents,
      DataResources: selector.dataResources.map(({ type, values }) => ({
        Type: type,
        Values: values,
      })),
      ExcludeManagementEventSources: selector.excludedSources,
    })),
  };
}

function condition(one: z.output<typeof Condition>): FieldCondition {
  const said = {
    Equals: one.equals,
    StartsWith: one.startsWith,
    EndsWith: one.endsWith,
    NotEquals: one.notEquals,
    NotStartsWith: one.notStartsWith,
    NotEndsWith: one.notEndsWith,
  };
  const used = Object.entries(said).filter(([, values]) => values.length > 0);
  return { Field: one.field, ...Object.fromEntries(used) };
}
