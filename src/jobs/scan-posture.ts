import type {
  Organization,
  OrganizationAccount,
  PostureFacts,
  PostureSettings,
} from '../core/posture/facts.ts';
import type { Scan, ScannedAccount } from '../core/posture/finding.ts';
import type { Rule } from '../core/posture/rule.ts';
import { coverageOf, findingsOf, ledger, totalsOf } from '../core/posture/scan.ts';
import { wasSeen } from '../core/reading.ts';

export { exitCodeOf } from '../core/posture/scan.ts';

/** What a scan needs of the world. */
export type World = {
  organization(): Promise<Organization>;
  facts(
    organization: Organization,
    asked: OrganizationAccount[],
    progress: Progress,
  ): Promise<PostureFacts>;
  rules: Rule[];
  settings: PostureSettings;
  simulated: boolean;
  now(): Date;
  /** API calls made so far, retries included. */
  calls(): number;
};

/** Which accounts: these, or those under an OU (id, name or path), or all. */
export type Scope = { accounts?: string[]; ou?: string };
export type Progress = (done: number, of: number) => void;

/** Reads the organization, judges every rule over what was read, and says what could not be seen. */
export async function scanPosture(
  scope: Scope,
  world: World,
  progress: Progress = () => {},
): Promise<Scan> {
  const started = world.now();
  const callsBefore = world.calls();

  const organization = await world.organization();
  const listed = within(scope, accountsOf(organization));
  const asked = listed.filter(({ state }) => !isClosed(state));
  const facts = await world.facts(organization, asked, progress);
  const findings = findingsOf(world.rules, facts, world.settings);

  return {
    schemaVersion: 1,
    organization: organization.id,
    ...(world.simulated && { simulated: true }),
    scannedAt: facts.readAt,
    durationMs: world.now().getTime() - started.getTime(),
    apiCalls: world.calls() - callsBefore,
    accounts: [...ledger(facts), ...listed.filter(({ state }) => isClosed(state)).map(closed)],
    findings,
    coverage: coverageOf(facts),
    totals: totalsOf(findings),
  };
}

/** All accounts that Organizations names; where it refuses, the bot's own is all there is to ask. */
function accountsOf({ accounts, self }: Organization): OrganizationAccount[] {
  if (wasSeen(accounts)) return accounts.seen;
  return self ? [{ id: self, name: '', ou: '', ouIds: [], state: 'ACTIVE' }] : [];
}

function within({ accounts, ou }: Scope, all: OrganizationAccount[]): OrganizationAccount[] {
  if (accounts?.length)
    return accounts.map(
      (id) =>
        all.find((account) => account.id === id) ?? {
          // Nobody listed it, but it was asked for by name: asking it will tell.
          id,
          name: '',
          ou: '',
          ouIds: [],
          state: 'ACTIVE',
        },
    );
  if (ou === undefined) return all;
  return all.filter(
    (account) =>
      account.ouIds.includes(ou) ||
      `${account.ou}/`.startsWith(`${ou}/`) ||
      account.ou.split('/').includes(ou),
  );
}

/** SUSPENDED, PENDING_CLOSURE, CLOSED and PENDING_ACTIVATION accounts refuse every call. */
function isClosed(state: string): boolean {
  return state !== 'ACTIVE';
}

function closed({ id, name, ou, state }: OrganizationAccount): ScannedAccount {
  return { id, name, ou, visible: false, reason: `${state}: not asked`, closed: true };
}
