/**
 * Who is this, may they ask, may they decide? Answered from what Slack's server says about an id, never
 * from a display name, an e-mail in a message or who happens to be in the channel.
 */
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Member } from '../core/fixes/fix.ts';

/** Names and roles may be this old when somebody asks; decisions are never taken from memory. */
const REMEMBERED_MS = 5 * 60_000;
/** A channel may become readable for another company at any moment. */
const PLACES_REMEMBERED_MS = 60_000;
const MOST_REMEMBERED = 5_000;

/** `users.info`, with what we use. A field that Slack leaves out stays out: see `mayAsk`. */
const User = z.object({
  id: z.string(),
  team_id: z.string().optional(),
  name: z.string().optional(),
  real_name: z.string().optional(),
  deleted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_workflow_bot: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  is_email_confirmed: z.boolean().optional(),
  tz: z.string().optional(),
  locale: z.string().optional(),
  enterprise_user: z.object({ teams: z.array(z.string()).optional() }).optional(),
  profile: z
    .object({ email: z.string().optional(), display_name: z.string().optional() })
    .optional(),
});
export type User = z.infer<typeof User>;

const UserGroups = z.array(z.object({ id: z.string(), handle: z.string().optional() }));

/** A place that was asked in: whether people of other companies read along. */
const Conversation = z.object({
  is_ext_shared: z.boolean().optional(),
  is_pending_ext_shared: z.boolean().optional(),
});
export type Place = 'ours' | 'shared-outside' | 'unknown';

export type Members = {
  /** What Slack says of a person; null where it says nothing. At most five minutes old. */
  user(slackId: string): Promise<User | null>;
  /** The person as jobs know them; asked from Slack at this moment. Throws when Slack does not know them. */
  member(slackId: string): Promise<Member>;
  /** A full member of this workspace: no bot, no guest, nobody from elsewhere. Unknown is no. */
  mayAsk(user: User | null, teamId: string): boolean;
  /**
   * In the group (a handle, with or without @, or an id) and still a full member, both asked at this
   * moment. Throws when Slack does not answer, or knows no such group.
   */
  isApprover(slackId: string, group: string): Promise<boolean>;
  /** The full member of this workspace who has this address; null where there is none, asked now. */
  memberByEmail(email: string): Promise<Member | null>;
  place(channel: string): Promise<Place>;
};

/** Who may hear an answer in a channel. */
export type Audience = 'everyone' | 'asker' | 'nobody';

/** What the configuration says of channels; `elsewhere` is for all that it does not name. */
export type AnswerPolicy = { elsewhere: Audience; channels: { [channel: string]: Audience } };

export const OPEN_POLICY: AnswerPolicy = { elsewhere: 'everyone', channels: {} };

/**
 * Who hears an answer in this channel, now. Where people of another company read along nobody does,
 * unless the channel is named for its askers alone: what is posted there is never taken back.
 */
export function audienceOf(channel: string, place: Place, policy: AnswerPolicy): Audience {
  const said = policy.channels[channel];
  if (place === 'shared-outside') return said === 'asker' ? 'asker' : 'nobody';
  if (channel.startsWith('D')) return 'everyone';
  return said ?? policy.elsewhere;
}

/** `now` is milliseconds since 1970. */
export function slackMembers(
  client: WebClient,
  ownTeam: () => Promise<string>,
  now: () => number,
): Members {
  const users = remembered<User | null>(now, REMEMBERED_MS, (slackId) => readUser(client, slackId));
  const places = remembered<Place>(now, PLACES_REMEMBERED_MS, (channel) =>
    readPlace(client, channel),
  );
  return {
    user: users,
    place: places,
    mayAsk: isFullMember,
    async member(slackId) {
      const user = await readUser(client, slackId);
      if (!user) throw new Error(`Slack does not know the user ${slackId}`);
      return memberOf(user);
    },
    async memberByEmail(email) {
      const slackId = await idByEmail(client, email);
      // Asked again by id: only that answer has the flags of guests and strangers for certain.
      const user = slackId === null ? null : await readUser(client, slackId);
      if (!user || !isFullMember(user, await ownTeam())) return null;
      const member = memberOf(user);
      return member.email?.toLowerCase() === email.toLowerCase() ? member : null;
    },
    async isApprover(slackId, group) {
      const [user, listed] = await Promise.all([
        readUser(client, slackId),
        readGroup(client, group.replace(/^@/, '')),
      ]);
      return listed.includes(slackId) && isFullMember(user, await ownTeam());
    },
  };
}

function memberOf(user: User): Member {
  return {
    slackId: user.id,
    name: user.profile?.display_name || user.real_name || user.name || user.id,
    // An address that nobody has confirmed is one that somebody only says is theirs.
    email: user.is_email_confirmed === false ? null : (user.profile?.email ?? null),
  };
}

async function idByEmail(client: WebClient, email: string): Promise<string | null> {
  try {
    const { user } = await client.users.lookupByEmail({ email });
    return user?.id ?? null;
  } catch (error) {
    if (slackError(error) === 'users_not_found') return null;
    throw new Error(`asking Slack who has the address ${email}`, { cause: error });
  }
}

function isFullMember(user: User | null, teamId: string): boolean {
  if (!user) return false;
  // Slack says these four of every member; where it leaves one out, nobody knows that it is no.
  const told = [user.deleted, user.is_bot, user.is_restricted, user.is_ultra_restricted];
  if (!told.every((it) => it === false)) return false;
  // These it says only of some: whom they hold of is no member.
  if (user.is_workflow_bot === true || user.is_stranger === true) return false;
  // Members of an Enterprise Grid organization belong to several workspaces; one of them must be ours.
  return user.team_id === teamId || (user.enterprise_user?.teams ?? []).includes(teamId);
}

async function readUser(client: WebClient, slackId: string): Promise<User | null> {
  try {
    const answer = await client.users.info({ user: slackId, include_locale: true });
    const user = User.safeParse(answer.user);
    return user.success ? user.data : null;
  } catch (error) {
    if (slackError(error) === 'user_not_found' || slackError(error) === 'user_not_visible')
      return null;
    throw new Error(`asking Slack who ${slackId} is`, { cause: error });
  }
}

async function readGroup(client: WebClient, group: string): Promise<string[]> {
  const id = await groupId(client, group);
  const answer = await client.usergroups.users.list({ usergroup: id });
  return z.array(z.string()).parse(answer.users);
}

async function groupId(client: WebClient, group: string): Promise<string> {
  const { usergroups } = await client.usergroups.list({});
  const found = UserGroups.parse(usergroups).find(
    ({ id, handle }) => id === group || handle === group,
  );
  if (!found) throw new Error(`Slack has no user group ${group}, so nobody can approve`);
  return found.id;
}

async function readPlace(client: WebClient, channel: string): Promise<Place> {
  try {
    const answer = await client.conversations.info({ channel });
    const found = Conversation.safeParse(answer.channel);
    if (!found.success) return 'unknown';
    const shared = found.data.is_ext_shared || found.data.is_pending_ext_shared;
    return shared ? 'shared-outside' : 'ours';
  } catch (error) {
    // A private channel without us in it: nobody can tell who reads along there.
    if (slackError(error) === 'channel_not_found') return 'unknown';
    throw new Error(`asking Slack about the channel ${channel}`, { cause: error });
  }
}

/** Slack's own word for what was wrong, such as `not_in_channel`; null for any other trouble. */
export function slackError(error: unknown): string | null {
  const shape = z.object({ data: z.object({ error: z.string() }) }).safeParse(error);
  return shape.success ? shape.data.data.error : null;
}

/** Reads through a memory that forgets after a while; failures are not remembered. */
function remembered<T>(now: () => number, whileMs: number, read: (key: string) => Promise<T>) {
  const known = new Map<string, { value: Promise<T>; at: number }>();
  return (key: string): Promise<T> => {
    const entry = known.get(key);
    if (entry && now() - entry.at < whileMs) return entry.value;
    const value = read(key);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(key, { value, at: now() });
    value.catch(() => known.delete(key));
    return value;
  };
}
