import { wildcard } from '../../posture/alarms/wildcard.ts';

/** A user or a role of one account, as somebody names it. */
export type Identity = {
  kind: 'user' | 'role';
  partition: string;
  account: string;
  /** Without its path: a name is unique in its account. */
  name: string;
  /** ISO 8601 UTC: sessions that were issued before are revoked, too. Null: nobody gave a moment. */
  before: string | null;
};

/**
 * `arn:…:user/…`, `arn:…:role/…` or the ARN of a session of a role, with a moment behind it where sessions
 * issued before are to be revoked: `arn:aws:iam::111122223333:role/ci@2026-11-22T10:00:00Z`. The moment is
 * the requester's because a plan must not depend on the clock: planned again a minute later from the same
 * state it must be the same plan, or no approval would ever fit it. Undefined for anything else.
 */
export function identityOf(subject: string): Identity | undefined {
  const [, named = subject, moment] =
    /^(.+)@(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?Z)$/.exec(subject) ?? [];
  const before = moment === undefined ? null : new Date(moment);
  if (before && Number.isNaN(before.getTime())) return undefined;
  const at = before ? `${before.toISOString().slice(0, 19)}Z` : null;
  const own = /^arn:([\w-]+):iam::(\d{12}):(user|role)\/(?:[!-~]*\/)?([\w+=,.@-]{1,64})$/.exec(
    named,
  );
  if (own) {
    const [, partition = '', account = '', kind, name = ''] = own;
    return { kind: kind === 'user' ? 'user' : 'role', partition, account, name, before: at };
  }
  const session = /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([\w+=,.@-]{1,64})\/.+$/.exec(named);
  if (!session) return undefined;
  const [, partition = '', account = '', name = ''] = session;
  return { kind: 'role', partition, account, name, before: at };
}

/** Who must never be contained, whoever asks: then nobody could mend anything any more. */
export type Untouchable = {
  /** The ARN that the bot was started with. */
  bot: string;
  /** Names of its roles in all accounts. */
  roles: string[];
  /** Names of roles, `*` allowed, that people break the glass with. */
  breakGlass: string[];
};

/**
 * Why an identity is not contained; undefined where nothing speaks against it. `path` as IAM tells it. Names
 * are compared without their case: IAM takes no two that differ in it alone.
 */
export function untouchableAs(
  { kind, account, name }: Pick<Identity, 'kind' | 'account' | 'name'>,
  path: string,
  { bot, roles, breakGlass }: Untouchable,
): 'bot' | 'break-glass' | 'service' | 'identity-center' | undefined {
  const self = identityOf(bot);
  const called = (other: string) => other.toLowerCase() === name.toLowerCase();
  if (self && self.kind === kind && self.account === account && called(self.name)) return 'bot';
  if (kind === 'role' && (roles.some(called) || path === '/trailwarden/')) return 'bot';
  if (breakGlass.some((pattern) => wildcard(pattern.toLowerCase(), name.toLowerCase())))
    return 'break-glass';
  if (path.startsWith('/aws-service-role/')) return 'service';
  if (path.startsWith('/aws-reserved/')) return 'identity-center';
  return undefined;
}
