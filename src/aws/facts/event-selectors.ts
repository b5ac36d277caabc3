import type {
  AdvancedFieldSelector,
  EventSelector,
  GetEventSelectorsCommandOutput,
} from '@aws-sdk/client-cloudtrail';
import type { Selectors } from '../../core/posture/facts.ts';

/** The selectors in an answer of GetEventSelectors: advanced ones replace basic ones; none at all record every management event. */
export function selectorsOf(answer: GetEventSelectorsCommandOutput): Selectors {
  const { AdvancedEventSelectors: advanced = [], EventSelectors: basic = [] } = answer;
  if (advanced.length > 0)
    return {
      advanced: advanced.map(({ FieldSelectors = [] }) => FieldSelectors.map(fieldSelector)),
    };
  return { basic: basic.map(basicSelector) };
}

function basicSelector(selector: EventSelector) {
  return {
    readWriteType: selector.ReadWriteType ?? 'All',
    managementEvents: selector.IncludeManagementEvents ?? true,
    excludedSources: selector.ExcludeManagementEventSources ?? [],
    dataResources: (selector.DataResources ?? []).map(({ Type = '', Values = [] }) => ({
      type: Type,
      values: Values,
    })),
  };
}

function fieldSelector(selector: AdvancedFieldSelector) {
  return {
    field: selector.Field ?? '',
    equals: selector.Equals ?? [],
    startsWith: selector.StartsWith ?? [],
    endsWith: selector.EndsWith ?? [],
    notEquals: selector.NotEquals ?? [],
    notStartsWith: selector.NotStartsWith ?? [],
    notEndsWith: selector.NotEndsWith ?? [],
  };
}
