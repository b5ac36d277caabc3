import type { Json } from '../../json.ts';
import type { FieldSelector, Selectors } from '../../posture/facts.ts';
import type { State } from '../plan.ts';

/** Event selectors under CloudTrail's own names, as they are read and sent back: basic or advanced. */
export type SelectorSet = { basic: BasicSelector[] } | { advanced: AdvancedSelector[] };

export type BasicSelector = {
  ReadWriteType?: 'All' | 'ReadOnly' | 'WriteOnly';
  IncludeManagementEvents?: boolean;
  DataResources?: { Type: string; Values?: string[] }[];
  ExcludeManagementEventSources?: string[];
};
export type AdvancedSelector = { Name?: string; FieldSelectors: FieldCondition[] };
export type FieldCondition = { Field: string } & { [operator in Operator]?: string[] };
type Operator =
  | 'Equals'
  | 'StartsWith'
  | 'EndsWith'
  | 'NotEquals'
  | 'NotStartsWith'
  | 'NotEndsWith';

/** How a trail's state tells its selectors: one of the two fields is null. */
export function selectorState(set: SelectorSet): State {
  return 'advanced' in set
    ? { EventSelectors: null, AdvancedEventSelectors: set.advanced as Json }
    : { EventSelectors: set.basic as Json, AdvancedEventSelectors: null };
}

/** The selectors out of a state that `selectorState` made. */
export function selectorsIn(state: State): SelectorSet {
  const { EventSelectors: basic, AdvancedEventSelectors: advanced } = state;
  if (Array.isArray(advanced)) return { advanced: advanced as AdvancedSelector[] };
  if (Array.isArray(basic)) return { basic: basic as BasicSelector[] };
  throw new Error('a state without event selectors');
}

/** The call that puts them, which replaces whatever there is (PutEventSelectors). */
export function putSelectors(arn: string, set: SelectorSet) {
  // A trail without selectors records all management events, which cannot be put as an empty list.
  const basic = 'basic' in set && set.basic.length > 0 ? set.basic : [DEFAULT];
  const selectors =
    'advanced' in set
      ? { AdvancedEventSelectors: set.advanced as Json }
      : { EventSelectors: basic as Json };
  return { api: 'cloudtrail:PutEventSelectors', parameters: { TrailName: arn, ...selectors } };
}

const DEFAULT: BasicSelector = {
  ReadWriteType: 'All',
  IncludeManagementEvents: true,
  DataResources: [],
  ExcludeManagementEventSources: [],
};

/** What they choose, as the judgement of posture knows selectors. Names choose nothing. */
export function meaningOf(set: SelectorSet): Selectors {
  if ('advanced' in set)
    return { advanced: set.advanced.map(({ FieldSelectors }) => FieldSelectors.map(condition)) };
  return {
    basic: set.basic.map((selector) => ({
      readWriteType: selector.ReadWriteType ?? 'All',
      managementEvents: selector.IncludeManagementEvents ?? true,
      excludedSources: selector.ExcludeManagementEventSources ?? [],
      dataResources: (selector.DataResources ?? []).map(({ Type, Values = [] }) => ({
        type: Type,
        values: Values,
      })),
    })),
  };
}

function condition(field: FieldCondition): FieldSelector {
  return {
    field: field.Field,
    equals: field.Equals ?? [],
    startsWith: field.StartsWith ?? [],
    endsWith: field.EndsWith ?? [],
    notEquals: field.NotEquals ?? [],
    notStartsWith: field.NotStartsWith ?? [],
    notEndsWith: field.NotEndsWith ?? [],
  };
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html */
const MOST = { selectors: 5, resources: 250, values: 500 };

/** Whether CloudTrail takes so many. */
export function fits(set: SelectorSet): boolean {
  if ('advanced' in set) {
    const lists = set.advanced.flatMap(({ FieldSelectors }) =>
      FieldSelectors.flatMap(({ Field: _, ...operators }) => Object.values(operators)),
    );
    return lists.reduce((sum, list) => sum + list.length, 0) <= MOST.values;
  }
  const resources = set.basic.flatMap(({ DataResources = [] }) => DataResources);
  return (
    set.basic.length <= MOST.selectors &&
    resources.reduce((sum, { Values = [] }) => sum + Values.length, 0) <= MOST.resources
  );
}
