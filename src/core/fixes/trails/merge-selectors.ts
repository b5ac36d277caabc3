import { howMuch, loses, managementEvents } from '../../posture/recorded/event-sets.ts';
import { managementOf } from '../../posture/recorded/management.ts';
import {
  type AdvancedSelector,
  type BasicSelector,
  type FieldCondition,
  meaningOf,
  type SelectorSet,
} from './selector-set.ts';

/**
 * How selectors are added to what is there. PutEventSelectors replaces all, so that every merge here
 * keeps what the trail records already; that is proven again for each plan (`losesNothing`).
 */

/** Whether a trail with the second selectors records all that it records with the first. */
export function losesNothing(before: SelectorSet, after: SelectorSet): boolean {
  return !loses(meaningOf(before), meaningOf(after));
}

/** Whether both record exactly the same events. */
export function recordsTheSame(one: SelectorSet, other: SelectorSet): boolean {
  return losesNothing(one, other) && losesNothing(other, one);
}

/** Sources that people leave out for their number: they stay out unless somebody asks for them. */
const COSTLY = ['kms.amazonaws.com', 'rdsdata.amazonaws.com'];

/** Whether all management events are recorded, but for costly sources that somebody left out. */
export function recordsManagement(set: SelectorSet): boolean {
  const { read, write } = managementOf([meaningOf(set)]);
  return [read, write].every(
    ({ recorded, leftOut }) =>
      recorded === 'all' && leftOut.every((source) => COSTLY.includes(source)),
  );
}

/** The costly sources of which no management event is recorded, where others are. */
export function costlyLeftOut(set: SelectorSet): string[] {
  const meaning = meaningOf(set);
  if (howMuch([meaning], managementEvents('read-write')) === 'none') return [];
  return COSTLY.filter(
    (source) =>
      howMuch([meaning], { ...ALL_MANAGEMENT, eventSource: { oneOf: [source] } }) === 'none',
  );
}

const ALL_MANAGEMENT = managementEvents('read-write');

/**
 * All management events beside what is there, in the style that is there. Costly sources that were left
 * out stay out. Selectors of management events that the new one takes whole are replaced by it.
 */
export function withManagement(set: SelectorSet): SelectorSet {
  const left = costlyLeftOut(set);
  if ('basic' in set) return { basic: basicWithManagement(set.basic, left) };
  const all: AdvancedSelector = {
    Name: 'Management events',
    FieldSelectors: [
      equals('eventCategory', ['Management']),
      ...(left.length > 0 ? [{ Field: 'eventSource', NotEquals: left }] : []),
    ],
  };
  const kept = set.advanced.filter(
    (selector) => !losesNothing({ advanced: [selector] }, { advanced: [all] }),
  );
  return { advanced: [all, ...kept] };
}

/** A basic selector has one kind (reads, writes) for management and data events, so data keep theirs. */
function basicWithManagement(basic: BasicSelector[], left: string[]): BasicSelector[] {
  const all: BasicSelector = {
    ReadWriteType: 'All',
    IncludeManagementEvents: true,
    DataResources: [],
    ExcludeManagementEventSources: left,
  };
  const others = basic.flatMap((selector): BasicSelector[] => {
    const { ReadWriteType = 'All', DataResources = [] } = selector;
    if (DataResources.length === 0) return [];
    return [
      {
        ReadWriteType,
        IncludeManagementEvents: false,
        DataResources,
        ExcludeManagementEventSources: [],
      },
    ];
  });
  // Where one of them has the kind already, it takes the management events: there may be five at most.
  const host = others.findIndex(({ ReadWriteType }) => ReadWriteType === 'All');
  const { DataResources = [] } = others[host] ?? {};
  if (host >= 0) return others.with(host, { ...all, DataResources });
  return [all, ...others];
}

/** Basic selectors told as advanced ones that record exactly the same. */
export function asAdvancedSet(set: SelectorSet): AdvancedSelector[] {
  if ('advanced' in set) return set.advanced;
  const basic: BasicSelector[] = set.basic.length > 0 ? set.basic : [{}];
  return basic.flatMap((selector) => [...managementOfBasic(selector), ...dataOfBasic(selector)]);
}

function managementOfBasic(selector: BasicSelector): AdvancedSelector[] {
  const { IncludeManagementEvents = true, ExcludeManagementEventSources: left = [] } = selector;
  if (!IncludeManagementEvents) return [];
  return [
    {
      Name: 'Management events',
      FieldSelectors: [
        equals('eventCategory', ['Management']),
        ...kindOf(selector),
        ...(left.length > 0 ? [{ Field: 'eventSource', NotEquals: left }] : []),
      ],
    },
  ];
}

function dataOfBasic(selector: BasicSelector): AdvancedSelector[] {
  return (selector.DataResources ?? []).flatMap(({ Type, Values = [] }): AdvancedSelector[] => {
    // A list without a value chooses nothing, where a condition without one would choose all.
    if (Values.length === 0) return [];
    const beginning = (value: string) =>
      Type === 'AWS::S3::Object' || /^arn:[^:]+:[^:]+$/.test(value);
    const [starts, whole] = [Values.filter(beginning), Values.filter((one) => !beginning(one))];
    const arns: FieldCondition = {
      Field: 'resources.ARN',
      ...(starts.length > 0 && { StartsWith: starts }),
      ...(whole.length > 0 && { Equals: whole }),
    };
    return [
      {
        Name: `Data events of ${Type}`,
        FieldSelectors: [
          equals('eventCategory', ['Data']),
          equals('resources.type', [Type]),
          ...kindOf(selector),
          arns,
        ],
      },
    ];
  });
}

function kindOf({ ReadWriteType = 'All' }: BasicSelector): FieldCondition[] {
  return ReadWriteType === 'All'
    ? []
    : [equals('readOnly', [String(ReadWriteType === 'ReadOnly')])];
}

export function equals(field: string, values: string[]): FieldCondition {
  return { Field: field, Equals: values };
}
