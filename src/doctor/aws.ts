import { concurrently } from '../core/concurrently.ts';
import { type Check, failed, notChecked, ok, warning } from '../core/doctor.ts';
import { type Reading, wasSeen } from '../core/reading.ts';
import type { Trailwarden } from '../wire.ts';
import { seen } from './seen.ts';

/** Accounts entered at a time, and accounts named in one line. */
const LANES = 8;
const NAMED = 5;

/** The identity of the bot, the organization, the roles in every account, and what the read role may read. */
export async function examineAws(trailwarden: Trailwarden): Promise<Check[]> {
  const { aws, config } = trailwarden;
  const me = await seen('asking who the bot is', aws.identity);
  if (!('value' in me)) {
    return [
      failed(
        'AWS identity',
        me.reason,
        'Give the process AWS credentials (AWS_PROFILE, an instance or task role, …) and AWS_REGION.',
      ),
    ];
  }
  const { account, arn } = me.value;
  const { accounts } = await trailwarden.organization();
  const active = wasSeen(accounts)
    ? accounts.seen.filter(({ state }) => state === 'ACTIVE').map(({ id }) => id)
    : [account];
  return [
    ok('AWS identity', arn),
    wasSeen(accounts)
      ? ok('Organization', `${accounts.seen.length} accounts listed`)
      : failed(
          'Organization',
          accounts.unseen.reason,
          'Run the bot in the management account or in a delegated administrator account, with the read role deployed there too.',
        ),
    await examineRole('Read role', config.aws.readRole, active, aws.readRoleIn),
    await examinePermissions(trailwarden, account),
    await examinePeople(trailwarden),
    ...(await examineFixRoles(trailwarden, active)),
    config.aws.logArchiveAccount
      ? ok('Log archive', `logs belong in ${config.aws.logArchiveAccount}`)
      : warning(
          'Log archive',
          'no log archive account is configured: only the management account and workload accounts can be told apart from one',
          "In trailwarden.yml: aws: { logArchiveAccount: '222233334444' }.",
        ),
  ];
}

/**
 * One line for all accounts: which of them cannot be entered, and why the first of them cannot. A role
 * that is deployed `where wanted` need not be everywhere, only somewhere.
 */
async function examineRole(
  name: string,
  role: string,
  accounts: string[],
  enter: (account: string) => Promise<Reading<unknown>>,
  deployed: 'everywhere' | 'where wanted' = 'everywhere',
): Promise<Check> {
  const entered = await concurrently(LANES, accounts, async (account) => ({
    account,
    reading: await enter(account),
  }));
  const shut = entered.flatMap(({ account, reading }) =>
    wasSeen(reading) ? [] : [{ account, why: reading.unseen }],
  );
  const [first] = shut;
  if (!first) return ok(name, `${role} can be assumed in ${accounts.length} accounts`);

  const named = shut.slice(0, NAMED).map(({ account }) => account);
  const more = shut.length > NAMED ? `, and ${shut.length - NAMED} more` : '';
  const detail = `${role} cannot be assumed in ${shut.length} of ${accounts.length} accounts (${named.join(', ')}${more}): ${first.why.reason}`;
  const somewhere = deployed === 'where wanted' && shut.length < accounts.length;
  if (somewhere && shut.every(({ why }) => why.kind === 'denied'))
    return ok(
      name,
      `${role} can be assumed in ${accounts.length - shut.length} of ${accounts.length} accounts; where it cannot, its fixes are not possible: ${named.join(', ')}${more}`,
    );
  return first.why.kind === 'denied'
    ? failed(
        name,
        detail,
        `Deploy ${role} there (policies/iam), trusting this bot with the configured external id.`,
      )
    : notChecked(name, detail);
}

/** Reads as a scan of the bot's own account would, and says what was refused. */
async function examinePermissions(trailwarden: Trailwarden, account: string): Promise<Check> {
  const name = 'Read permissions';
  const scan = await seen('scanning the own account', () =>
    trailwarden.scan({ accounts: [account] }),
  );
  if (!('value' in scan)) return notChecked(name, scan.reason);
  const unjudged = scan.value.findings.filter(
    ({ status }) => status === 'NOT_VISIBLE' || status === 'ERROR',
  );
  const [first] = unjudged;
  return first
    ? failed(
        name,
        `${unjudged.length} checks could not be judged in ${account}: ${first.detail}`,
        'Attach policies/iam/read.json to the read role.',
      )
    : ok(name, `every check could be judged in ${account}`);
}

/** Whether users of Identity Center can be named; without, answers show their ids, and questions cannot name them. */
async function examinePeople({ people }: Trailwarden): Promise<Check> {
  const name = 'People';
  const listed = await people.list();
  if (!wasSeen(listed)) {
    return warning(
      name,
      `the identity store cannot be read, so users of Identity Center stand in answers by their ids: ${listed.unseen.reason}`,
      'Attach policies/iam/read.json to the read role of the management account, or make an account with the read role a delegated administrator of Identity Center.',
    );
  }
  const { people: known, cut } = listed.seen;
  if (cut) {
    return warning(
      name,
      `only the first ${known.length} people of the identity store are known by name to questions`,
      'Ask about the others by the e-mail address or user name that their sessions carry.',
    );
  }
  return ok(
    name,
    known.length > 0
      ? `${known.length} people of Identity Center are known`
      : 'there is no Identity Center: people are named as the records name them',
  );
}

async function examineFixRoles({ aws }: Trailwarden, accounts: string[]): Promise<Check[]> {
  const families = Object.entries(aws.settings.fixRoles);
  if (families.length === 0) {
    return [
      warning(
        'Fix roles',
        'none is configured: findings are shown, nothing is mended',
        'If you want fixes, deploy a fix role and name it: aws: { fixRoles: { trail: trailwarden-fix-trail } }.',
      ),
    ];
  }
  const checks: Check[] = [];
  // One family after the other: each asks every account.
  for (const [family, role] of families)
    checks.push(
      await examineRole(
        `Fix role (${family})`,
        role,
        accounts,
        (account) => aws.fixRoleIn(family, account),
        'where wanted',
      ),
    );
  return checks;
}
