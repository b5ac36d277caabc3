import { withCosts } from '../core/posture/cost/cost.ts';
import type { Volumes } from '../core/posture/cost/volumes.ts';
import { isAccepted, type StandingException, withExceptions } from '../core/posture/exceptions.ts';
import type {
  Organization,
  OrganizationAccount,
  PostureFacts,
  PostureSettings,
} from '../core/posture/facts.ts';
import type { Finding, Scan, ScannedAccount } from '../core/posture/finding.ts';
import type { Framework } from '../core/posture/framework.ts';
import type { Rule } from '../core/posture/rule.ts';
import { coverageOf, findingsOf, ledger, totalsOf } from '../core/posture/scan.ts';
import { isIn, type Scope } from '../core/posture/scope.ts';
import { unusedExceptions } from '../core/posture/unused-exceptions.ts';
import { type Reading, wasSeen } from '../core/reading.ts';
import type { Told } from './since.ts';

export { exitCodeOf } from '../core/posture/scan.ts';

/** What a scan needs of the world. */
export type World = {
  /**
   * `whole`: all accounts will be asked, so that they may be read as they are listed; the organization
   * in the facts then says where they hang.
   */
  organization(whole?: boolean): Promise<Organization>;
  facts(
    organization: Organization,
    asked: OrganizationAccount[],
    progress: Progress,
  ): Promise<PostureFacts & { kept?: Scan['kept'] | null }>;
  rules: Rule[];
  frameworks: Framework[];
  exceptions: StandingException[];
  settings: PostureSettings;
  simulated: boolean;
  now(): Date;
  /** API calls made so far, retries included. */
  calls(): number;
  /** Since when each failing finding is so, and by whom; absent where nobody can look. */
  since?(findings: Finding[], facts: PostureFacts): Promise<Told>;
  /** What log files or the archive hold that estimates of cost are made of; null where nothing is held. */
  volumes?(): Promise<Reading<Volumes> | null>;
};

export type Progress = (done: number, of: number) => void;

/** Reads the organization, judges every rule over what was read, and says what could not be seen. */
export async function scanPosture(
  scope: Scope,
  world: World,
  progress: Progress = () => {},
): Promise<Scan> {
  const started = world.now();
  const callsBefore = world.calls();

  const listed = await world.organization(asksAll(scope));
  const facts = await world.facts(listed, within(scope, listed).asked, progress);
  const { organization } = facts;
  const { closed, strangers } = within(scope, organization);
  const judged = findingsOf(world.rules, facts, world.settings, world.frameworks);
  const acceptedBy = { accounts: accountsOf(organization), today: facts.readAt.slice(0, 10) };
  const priced = withCosts(judged, facts, (await world.volumes?.()) ?? null);
  const accepted = withExceptions(priced, world.exceptions, acceptedBy);
  const traced = await world.since?.(accepted, facts);
  const findings = traced?.findings ?? accepted;
  const accounts = [...ledger(facts), ...closed.map(notAsked), ...strangers.map(stranger)];
  const others = ownersAmong(organization, findings, accounts);
  const dark = accounts.filter((one) => !one.visible && !one.closed).map(({ id }) => id);
  const unused = isWhole(scope, organization)
    ? unusedExceptions(findings, world.exceptions, { ...acceptedBy, dark })
    : [];

  return {
    schemaVersion: 1,
    organization: organization.id,
    ...(world.simulated && { simulated: true }),
    scannedAt: facts.readAt,
    durationMs: world.now().getTime() - started.getTime(),
    apiCalls: world.calls() - callsBefore,
    accounts,
    ...(!wasSeen(organization.accounts) && !scope.accounts?.length && { unlisted: true }),
    ...(others.length > 0 && { others }),
    findings,
    coverage: coverageOf(facts),
    totals: totalsOf(findings),
    excepted: findings.filter(isAccepted).length,
    ...(facts.kept && { kept: facts.kept }),
    ...(traced && { traced: traced.since }),
    ...(unused.length > 0 && { unusedExceptions: unused }),
  };
}

function asksAll({ accounts, ou }: Scope): boolean {
  return !accounts?.length && ou === undefined;
}

/** Whether everything was asked: only then does the absence of a finding say something. */
function isWhole(scope: Scope, { accounts }: Organization): boolean {
  return asksAll(scope) && wasSeen(accounts);
}

/** All accounts that Organizations names; where it refuses, the bot's own is all there is to ask. */
function accountsOf({ accounts, self }: Organization): OrganizationAccount[] {
  if (wasSeen(accounts)) return accounts.seen;
  return self ? [unlistedAccount(self)] : [];
}

/** Owners of what findings are about that are accounts of the organization, but were not asked. */
function ownersAmong({ accounts }: Organization, findings: Finding[], asked: ScannedAccount[]) {
  if (!wasSeen(accounts)) return [];
  const known = new Set(asked.map(({ id }) => id));
  const owners = new Set(findings.map(({ owner }) => owner).filter((id) => !known.has(id)));
  if (owners.size === 0) return [];
  return accounts.seen.filter(({ id }) => owners.has(id)).map(({ id, name }) => ({ id, name }));
}

/** Whom to ask, who is closed, and who was named but is no account of this organization. */
function within({ accounts, ou }: Scope, organization: Organization) {
  const all = accountsOf(organization);
  const named = accounts?.length ? [...new Set(accounts)] : null;
  const wanted = named
    ? all.filter(({ id }) => named.includes(id))
    : all.filter((account) => ou === undefined || isIn(ou, account));
  const unlisted = (named ?? []).filter((id) => !all.some((account) => account.id === id));
  // Without a list nobody is known to be a stranger: whoever was named by id is asked.
  const taken = wasSeen(organization.accounts) ? [] : unlisted.filter((id) => /^\d{12}$/.test(id));
  return {
    asked: [...wanted.filter(({ state }) => state === 'ACTIVE'), ...taken.map(unlistedAccount)],
    // SUSPENDED, PENDING_CLOSURE, CLOSED and PENDING_ACTIVATION accounts refuse every call.
    closed: wanted.filter(({ state }) => state !== 'ACTIVE'),
    strangers: unlisted.filter((id) => !taken.includes(id)),
  };
}

function unlistedAccount(id: string): OrganizationAccount {
  return { id, name: '', ou: '', ouIds: [], state: 'ACTIVE' };
}

function notAsked({ id, name, ou, state }: OrganizationAccount): ScannedAccount {
  return { id, name, ou, visible: false, reason: `${state}: not asked`, closed: true };
}

function stranger(id: string): ScannedAccount {
  return { id, name: '', ou: '', visible: false, reason: 'no account of this organization' };
}
