import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../core/json.ts';
import { isoSeconds, lengthOf, momentAt } from './moments.ts';
import type { EventSetup, Scenario } from './scenario.ts';

/**
 * The CloudTrail records of a scenario's story, by `account/region`, oldest first; `start` is the moment
 * that relative times count from.
 */
export function recordsOf(scenario: Scenario, start: Date): Map<string, JsonObject[]> {
  const records = new Map<string, JsonObject[]>();
  scenario.events.forEach((event, index) => {
    for (let n = 0; n < (event.repeat?.times ?? 1); n++) {
      const back = event.repeat === undefined ? 0 : n * lengthOf(event.repeat.every);
      const at = new Date(momentAt(event.at, start).getTime() - back);
      const place = `${event.account}/${event.region}`;
      const record = recordOf(scenario, event, at, `${index}/${n}`, n);
      const others = records.get(place);
      if (others === undefined) records.set(place, [record]);
      else others.push(record);
    }
  });
  for (const list of records.values()) {
    list.sort((a, b) => Date.parse(String(a.eventTime)) - Date.parse(String(b.eventTime)));
  }
  return records;
}

/** Members that a cast entry may have beside its `userIdentity`; they belong to the record. */
const aboutTheCall = ['sourceIPAddress', 'userAgent', 'sessionCredentialFromConsole', 'tlsDetails'];

function recordOf(
  scenario: Scenario,
  event: EventSetup,
  at: Date,
  place: string,
  n: number,
): JsonObject {
  const caller = typeof event.by === 'string' ? scenario.cast[event.by] : event.by;
  if (caller === undefined) {
    throw new Error(
      `events: nobody in the cast is called '${event.by}'; expected one of ${Object.keys(scenario.cast).join(', ')}`,
    );
  }
  const [service = '', eventName = ''] = event.call.split(':');
  const eventSource = `${service}.amazonaws.com`;
  const mine = (key: string) => aboutTheCall.includes(key);
  const members = Object.entries(caller) as [string, Json][];
  const record: JsonObject = {
    eventVersion: '1.11',
    userIdentity: Object.fromEntries(members.filter(([key]) => !mine(key))),
    eventTime: isoSeconds(at),
    eventSource,
    eventName,
    awsRegion: event.region,
    sourceIPAddress: '203.0.113.10',
    userAgent: 'aws-cli/2.31.3',
    ...Object.fromEntries(members.filter(([key]) => mine(key))),
    ...(event.error === undefined ? {} : { errorCode: event.error.code }),
    ...(event.error?.message === undefined ? {} : { errorMessage: event.error.message }),
    requestParameters: (event.request ?? null) as Json,
    responseElements: (event.response ?? null) as Json,
    requestID: uuidOf(`request/${scenario.name}/${place}`),
    eventID: uuidOf(`event/${scenario.name}/${place}`),
    readOnly: isReadOnly(eventName),
    ...(event.resources === undefined ? {} : { resources: event.resources as Json }),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: event.account,
    eventCategory: 'Management',
    ...tlsOf(service, event.region, caller.invokedBy),
    ...(event.more as JsonObject | undefined),
  };
  return filled(record, { event, at, n }) as JsonObject;
}

/** How the client reached AWS; a service that acts for somebody has no such connection. */
function tlsOf(service: string, region: string, invokedBy: unknown): JsonObject {
  if (invokedBy !== undefined) return {};
  return {
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: `${service}.${region}.amazonaws.com`,
    },
  };
}

/** CloudTrail's `readOnly`: by the first word of the call, with the calls that only hand out credentials. */
export function isReadOnly(eventName: string): boolean {
  return /^(Get|List|Describe|Lookup|Head|Select|Search|BatchGet|Assume|Decrypt|Query|Scan)/.test(
    eventName,
  );
}

type Filling = { event: EventSetup; at: Date; n: number };

/**
 * Fills the words of a story's texts, so that repetitions differ and belong together where they should:
 * `{{account}}`, `{{region}}`, `{{n}}` (which repetition, 0 the newest), `{{date}}`, `{{time}}`,
 * `{{time -4m}}`, `{{until 1h}}` (as STS writes an expiration), `{{role NAME}}` (a role's unique id),
 * `{{key NAME}}` (an issued access key id, one per name and day), `{{id NAME}}` (a UUID,
 * one per name and day) and `{{hex NAME}}` (17 hexadecimal digits, one per name and day). In a NAME,
 * `@` means the account.
 */
function filled(value: Json, filling: Filling): Json {
  if (typeof value === 'string') return value.replace(/\{\{(\w+)(?: ([^}]*))?\}\}/g, word);
  if (Array.isArray(value)) return value.map((member) => filled(member, filling));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, filled(member, filling)]),
  );

  function word(whole: string, name: string, rest = ''): string {
    const { event, at, n } = filling;
    const date = at.toISOString().slice(0, 10);
    const named = `${rest.replaceAll('@', event.account)}/${date}`;
    const words: { [word: string]: () => string } = {
      account: () => event.account,
      region: () => event.region,
      n: () => String(n),
      date: () => date,
      time: () => isoSeconds(rest === '' ? at : momentAt(rest, at)),
      until: () => stsTime(new Date(at.getTime() + lengthOf(rest))),
      key: () => accessKeyOf(named),
      id: () => uuidOf(named),
      role: () => `AROA${base32(rest.replaceAll('@', event.account)).slice(0, 17)}`,
      hex: () => digest(named).slice(0, 17),
    };
    const say = words[name];
    if (say === undefined) throw new Error(`events: '${whole}' is no word that a story can fill`);
    return say();
  }
}

const stsFormat = new Intl.DateTimeFormat('en-US', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'UTC',
});

/** The time as STS answers' `expiration` stands in records: `Jul 30, 2024, 9:46:15 PM`. */
function stsTime(at: Date): string {
  return stsFormat.format(at).replaceAll('\u202f', ' ');
}

/** An access key id as STS issues them, always the same for one name. */
function accessKeyOf(name: string): string {
  return `ASIA${base32(name).slice(0, 16)}`;
}

function base32(name: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bytes = createHash('sha256').update(name).digest();
  return [...bytes].map((byte) => alphabet[byte % 32]).join('');
}

function uuidOf(name: string): string {
  const hex = digest(name);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function digest(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}
