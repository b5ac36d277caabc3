import { WebClient } from '@slack/web-api';
import type { Config } from '../config.ts';
import { type Check, failed, notChecked, ok, warning } from '../core/doctor.ts';
import { examineApprovers } from './approvers.ts';
import { seen } from './seen.ts';

/** The bot scopes that the app needs; `policies/slack-manifest.yml` asks for exactly these. */
export const SLACK_SCOPES = [
  'app_mentions:read',
  'channels:read',
  'chat:write',
  'commands',
  'files:write',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'usergroups:read',
  'users:read',
  'users:read.email',
];

/** The tokens, the scopes, the approvers, and the channels of the digests. */
export async function examineSlack(config: Config): Promise<Check[]> {
  const { digests, fixes } = config;
  const { tokens } = config.slack;
  if (!tokens) {
    return [
      warning(
        'Slack',
        'no tokens: the terminal works, the bot does not',
        'Create the app from policies/slack-manifest.yml and set SLACK_BOT_TOKEN and SLACK_APP_TOKEN.',
      ),
    ];
  }
  const options = {
    ...(tokens.apiUrl && { slackApiUrl: tokens.apiUrl }),
    retryConfig: { retries: 1 },
    timeout: 10_000,
  };
  const client = new WebClient(tokens.bot, options);
  const test = await seen('auth.test', () => client.auth.test());
  if (!('value' in test)) {
    return [
      failed('Slack', test.reason, 'Check SLACK_BOT_TOKEN; reinstall the app if it was revoked.'),
    ];
  }
  const { team, user, response_metadata: metadata } = test.value;
  return [
    ok('Slack', `connected to ${team ?? 'the workspace'} as ${user ?? 'the bot'}`),
    examineScopes(metadata?.scopes),
    await examineSocket(new WebClient(tokens.app, options)),
    ...(await examineApprovers(client, config)),
    ...(await Promise.all(digests.map(({ channel }) => examineChannel(client, 'Digest', channel)))),
    ...(fixes.channel ? [await examineChannel(client, 'Fixes', fixes.channel)] : []),
    ...(fixes.auditChannel ? [await examineChannel(client, 'Audit', fixes.auditChannel)] : []),
  ];
}

function examineScopes(granted: string[] | undefined): Check {
  const name = 'Slack scopes';
  if (!granted) return notChecked(name, 'this Slack does not say which scopes it granted');
  const missing = SLACK_SCOPES.filter((scope) => !granted.includes(scope));
  return missing.length === 0
    ? ok(name, `all ${SLACK_SCOPES.length} are granted`)
    : failed(
        name,
        `missing: ${missing.join(', ')}`,
        'Add them to the app (policies/slack-manifest.yml) and reinstall it.',
      );
}

async function examineSocket(app: WebClient): Promise<Check> {
  const name = 'Socket Mode';
  const opened = await seen('apps.connections.open', () => app.apps.connections.open({}));
  return 'value' in opened
    ? ok(name, 'a connection can be opened')
    : failed(
        name,
        opened.reason,
        'Switch Socket Mode on, and give SLACK_APP_TOKEN the scope connections:write.',
      );
}

async function examineChannel(
  client: WebClient,
  use: 'Digest' | 'Fixes' | 'Audit',
  channel: string,
): Promise<Check> {
  const name = `${use} channel ${channel}`;
  const info = await seen('conversations.info', () => client.conversations.info({ channel }));
  if (!('value' in info)) {
    return failed(name, info.reason, 'Correct the id of the channel, and invite the bot to it.');
  }
  const { name: called, is_member: member, is_ext_shared: shared } = info.value.channel ?? {};
  if (shared) {
    return warning(
      name,
      `#${called} is shared with another organization`,
      'Choose a channel of your own.',
    );
  }
  return member === false
    ? failed(name, `the bot is not in #${called}`, `Invite it: /invite @trailwarden in #${called}.`)
    : ok(name, `#${called}`);
}
