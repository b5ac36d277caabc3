import type { EventSet, Values } from '../posture/recorded/event-sets.ts';
import { classified, sourcesOf } from '../questions/catalogue/known-events.ts';
import type { Plan } from '../questions/plan.ts';
import { dataEventSources, isDataEvent } from './data-event-names.ts';
import { withoutVersion } from './parse-event.ts';

/** A set of events that a plan is about, as selectors choose them; the place is part of some ARNs. */
export type RecordingAsked = {
  kind: 'data' | 'management';
  /** In our words, with what was asked for: hostile text. */
  what: { en: string; ko: string };
  set(place: { account: string; region: string }): EventSet;
};

/**
 * Which events must have been recorded for a question to be answerable: the data events that it names,
 * of the very resource that it names, and management events where it asks for any.
 */
export function recordingAsked(plan: Plan): RecordingAsked[] {
  const names = plan.eventNames.map(withoutVersion);
  const data = names.filter((name) => isDataEvent(name, plan.eventSources));
  const others = names.filter((name) => !data.includes(name));
  const asked = dataAsked(plan, data);
  return names.length > 0 && others.length === 0
    ? asked
    : [...asked, managementAsked(plan, others)];
}

function dataAsked(plan: Plan, names: string[]): RecordingAsked[] {
  return dataEventSources(names, plan.eventSources).flatMap(({ source, names: some }) => {
    const kind = KINDS[source];
    if (!kind) return [];
    const wanted = kind.named(plan.resources);
    const of = wanted.length > 0 ? wanted : [null];
    return of.map(
      (resource): RecordingAsked => ({
        kind: 'data',
        what: {
          en: `data events (${few(some)}) of ${resource ?? kind.en}`,
          ko: `${resource ?? kind.ko}의 데이터 이벤트(${few(some)})`,
        },
        set: (place) => ({
          eventCategory: { oneOf: ['Data'] },
          'resources.type': { oneOf: [kind.type] },
          'resources.ARN': resource ? kind.arn(resource, place) : { startingWith: '' },
          readOnly: { oneOf: readOnlyOf(some) },
          eventSource: { oneOf: [source] },
          eventName: { oneOf: some },
        }),
      }),
    );
  });
}

type Kind = {
  type: string;
  en: string;
  ko: string;
  /** Of the resources that were asked for, those that can be one of this kind. */
  named(resources: string[]): string[];
  arn(resource: string, place: { account: string; region: string }): Values;
};

const BUCKET = /^(?:s3:\/\/)?[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:\/.*)?$/s;

/** How the ARNs of each kind look in selectors (DataResource of the CloudTrail API reference). */
const KINDS: Record<string, Kind> = {
  's3.amazonaws.com': {
    type: 'AWS::S3::Object',
    en: 'any bucket',
    ko: '모든 버킷',
    named: (resources) =>
      resources.filter((one) =>
        one.startsWith('arn:') ? /^arn:[^:]*:s3:::/.test(one) : BUCKET.test(one),
      ),
    arn: (resource, { region }) => {
      const path = resource.replace(/^s3:\/\//, '').replace(/^arn:[^:]*:s3:::/, '');
      const [bucket = '', ...key] = path.split('/');
      return { startingWith: `arn:${partitionOf(region)}:s3:::${bucket}/${key.join('/')}` };
    },
  },
  'lambda.amazonaws.com': named('AWS::Lambda::Function', 'lambda', 'function:', {
    en: 'any function',
    ko: '모든 함수',
  }),
  'dynamodb.amazonaws.com': named('AWS::DynamoDB::Table', 'dynamodb', 'table/', {
    en: 'any table',
    ko: '모든 테이블',
  }),
  'sqs.amazonaws.com': named('AWS::SQS::Queue', 'sqs', '', { en: 'any queue', ko: '모든 대기열' }),
  'sns.amazonaws.com': named('AWS::SNS::Topic', 'sns', '', { en: 'any topic', ko: '모든 주제' }),
  'kinesis.amazonaws.com': named('AWS::Kinesis::Stream', 'kinesis', 'stream/', {
    en: 'any stream',
    ko: '모든 스트림',
  }),
};

function named(
  type: string,
  service: string,
  prefix: string,
  words: { en: string; ko: string },
): Kind {
  return {
    type,
    ...words,
    named: (resources) =>
      resources.filter((one) => !one.startsWith('arn:') || one.split(':')[2] === service),
    arn: (resource, { account, region }) => ({
      oneOf: [
        resource.startsWith('arn:')
          ? resource
          : `arn:${partitionOf(region)}:${service}:${region}:${account}:${prefix}${resource}`,
      ],
    }),
  };
}

const READS = /^(Get|Head|List|Select|Query|Scan|Batch(Get)|TransactGet|Receive)/;

function readOnlyOf(names: string[]): string[] {
  const kinds = new Set(names.map((name) => String(READS.test(name))));
  return [...kinds];
}

function managementAsked(plan: Plan, names: string[]): RecordingAsked {
  const sources = plan.eventSources.length > 0 ? plan.eventSources : sourcesOfAll(names);
  const readOnly = plan.readOnly === null ? kindsOf(names) : [String(plan.readOnly)];
  const told = names.length > 0 ? ` (${few(names)})` : '';
  return {
    kind: 'management',
    what: { en: `management events${told}`, ko: `관리 이벤트${told}` },
    set: () => ({
      eventCategory: { oneOf: ['Management'] },
      readOnly: { oneOf: readOnly },
      ...(sources.length > 0 && { eventSource: { oneOf: sources } }),
    }),
  };
}

const MANAGEMENT_READS = /^(Get|Head|List|Describe|Lookup|Search|View|Select|Query|Scan|BatchGet)/;

/** Reads, writes or both: by IAM's word for each name, else by how it begins; without names, both. */
function kindsOf(names: string[]): string[] {
  if (names.length === 0) return ['true', 'false'];
  return [...new Set(names.flatMap(kindOf))];
}

function kindOf(name: string): string[] {
  // CloudTrail calls what KMS does with a key a read, where IAM calls it a write.
  if (/^(Decrypt|Encrypt|GenerateDataKey|Sign|Verify|ReEncrypt)/.test(name)) return ['true'];
  const access = sourcesOf(name).flatMap((source) => classified(source, name)?.access ?? []);
  if (access.length === 0) return [String(MANAGEMENT_READS.test(name))];
  return access.map((one) => String(one === 'list' || one === 'read'));
}

/** The sources of these names; none where nobody knows one of them, which then may come from anywhere. */
function sourcesOfAll(names: string[]): string[] {
  const known = names.map(sourcesOf);
  return known.some((list) => list.length === 0) ? [] : [...new Set(known.flat())];
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function few(names: string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} … (+${names.length - 3})` : shown;
}
