import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { Scenario } from './scenario.ts';

/** A scenario that cannot be used; the message is for the person who wrote it. */
export class ScenarioError extends Error {
  override name = 'ScenarioError';
}

/**
 * Reads a scenario file. Refuses it with every mistake on a line of its own: where it stands, what is
 * wrong, and what was expected.
 */
export function parseScenario(yamlText: string): Scenario {
  const lines = new LineCounter();
  const document = parseDocument(yamlText, { lineCounter: lines, merge: true });
  const [broken] = document.errors;
  if (broken) {
    throw new ScenarioError(`The scenario is not YAML: ${broken.message}`, { cause: broken });
  }
  const read = Scenario.safeParse(document.toJS({ maxAliasCount: 10_000 }));
  if (read.success) return read.data;
  const mistakes = read.error.issues.map(({ path, message }) => {
    const line = lineOf(path, document, lines);
    return `  line ${line}, ${pathText(path)}: ${message}${exampleFor(path)}`;
  });
  throw new ScenarioError(`The scenario cannot be used:\n${mistakes.join('\n')}`, {
    cause: read.error,
  });
}

/** The line of what a path leads to, or of the nearest thing around it that is written. */
function lineOf(path: PropertyKey[], document: Document, lines: LineCounter): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function pathText(path: PropertyKey[]): string {
  const text = path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
  return text === '' ? 'the file' : text;
}

/** An example of what could stand at the path, by the last name on it. */
function exampleFor(path: PropertyKey[]): string {
  const name = path.findLast((step) => typeof step === 'string');
  const example = typeof name === 'string' ? examples[name] : undefined;
  return example === undefined ? '' : ` (for example \`${example}\`)`;
}

const examples: { [name: string]: string } = {
  name: 'name: Bora Commerce',
  regions: 'regions: [us-east-1, eu-west-1]',
  account: "account: '444455556666'",
  accounts: "accounts: [{ id: '444455556666', name: shop-prod }]",
  id: "id: '444455556666'",
  organization: "organization: { id: o-bora12345, managementAccount: '111122223333', units: [] }",
  managementAccount: "managementAccount: '111122223333'",
  keys: 'keys: [{ accessKeyId: AKIA…, principal: arn:aws:iam::333344445555:role/bot, allow: [sts:*] }]',
  roles: 'roles: [{ name: reader, trust: { principals: [arn:aws:iam::333344445555:role/bot] } }]',
  trails: "trails: [{ name: audit, account: '444455556666', homeRegion: eu-west-1, bucket: logs }]",
  buckets: "buckets: [{ name: logs, account: '222233334444', region: eu-west-1 }]",
  events:
    "events: [{ at: -3h, account: '444455556666', region: eu-west-1, call: ec2:StopInstances, by: mina }]",
  at: 'at: -12d 14:05',
  call: 'call: ec2:TerminateInstances',
  by: 'by: mina',
  logGroups:
    "logGroups: [{ name: trail, account: '111122223333', region: eu-west-1, retentionDays: 400 }]",
  filters:
    "filters: [{ name: root-usage, pattern: '{ $.userIdentity.type = Root }', metric: RootUsage, namespace: CIS }]",
  alarms:
    "alarms: [{ name: root-usage, account: '111122223333', region: eu-west-1, metric: RootUsage, namespace: CIS }]",
  topics: "topics: [{ name: security, account: '111122223333', region: eu-west-1 }]",
  subscriptions: 'subscriptions: [{ protocol: email, endpoint: security@bora.example }]',
  serviceControlPolicies:
    'serviceControlPolicies: [{ id: p-protect01, name: protect, document: { … }, targets: [ou-bora-security] }]',
  eventDataStores:
    "eventDataStores: [{ name: lake, id: 5f0c…, account: '111122223333', region: eu-west-1 }]",
  deliveryErrors: 'deliveryErrors: { eu-west-1: { cloudWatchLogs: AccessDenied } }',
  grants: 'grants: [{ to: LogDelivery, permission: WRITE }]',
  accessLogging: 'accessLogging: { bucket: access-logs }',
  sources: "sources: [{ account: '444455556666', status: OUTDATED, at: -3d }]",
  quotas: 'quotas: true',
  clock: 'clock: 2026-11-17T14:05:00Z',
  operation: 'operation: cloudtrail:LookupEvents',
  effect: 'effect: throttle',
};
