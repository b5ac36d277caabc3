// One piece of work of the archive's benchmark, alone in its process or thread, so that memory and start are its own.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isMainThread, workerData } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import { measured, median } from './measure.mjs';

const require = createRequire(import.meta.url);
const { ANY_EVENT } = require('../dist/core/evidence/source.js');
const ANYTHING = { ...ANY_EVENT, from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' };
const rssMiB = () => process.resourceUsage().maxRSS / 1024;
const opened = (directory) => require('../dist/archive/open-archive.js').openArchive(directory);

/** In order of name, folder by folder: a list of all 200,000 would take more memory than the archive does. */
function* filesIn(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path);
    else yield path;
  }
}

const work = {
  async ingest(directory, folder) {
    const archive = await opened(directory);
    async function* files() {
      for (const path of filesIn(folder))
        yield { name: path, size: statSync(path).size, source: { path } };
    }
    const { result, wallMs, cpuMs } = await measured(() => archive.ingest(files()));
    await archive.close();
    return { ...result, wallMs, cpuMs, rssMiB: rssMiB() };
  },
  async lookup(directory, id) {
    const archive = await opened(directory);
    const search = async () => {
      const events = await archive.select({ ...ANYTHING, resources: [id] });
      if (events.length !== 1) throw new Error(`found ${events.length} events instead of one`);
    };
    const first = await measured(search);
    const times = [];
    for (let time = 0; time < 20; time += 1) times.push((await measured(search)).wallMs);
    await archive.close();
    return { firstMs: first.wallMs, warmMs: median(times) };
  },
  async once(directory, id) {
    const archive = await opened(directory);
    const events = await archive.select({ ...ANYTHING, resources: [id] });
    await archive.close();
    return events.length;
  },
  async tallies(directory) {
    const archive = await opened(directory);
    const told = [];
    for (const [what, difference] of [
      ['count by error', { groupBy: ['error'] }],
      ['count by region', { groupBy: ['region'] }],
      ['top principals', { groupBy: ['actor'] }],
      ['denied by principal', { groupBy: ['actor'], outcome: 'denied' }],
      ['by day', { groupBy: ['day'] }],
    ]) {
      const plan = planFor(difference);
      const first = await measured(() => archive.tally(plan));
      if (!first.result || first.result.total === 0)
        throw new Error(`${what}: nothing was counted`);
      const times = [];
      for (let time = 0; time < 3; time += 1)
        times.push((await measured(() => archive.tally(plan))).wallMs);
      told.push({ what, firstMs: first.wallMs, warmMs: median(times) });
    }
    await archive.close();
    return told;
  },
  async 'duckdb-import'(folder, target) {
    const { connection } = await duckdb();
    const { wallMs } = await measured(() =>
      connection.run(
        `COPY (SELECT unnest(Records, recursive := false) AS r FROM ${json(folder)}) TO '${target}' (FORMAT parquet, COMPRESSION zstd)`,
      ),
    );
    return { wallMs, rssMiB: rssMiB(), bytes: statSync(target).size };
  },
  /** The same with the record itself in each row, as an archive of evidence has to have it. */
  async 'duckdb-import-records'(folder, target) {
    const { connection } = await duckdb();
    const texts = TEXTS.map((name) => `r->>'${name}' AS ${name}`).join(', ');
    const parts = PARTS.map((name) => `r->'${name}' AS ${name}`).join(', ');
    const { wallMs } = await measured(() =>
      connection.run(
        `COPY (SELECT (r->>'eventID')::UUID AS eventID, (r->>'eventTime')::TIMESTAMP AS eventTime, ${texts}, ${parts}, r AS record
          FROM (SELECT unnest(Records) AS r FROM read_json('${folder}/**/*.json.gz', columns = {Records: 'JSON[]'}, maximum_object_size = 67108864)))
          TO '${target}' (FORMAT parquet, COMPRESSION zstd)`,
      ),
    );
    return { wallMs, rssMiB: rssMiB() };
  },
  async 'duckdb-raw'(folder, id) {
    const { connection } = await duckdb();
    const { wallMs } = await measured(async () => {
      const rows = await connection.runAndReadAll(
        `SELECT r.eventName FROM (SELECT unnest(Records) AS r FROM ${json(folder)}) WHERE contains(r.requestParameters::VARCHAR, '${id}')`,
      );
      if (rows.getRows().length !== 1) throw new Error('found another number of events');
    });
    return { wallMs };
  },
  async 'duckdb-lookup'(file, id) {
    const { connection } = await duckdb();
    const timed = async (sql) => {
      const times = [];
      for (let time = 0; time < 4; time += 1)
        times.push((await measured(() => connection.runAndReadAll(sql))).wallMs);
      return median(times.slice(1));
    };
    return {
      warmMs: await timed(
        `SELECT r.eventName FROM '${file}' WHERE contains(r.requestParameters::VARCHAR, '${id}') OR contains(r.responseElements::VARCHAR, '${id}') OR contains(r.resources::VARCHAR, '${id}')`,
      ),
      countMs: await timed(`SELECT r.errorCode, count(*) FROM '${file}' GROUP BY ALL`),
    };
  },
};

const json = (folder) =>
  `read_json('${folder}/**/*.json.gz', columns = {Records: 'STRUCT(eventVersion VARCHAR, userIdentity JSON, eventTime TIMESTAMP, eventSource VARCHAR, eventName VARCHAR, awsRegion VARCHAR, sourceIPAddress VARCHAR, userAgent VARCHAR, errorCode VARCHAR, errorMessage VARCHAR, requestParameters JSON, responseElements JSON, additionalEventData JSON, requestID VARCHAR, eventID UUID, readOnly BOOLEAN, resources JSON, eventType VARCHAR, managementEvent BOOLEAN, recipientAccountId VARCHAR, sharedEventID UUID, eventCategory VARCHAR, tlsDetails JSON)[]'}, maximum_object_size = 67108864)`;

const TEXTS =
  'eventVersion eventSource eventName awsRegion sourceIPAddress userAgent errorCode errorMessage requestID readOnly eventType managementEvent recipientAccountId sharedEventID eventCategory'.split(
    ' ',
  );
const PARTS = ['userIdentity', 'requestParameters', 'responseElements', 'resources'];

async function duckdb() {
  const { DuckDBInstance } = require('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:');
  return { instance, connection: await instance.connect() };
}

function planFor(difference) {
  const { Plan } = require('../dist/core/questions/plan.js');
  return Plan.parse({
    shape: 'count',
    verbs: [],
    eventNames: [],
    eventSources: [],
    resourceType: null,
    resources: [],
    actor: null,
    time: { from: ANYTHING.from, to: ANYTHING.to, zone: 'Asia/Seoul', assumed: false },
    accounts: 'all',
    regions: 'all',
    outcome: 'any',
    addresses: [],
    via: [],
    readOnly: null,
    content: null,
    groupBy: [],
    order: 'count',
    limit: 10,
    ...difference,
  });
}

if (isMainThread) {
  const [name, ...args] = process.argv.slice(2);
  process.send(await work[name](...args), () => process.disconnect());
} else {
  const { logs, thread, threads } = workerData;
  let index = 0;
  for (const path of filesIn(logs)) {
    if (index % threads === thread) gunzipSync(readFileSync(path));
    index += 1;
  }
}
