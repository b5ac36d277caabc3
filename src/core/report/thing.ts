import type { Language } from '../reader.ts';

/** What a finding speaks of, as people call it: the kind of thing, its name, and where it is. */
export type Thing = {
  kind: keyof typeof KINDS;
  /** The end of its ARN, or the id itself; hostile text until rendered. */
  name: string;
  /** Null for what has no region: buckets, accounts, the organization. */
  region: string | null;
};

/** Reads the subject of a finding: an ARN, an account, an OU or the organization. */
export function thingOf(subject: string): Thing {
  const whole = wholeOf(subject);
  const arn = /^arn:[^:]*:([^:]*):([^:]*):[^:]*:(.+)$/s.exec(whole);
  if (!arn) return { kind: kindOfId(whole), name: whole, region: null };
  const [, service = '', region = '', resource = ''] = arn;
  const { kind, name } = kindOfArn(service, resource);
  return { kind, name, region: region || null };
}

/** `arn…:trail/audit#s3` is the delivery of a trail to one sink: the thing is the trail. */
export function wholeOf(subject: string): string {
  return subject.replace(PART, '');
}

/** The sink at the end of the subject, as people call it; null for a whole thing. */
export function partOf(subject: string): string | null {
  const sink = PART.exec(subject)?.[1];
  return sink === undefined ? null : (SINKS.get(sink) ?? sink);
}

/** Only trails have parts: the name of a log group may hold a `#` of its own. */
const PART = /(?<=^arn:[^:]*:cloudtrail:[^:]*:[^:]*:trail\/[^#]*)#(.+)$/s;

/** AWS's own names, in both languages. */
const SINKS = new Map([
  ['s3', 'S3'],
  ['digest', 'digest'],
  ['cloudwatch-logs', 'CloudWatch Logs'],
  ['sns', 'SNS'],
]);

/** `Trail`, `트레일`; '' for what we have no word for. */
export function kindWord({ kind }: Thing, language: Language): string {
  return KINDS[kind][language];
}

const KINDS = {
  trail: { en: 'Trail', ko: '트레일' },
  store: { en: 'Event data store', ko: '이벤트 데이터 스토어' },
  bucket: { en: 'Bucket', ko: '버킷' },
  key: { en: 'KMS key', ko: 'KMS 키' },
  'log-group': { en: 'Log group', ko: '로그 그룹' },
  topic: { en: 'SNS topic', ko: 'SNS 주제' },
  aggregator: { en: 'Config aggregator', ko: 'Config 집계자' },
  account: { en: 'Account', ko: '계정' },
  unit: { en: 'OU', ko: 'OU' },
  organization: { en: 'Organization', ko: '조직' },
  other: { en: '', ko: '' },
} as const;

function kindOfArn(service: string, resource: string): Pick<Thing, 'kind' | 'name'> {
  const after = (start: string) => resource.slice(start.length);
  if (service === 's3') return { kind: 'bucket', name: resource };
  if (service === 'sns') return { kind: 'topic', name: resource };
  for (const [start, kind] of ARNS)
    if (resource.startsWith(start)) return { kind, name: after(start) };
  return { kind: 'other', name: resource };
}

const ARNS: [start: string, kind: Thing['kind']][] = [
  ['trail/', 'trail'],
  ['eventdatastore/', 'store'],
  ['key/', 'key'],
  ['log-group:', 'log-group'],
  ['config-aggregator/', 'aggregator'],
];

function kindOfId(id: string): Thing['kind'] {
  if (/^\d{12}$/.test(id)) return 'account';
  if (/^o-/.test(id)) return 'organization';
  return /^(ou|r)-/.test(id) ? 'unit' : 'other';
}
