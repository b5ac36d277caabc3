import { WebClient } from '@slack/web-api';
import { concurrently } from './core/concurrently.ts';
import type { Check } from './core/doctor.ts';
import { type Reading, wasSeen } from './core/reading.ts';
import { reasonOf } from './core/reason.ts';
import type { Trailwarden } from './wire.ts';

/** The bot scopes that the app needs; `policies/slack-manifest.yml` asks for exactly these. */
export const SLACK_SCOPES = [
  'app_mentions:read',
  'channels:read',
  'chat:write',
  'commands',
  'groups:read',
  'im:history',
  'im:read',
  'usergroups:read',
  'users:read',
  'users:read.email',
];

const LANES = 8;

/**
 * Looks at everything that must be in place, in the order in which one thing needs the other: the bot's
 * own identity, the organization, the roles in every account, what the read role may read, Slack, the
 * store. Changes nothing: fix roles are proved by a session that may do nothing.
 */
export async function examine(trailwarden: Trailwarden): Promise<Check[]> {
  const { aws, config } = trailwarden;
  const me = await seen('the identity of the bot', aws.identity);
  if (!('value' in me)) {
    const remedy =
      'Give the process AWS credentials (AWS_PROFILE, an instance or task role, …) and AWS_REGION.';
    return [
      { name: 'AWS identity', status: 'failed', detail: me.reason, remedy },
      ...(await slackChecks(trailwarden)),
      await storeCheck(trailwarden),
    ];
  }
  const { account, arn } = me.value;
  const { accounts } = await trailwarden.organization();
  const active = wasSeen(accounts)
    ? accounts.seen.filter(({ state }) => state === 'ACTIVE').map(({ id }) => id)
    : [account];
  return [
    { name: 'AWS identity', status: 'ok', detail: arn, remedy: null },
    organizationCheck(accounts),
    await roleCheck('Read role', config.aws.readRole, active, aws.readRoleIn),
    await permissionCheck(trailwarden, account),
    ...(await fixRoleChecks(trailwarden, active)),
    archiveCheck(trailwarden),
    ...(await slackChecks(trailwarden)),
    await storeCheck(trailwarden),
  ];
}

function organizationCheck(accounts: Reading<{ state: string }[]>): Check {
  const name = 'Organization';
  if (wasSeen(accounts))
    return { name, status: 'ok', detail: `${accounts.seen.length} accounts listed`, remedy: null };
  return {
    name,
    status: 'failed',
    detail: accounts.unseen.reason,
    remedy:
      'Run the bot in the management account or in a delegated administrator account, with the read role deployed there too.',
  };
}

/** One line for all accounts: which of them cannot be entered, and why the first of them cannot. */
async function roleCheck(
  name: string,
  role: string,
  accounts: string[],
  enter: (account: string) => Promise<Reading<unknown>>,
): Promise<Check> {
  const entered = await concurrently(LANES, accounts, async (account) => ({
    account,
    reading: await enter(account),
  }));
  const shut = entered.flatMap(({ account, reading }) =>
    wasSeen(reading) ? [] : [{ account, why: reading.unseen }],
  );
  const [first] = shut;
  if (!first)
    return {
      name,
      status: 'ok',
      detail: `${role} can be assumed in ${accounts.length} accounts`,
      remedy: null,
    };
  const which = shut
    .slice(0, 5)
    .map(({ account }) => account)
    .join(', ');
  return {
    name,
    status: first.why.kind === 'denied' ? 'failed' : 'not-checked',
    detail: `${role} cannot be assumed in ${shut.length} of ${accounts.length} accounts (${which}${shut.length > 5 ? ', …' : ''}): ${first.why.reason}`,
    remedy: `Deploy ${role} there (policies/iam), trusting this bot with the configured external id.`,
  };
}

/** Reads as a scan of the bot's own account would, and says what was refused. */
async function permissionCheck(trailwarden: Trailwarden, account: string): Promise<Check> {
  const name = 'Read permissions';
  const scan = await seen('a scan of the own account', () =>
    trailwarden.scan({ accounts: [account] }),
  );
  if (!('value' in scan))
    return {
      name,
      status: 'not-checked',
      detail: scan.reason,
      remedy: 'Try again; the scan failed before permissions could be seen.',
    };
  const refused = scan.value.findings.filter(
    ({ status }) => status === 'NOT_VISIBLE' || status === 'ERROR',
  );
  const [first] = refused;
  return first
    ? {
        name,
        status: 'failed',
        detail: `${refused.length} checks could not be judged in ${account}: ${first.detail}`,
        remedy: 'Attach policies/iam/read.json to the read role.',
      }
    : { name, status: 'ok', detail: `every check could be judged in ${account}`, remedy: null };
}

async function fixRoleChecks({ aws }: Trailwarden, accounts: string[]): Promise<Check[]> {
  const families = Object.entries(aws.settings.fixRoles);
  if (families.length === 0) {
    return [
      {
        name: 'Fix roles',
        status: 'warning',
        detail: 'none is configured: findings are shown, nothing is mended',
        remedy:
          'If you want fixes, deploy a fix role and name it: aws: { fixRoles: { trail: trailwarden-fix-trail } }.',
      },
    ];
  }
  return Promise.all(
    families.map(([family, role]) =>
      roleCheck(`Fix role (${family})`, role, accounts, (account) =>
        aws.fixRoleIn(family, account),
      ),
    ),
  );
}

function archiveCheck({ config }: Trailwarden): Check {
  const { logArchiveAccount } = config.aws;
  return logArchiveAccount
    ? {
        name: 'Log archive',
        status: 'ok',
        detail: `logs belong in ${logArchiveAccount}`,
        remedy: null,
      }
    : {
        name: 'Log archive',
        status: 'warning',
        detail:
          'no log archive account is configured: only workload and management accounts can be told apart from one',
        remedy: "In trailwarden.yml: aws: { logArchiveAccount: '222233334444' }.",
      };
}

async function slackChecks({ config }: Trailwarden): Promise<Check[]> {
  const { tokens, approvers } = config.slack;
  if (!tokens)
    return [
      {
        name: 'Slack',
        status: 'warning',
        detail: 'no tokens: the terminal works, the bot does not',
        remedy:
          'Create the app from policies/slack-manifest.yml and set SLACK_BOT_TOKEN and SLACK_APP_TOKEN.',
      },
    ];
  const options = {
    ...(tokens.apiUrl && { slackApiUrl: tokens.apiUrl }),
    retryConfig: { retries: 1 },
    timeout: 10_000,
  };
  const client = new WebClient(tokens.bot, options);

  const test = await seen('auth.test', () => client.auth.test());
  if (!('value' in test))
    return [
      {
        name: 'Slack',
        status: 'failed',
        detail: test.reason,
        remedy: 'Check SLACK_BOT_TOKEN; reinstall the app if it was revoked.',
      },
    ];
  const checks: Check[] = [
    {
      name: 'Slack',
      status: 'ok',
      detail: `connected to ${test.value.team ?? 'the workspace'} as ${test.value.user ?? 'the bot'}`,
      remedy: null,
    },
  ];

  const granted = test.value.response_metadata?.scopes;
  const missing = granted ? SLACK_SCOPES.filter((scope) => !granted.includes(scope)) : [];
  checks.push(
    !granted
      ? {
          name: 'Slack scopes',
          status: 'not-checked',
          detail: 'this Slack does not say which scopes it granted',
          remedy: null,
        }
      : missing.length > 0
        ? {
            name: 'Slack scopes',
            status: 'failed',
            detail: `missing: ${missing.join(', ')}`,
            remedy: 'Add them to the app (policies/slack-manifest.yml) and reinstall it.',
          }
        : {
            name: 'Slack scopes',
            status: 'ok',
            detail: `all ${SLACK_SCOPES.length} are granted`,
            remedy: null,
          },
  );

  const socket = await seen('apps.connections.open', () =>
    new WebClient(tokens.app, options).apps.connections.open({}),
  );
  checks.push(
    'value' in socket
      ? { name: 'Socket Mode', status: 'ok', detail: 'a connection can be opened', remedy: null }
      : {
          name: 'Socket Mode',
          status: 'failed',
          detail: socket.reason,
          remedy: 'Switch Socket Mode on, and give SLACK_APP_TOKEN the scope connections:write.',
        },
  );

  checks.push(await approversCheck(client, approvers));
  for (const { channel } of config.digests) checks.push(await channelCheck(client, channel));
  return checks;
}

async function approversCheck(client: WebClient, approvers: string | undefined): Promise<Check> {
  const name = 'Approvers';
  if (!approvers)
    return {
      name,
      status: 'warning',
      detail: 'no user group is configured: nobody can approve a fix',
      remedy: 'In trailwarden.yml: slack: { approvers: cloud-approvers }.',
    };
  const groups = await seen('usergroups.list', () =>
    client.usergroups.list({ include_users: true }),
  );
  if (!('value' in groups))
    return { name, status: 'not-checked', detail: groups.reason, remedy: null };
  const handle = approvers.replace(/^@/, '');
  const group = groups.value.usergroups?.find((one) => one.handle === handle || one.id === handle);
  const members = group?.users?.length ?? 0;
  if (!group)
    return {
      name,
      status: 'failed',
      detail: `there is no user group @${handle}`,
      remedy: 'Create it in Slack, or correct slack.approvers.',
    };
  return members >= 2
    ? { name, status: 'ok', detail: `@${handle} has ${members} members`, remedy: null }
    : {
        name,
        status: 'warning',
        detail: `@${handle} has ${members} members: nobody can approve what the only one asks for`,
        remedy: 'Add a second person to the group.',
      };
}

async function channelCheck(client: WebClient, channel: string): Promise<Check> {
  const name = `Digest channel ${channel}`;
  const info = await seen('conversations.info', () => client.conversations.info({ channel }));
  if (!('value' in info))
    return {
      name,
      status: 'failed',
      detail: info.reason,
      remedy: 'Correct digests.channel, and invite the bot to the channel.',
    };
  const { name: called, is_member: member, is_ext_shared: shared } = info.value.channel ?? {};
  if (shared)
    return {
      name,
      status: 'warning',
      detail: `#${called} is shared with another organization`,
      remedy: 'Choose a channel of your own.',
    };
  return member === false
    ? {
        name,
        status: 'failed',
        detail: `the bot is not in #${called}`,
        remedy: `Invite it: /invite @trailwarden in #${called}.`,
      }
    : { name, status: 'ok', detail: `#${called}`, remedy: null };
}

async function storeCheck({ store, config }: Trailwarden): Promise<Check> {
  const audit = await seen('the store', store.verifyAudit);
  const name = 'Store';
  if (!('value' in audit))
    return {
      name,
      status: 'failed',
      detail: `${config.store}: ${audit.reason}`,
      remedy: 'Give the process a folder that it can write to (store: in trailwarden.yml).',
    };
  return audit.value.ok
    ? {
        name,
        status: 'ok',
        detail: `${config.store}, ${audit.value.entries} audit entries, chain unbroken`,
        remedy: null,
      }
    : {
        name,
        status: 'failed',
        detail: `the audit chain is broken at entry ${audit.value.brokenAt}`,
        remedy:
          'Keep the file as evidence and compare it with your mirror: somebody changed a record.',
      };
}

/** The value, or why there is none: a doctor goes on after a bad finding. */
async function seen<T>(
  what: string,
  look: () => Promise<T>,
): Promise<{ value: T } | { reason: string }> {
  try {
    return { value: await look() };
  } catch (error) {
    return { reason: `${what}: ${reasonOf(error)}` };
  }
}
