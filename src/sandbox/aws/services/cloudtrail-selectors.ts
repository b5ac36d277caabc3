import type { JsonObject } from '../../../core/json.ts';
import { changeTrail } from '../changes.ts';
import { AwsFault, type Call, type World } from '../service.ts';
import type { TrailState } from '../world.ts';
import { changeable, governsOrganizationTrails, named, unknownTrail } from './cloudtrail-trails.ts';

/** Event selectors and insight selectors of trails. */

/**
 * `GetEventSelectors`: what the trail records; one without selectors answers with CloudTrail's default. A
 * member account does not get to see the selectors of its organization's trail.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventSelectors.html
 */
export function getEventSelectors(call: Call, world: World) {
  const trail = inspectable(call.input.TrailName, call, world);
  return { TrailARN: trail.arn, ...selectorsOf(trail) };
}

export function selectorsOf(trail: TrailState) {
  if (trail.selectors !== undefined && 'advanced' in trail.selectors) {
    return { AdvancedEventSelectors: trail.selectors.advanced };
  }
  const basic = trail.selectors?.basic ?? [{}];
  return {
    EventSelectors: basic.map((selector) => ({
      ReadWriteType: selector.ReadWriteType ?? 'All',
      IncludeManagementEvents: selector.IncludeManagementEvents ?? true,
      DataResources: selector.DataResources ?? [],
      ExcludeManagementEventSources: selector.ExcludeManagementEventSources ?? [],
    })),
  };
}

/** `PutEventSelectors`: replaces what was there, basic by advanced and the other way round. */
export function putEventSelectors(call: Call, world: World) {
  const trail = changeable(call.input.TrailName, call, world);
  const { EventSelectors, AdvancedEventSelectors } = call.input;
  if ((EventSelectors === undefined) === (AdvancedEventSelectors === undefined)) {
    throw invalid('Specify either event selectors or advanced event selectors, and not both.');
  }
  if (EventSelectors !== undefined) {
    checkBasic(EventSelectors);
    changeTrail(world, trail, call.now, { selectors: { basic: structuredClone(EventSelectors) } });
  } else {
    checkAdvanced(AdvancedEventSelectors);
    changeTrail(world, trail, call.now, {
      selectors: { advanced: structuredClone(AdvancedEventSelectors) },
    });
  }
  return { TrailARN: trail.arn, ...selectorsOf(trail) };
}

export function getInsightSelectors(call: Call, world: World) {
  const trail = inspectable(call.input.TrailName, call, world);
  if (trail.insights.length === 0) {
    throw new AwsFault(
      'InsightNotEnabledException',
      `Trail ${trail.arn} does not have Insights enabled. Edit the trail settings to enable Insights, and then try the operation again.`,
    );
  }
  return {
    TrailARN: trail.arn,
    InsightSelectors: shownInsights(trail),
  };
}

const insightTypes = ['ApiCallRateInsight', 'ApiErrorRateInsight'];

/**
 * `PutInsightSelectors`: replaces what was there; an empty list switches Insights off.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutInsightSelectors.html
 */
export function putInsightSelectors(call: Call, world: World) {
  const trail = changeable(call.input.TrailName, call, world);
  const asked: { InsightType?: string; EventCategories?: string[] }[] | undefined =
    call.input.InsightSelectors;
  if (asked === undefined) {
    throw new AwsFault('InvalidInsightSelectorsException', 'Insight selectors must be specified.');
  }
  const insights = asked.map(({ InsightType: type = '', EventCategories: categories }) => {
    const unknown = categories?.find((one) => one !== 'Management' && one !== 'Data');
    if (!insightTypes.includes(type) || unknown !== undefined) {
      throw new AwsFault(
        'InvalidInsightSelectorsException',
        `Invalid insight selector: ${type} ${unknown ?? ''}. Valid insight types are ${insightTypes.join(', ')}.`,
      );
    }
    return { type, categories: categories as ('Management' | 'Data')[] | undefined };
  });
  if (new Set(insights.map(({ type }) => type)).size !== insights.length) {
    throw new AwsFault(
      'InvalidInsightSelectorsException',
      'An insight type can be given only once.',
    );
  }
  changeTrail(world, trail, call.now, { insights });
  return { TrailARN: trail.arn, InsightSelectors: shownInsights(trail) };
}

function shownInsights({ insights }: TrailState) {
  return insights.map(({ type, categories }) => ({
    InsightType: type,
    EventCategories: categories,
  }));
}

function inspectable(nameOrArn: string | undefined, call: Call, world: World): TrailState {
  const trail = named(nameOrArn, call, world);
  if (trail.account === call.caller.account) return trail;
  if (governsOrganizationTrails(call.caller.account, world)) return trail;
  throw unknownTrail(trail.arn, call);
}

function invalid(message: string): AwsFault {
  return new AwsFault('InvalidEventSelectorsException', message);
}

const basicDataTypes = ['AWS::S3::Object', 'AWS::Lambda::Function', 'AWS::DynamoDB::Table'];
const excludable = ['kms.amazonaws.com', 'rdsdata.amazonaws.com'];

/** Selectors come decoded by the SDK's schema, which lets any text through. */
function checkBasic(selectors: JsonObject[]): void {
  if (selectors.length < 1 || selectors.length > 5) {
    throw invalid('A trail must have between 1 and 5 event selectors.');
  }
  const values = selectors.map((selector) => {
    const { ReadWriteType = 'All', IncludeManagementEvents = true } = selector;
    if (!['All', 'ReadOnly', 'WriteOnly'].includes(String(ReadWriteType))) {
      throw invalid(`Invalid ReadWriteType: ${ReadWriteType}.`);
    }
    const excluded = (selector.ExcludeManagementEventSources ?? []) as string[];
    for (const source of excluded) {
      if (!excludable.includes(source)) throw invalid(`${source} cannot be excluded.`);
    }
    if (excluded.length > 0 && !IncludeManagementEvents) {
      throw invalid('Event sources can be excluded only where management events are included.');
    }
    const resources = (selector.DataResources ?? []) as { Type?: string; Values?: string[] }[];
    for (const { Type = '', Values = [] } of resources) {
      if (!basicDataTypes.includes(Type)) throw invalid(`Invalid data resource type: ${Type}.`);
      for (const value of Values) {
        if (!value.startsWith('arn:')) throw invalid(`Invalid data resource value: ${value}.`);
      }
    }
    return resources.reduce((count, { Values = [] }) => count + Values.length, 0);
  });
  if (values.reduce((sum, count) => sum + count, 0) > 250) {
    throw invalid('A trail can have at most 250 data resources across all event selectors.');
  }
}

const operators = [
  'Equals',
  'StartsWith',
  'EndsWith',
  'NotEquals',
  'NotStartsWith',
  'NotEndsWith',
] as const;
type FieldSelector = { Field?: string } & { [operator in (typeof operators)[number]]?: string[] };

const fieldsOf: { [category: string]: string[] } = {
  Management: [
    'eventCategory',
    'eventSource',
    'eventName',
    'eventType',
    'readOnly',
    'sessionCredentialFromConsole',
    'userIdentity.arn',
  ],
  Data: [
    'eventCategory',
    'eventSource',
    'eventName',
    'eventType',
    'readOnly',
    'resources.type',
    'resources.ARN',
    'sessionCredentialFromConsole',
    'userIdentity.arn',
  ],
  NetworkActivity: ['eventCategory', 'eventSource', 'eventName', 'errorCode', 'vpcEndpointId'],
};
const equalsOnly = ['eventCategory', 'readOnly', 'resources.type', 'sessionCredentialFromConsole'];

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html */
function checkAdvanced(selectors: { Name?: string; FieldSelectors?: FieldSelector[] }[]): void {
  if (selectors.length === 0) throw invalid('A trail must have at least one event selector.');
  let values = 0;
  for (const { Name, FieldSelectors: fields = [] } of selectors) {
    const called = Name === undefined || Name === '' ? 'an advanced event selector' : `'${Name}'`;
    const one = (field: string) => fields.find(({ Field }) => Field === field)?.Equals ?? [];
    const category = one('eventCategory')[0] ?? '';
    const allowed = Object.hasOwn(fieldsOf, category) ? fieldsOf[category] : undefined;
    if (allowed === undefined || one('eventCategory').length !== 1) {
      throw invalid(
        `${called} needs eventCategory Equals with one of ${Object.keys(fieldsOf).join(', ')}.`,
      );
    }
    if (category === 'Data' && one('resources.type').length === 0) {
      throw invalid(`${called} selects data events, so it needs resources.type Equals.`);
    }
    if (category === 'NetworkActivity' && one('eventSource').length === 0) {
      throw invalid(`${called} selects network activity, so it needs eventSource Equals.`);
    }
    for (const selector of fields) {
      const { Field = '' } = selector;
      if (!allowed.includes(Field)) throw invalid(`${called} cannot select by ${Field}.`);
      const used = operators.filter((operator) => selector[operator] !== undefined);
      if (used.length === 0) throw invalid(`${called} says nothing about ${Field}.`);
      if (equalsOnly.includes(Field) && used.some((operator) => operator !== 'Equals')) {
        throw invalid(`${called} can compare ${Field} only with Equals.`);
      }
      if (Field === 'readOnly' && one('readOnly').some((it) => it !== 'true' && it !== 'false')) {
        throw invalid(`${called} can compare readOnly only with true or false.`);
      }
      values += used.reduce((count, operator) => count + (selector[operator]?.length ?? 0), 0);
    }
  }
  if (values > 500) throw invalid('A trail can have at most 500 values in its event selectors.');
}
