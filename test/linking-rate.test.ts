import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openLogFiles } from '../src/archive/log-files.ts';
import type { CloudTrailEvent } from '../src/core/evidence/event.ts';
import { personBehind } from '../src/core/evidence/person.ts';
import type { Search } from '../src/core/evidence/source.ts';
import { issuers } from '../src/jobs/issuers.ts';

const DATA = join(__dirname, '../../shared/data/cloudtrail');
const present = existsSync(DATA);
if (!present) console.log('skipped: ../shared/data is not here');

/** The records themselves, read by another way than the product's. */
type Raw = {
  eventID: string;
  userIdentity?: { type?: string; accessKeyId?: string };
  responseElements?: { credentials?: { accessKeyId?: string } } | null;
};

function raw(): Raw[] {
  const lines = readdirSync(DATA, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl.gz'))
    .flatMap((name) =>
      gunzipSync(readFileSync(join(DATA, name)))
        .toString('utf8')
        .trim()
        .split('\n'),
    );
  const records = lines.map((line) => JSON.parse(line) as Raw);
  return [...new Map(records.map((record) => [record.eventID, record])).values()];
}

const isOfSession = (type: string | null | undefined, key: string | null | undefined) =>
  type === 'AssumedRole' && key?.startsWith('ASIA') === true;

(present ? test : test.skip)(
  'of the sessions in real records every one is linked whose issuing call was recorded',
  async () => {
    const records = raw();
    const handedOut = new Set(
      records.flatMap(({ responseElements }) => responseElements?.credentials?.accessKeyId ?? []),
    );
    const uses = records.filter(({ userIdentity: who }) =>
      isOfSession(who?.type, who?.accessKeyId),
    );
    const linkable = new Set(
      uses
        .filter(({ userIdentity }) => handedOut.has(userIdentity?.accessKeyId ?? ''))
        .map(({ eventID }) => eventID),
    );

    const logs = openLogFiles([DATA]);
    const { events } = await logs.find(EVERYTHING);
    const calls = [...new Map(events.map((event) => [event.eventID, event])).values()];
    const used = calls.filter(({ caller }) => isOfSession(caller.type, caller.accessKeyId));
    const issued = await issuers(used, [logs]);
    logs.close();
    const linked = used.filter((event) => isLinked(event, issued));

    console.log(`${linked.length} of ${used.length} calls of role sessions with a key are linked`);
    expect(used).toHaveLength(uses.length);
    expect(new Set(linked.map(({ eventID }) => eventID))).toEqual(linkable);
    expect(linkable.size).toBeGreaterThan(40);
    for (const event of linked)
      expect(['proven-chain', 'service']).toContain(personBehind(event, issued).proof);
  },
);

function isLinked(event: CloudTrailEvent, issued: Awaited<ReturnType<typeof issuers>>): boolean {
  const [first = ''] = personBehind(event, issued).chain;
  return first.includes(` issued ${event.caller.accessKeyId} (event `);
}

const EVERYTHING = {
  from: '2000-01-01T00:00:00Z',
  to: '2100-01-01T00:00:00Z',
  accounts: 'all',
  regions: 'all',
  resources: [],
  eventNames: [],
  accessKeyIds: [],
  eventIds: [],
  actors: [],
  addresses: [],
  sharedEventIds: [],
  readOnly: null,
} satisfies Search;
