import type { Person, Seed } from './seed.ts';
import { granted, type Methods, refused, type Stage } from './stage.ts';
import { type Answer, type Fields, fieldsOf, listOf, textOf } from './workspace.ts';

/** Who and what there is: people, user groups, channels, with the flags a bot decides by. */
export const directoryMethods: Methods = {
  'users.info': (args, { seed }) => {
    const person = everybody(seed).find(({ id }) => id === args.user);
    return person ? granted({ user: asUser(person, seed) }) : refused('user_not_found');
  },
  'users.list': (args, { seed }) =>
    paged(
      args,
      'members',
      everybody(seed).map((person) => asUser(person, seed)),
    ),
  'users.lookupByEmail': (args, { seed }) => {
    const person = seed.people.find(({ email }) => email === args.email);
    return person ? granted({ user: asUser(person, seed) }) : refused('users_not_found');
  },
  'usergroups.list': (args, { seed }) =>
    granted({
      usergroups: seed.userGroups.map(({ users, ...group }) => ({
        ...group,
        team_id: seed.team.id,
        is_usergroup: true,
        user_count: users.length,
        date_delete: 0,
        ...(String(args.include_users) === 'true' && { users }),
      })),
    }),
  'usergroups.users.list': (args, { seed }) => {
    const group = seed.userGroups.find(({ id }) => id === args.usergroup);
    return group ? granted({ users: group.users }) : refused('no_such_subteam');
  },
  'conversations.list': async (args, stage) => {
    const answer = await stage.workspace.call('conversations.list', { types: 'im' });
    const asked = textOf(args.types) || 'public_channel';
    const channels = await Promise.all(
      listOf(answer.channels).map((channel) => withFlags(channel, stage)),
    );
    return paged(
      args,
      'channels',
      channels.filter(
        (channel) =>
          asked.split(',').includes(kindOf(channel)) && (!channel.is_private || channel.is_member),
      ),
    );
  },
  'conversations.info': async (args, stage) => {
    const answer = await stage.workspace.call('conversations.info', args);
    if (!answer.ok) return answer;
    return granted({ channel: await withFlags(fieldsOf(answer.channel), stage) });
  },
  'conversations.members': async (args, stage) => {
    const answer = await stage.workspace.call('conversations.members', args);
    return answer.ok ? paged(args, 'members', answer.members as string[]) : answer;
  },
  'conversations.join': async (args, stage) => {
    const answer = await stage.workspace.call('conversations.info', args);
    return answer.ok
      ? granted({ channel: await withFlags(fieldsOf(answer.channel), stage) })
      : answer;
  },
  'assistant.threads.setStatus': (args) =>
    args.channel_id && args.thread_ts ? granted() : refused('invalid_arguments'),
  'assistant.threads.setTitle': () => granted(),
  'assistant.threads.setSuggestedPrompts': () => granted(),
};

/** A list in Slack's pages: `limit` at a time, the cursor being where the next page begins. */
export function paged(args: Fields, name: string, all: unknown[]): Answer {
  const limit = Math.min(Number(args.limit) || 100, 1000);
  const start = Number(args.cursor) || 0;
  const end = start + limit;
  return granted({
    [name]: all.slice(start, end),
    response_metadata: { next_cursor: end < all.length ? String(end) : '' },
  });
}

function kindOf(channel: Fields): string {
  if (channel.is_im) return 'im';
  return channel.is_private ? 'private_channel' : 'public_channel';
}

/** local-slack says that the bot is a member everywhere, and nothing of sharing. */
async function withFlags(channel: Fields, { seed, workspace }: Stage): Promise<Fields> {
  const { members } = await workspace.call('conversations.members', { channel: channel.id });
  const ids = Array.isArray(members) ? members : [];
  return {
    ...channel,
    is_member: ids.includes(seed.app.user),
    ...(channel.is_im ? { user: ids.find((id) => id !== seed.app.user) } : {}),
    num_members: ids.length,
    is_general: channel.name === 'general',
    is_shared: false,
    is_ext_shared: false,
    is_org_shared: false,
    is_pending_ext_shared: false,
    context_team_id: seed.team.id,
  };
}

function everybody({ people, app }: Seed): Person[] {
  const bot: Person = {
    id: app.user,
    name: app.name,
    realName: app.name,
    email: '',
    timeZone: 'UTC',
    timeZoneOffset: 0,
    locale: 'en-US',
    bot: true,
  };
  return [...people, bot];
}

function asUser(person: Person, { team, app }: Seed): Fields {
  return {
    id: person.id,
    team_id: team.id,
    name: person.name,
    real_name: person.realName,
    deleted: false,
    tz: person.timeZone,
    tz_label: person.timeZone,
    tz_offset: person.timeZoneOffset,
    locale: person.locale,
    is_admin: false,
    is_owner: false,
    is_bot: person.bot,
    is_app_user: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_stranger: false,
    profile: {
      real_name: person.realName,
      display_name: person.name,
      ...(person.bot ? { bot_id: app.botId, api_app_id: app.id } : { email: person.email }),
      team: team.id,
    },
  };
}
