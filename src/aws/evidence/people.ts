import { DescribeUserCommand, paginateListUsers, type User } from '@aws-sdk/client-identitystore';
import { ListInstancesCommand } from '@aws-sdk/client-sso-admin';
import { concurrently } from '../../core/concurrently.ts';
import { type IdentityUser, storeIn } from '../../core/evidence/users.ts';
import type { Organization } from '../../core/posture/facts.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import type { Ground } from '../facts/reader.ts';
import { orNone, reading } from '../reading.ts';

export const needs = ['identitystore:DescribeUser', 'identitystore:ListUsers', 'sso:ListInstances'];

/** Who is in the organization's identity store, and who a user id is. */
export type People = {
  /** Seen null: the store has no such user any more. */
  describe(userId: string, identityStoreArn: string): Promise<Reading<IdentityUser | null>>;
  /** Everybody, as far as so many pages hold them; none where there is no Identity Center. */
  list(): Promise<Reading<Listed>>;
  /** Where Identity Center records its sign-ins; null where that is not known. */
  home(): Promise<{ account: string; region: string } | null>;
};

/** `cut`: there are more people than are read. */
export type Listed = { people: IdentityUser[]; cut: boolean };

export type PeopleSettings = {
  organization(): Promise<Organization>;
  regionsOf(account: string): Promise<Reading<string[]>>;
  /** Pages of 100 users that are read before the list is cut. */
  pageLimit?: number;
};

const HOUR = 3_600_000;
/** How long people are taken to be who they were, and how long a refusal is not asked about again. */
const REMEMBERED = HOUR;
const REFUSED = 60_000;
/** Users that are remembered at most. */
const USERS = 5_000;
const PAGES = 50;
const LANES = 6;

/** The instance of Identity Center, and where its store can be asked. */
type Instance = { store: string; owner: string; account: string; region: string };

/**
 * The people of IAM Identity Center. Its instance lives in one region of the management account or of
 * the account that created it, and delegated administrators may read it, too; where it is nobody says,
 * so every candidate is asked once.
 */
export function openPeople(ground: Ground, settings: PeopleSettings): People {
  const { aws, now } = ground;
  const found = remembered(now, () => findInstance(ground, settings));
  const everybody = remembered(now, listAll);
  const users = new Map<string, () => Promise<Reading<IdentityUser | null>>>();

  async function listAll(): Promise<Reading<Listed>> {
    const instance = await found();
    if (!wasSeen(instance)) return instance;
    if (!instance.seen) return { seen: { people: [], cut: false } };
    const { store, account, region } = instance.seen;
    const where = { account, region };
    return reading(`identitystore:ListUsers in ${where.account}`, async () => {
      const people: IdentityUser[] = [];
      const pages = paginateListUsers(
        { client: aws.identityStore(where), pageSize: 100 },
        { IdentityStoreId: store },
      );
      let page = 0;
      for await (const { Users = [], NextToken } of pages) {
        people.push(...Users.map(asRead));
        page += 1;
        if (page >= (settings.pageLimit ?? PAGES)) return { people, cut: NextToken !== undefined };
      }
      return { people, cut: false };
    });
  }

  async function read(userId: string, arn: string): Promise<Reading<IdentityUser | null>> {
    const instance = await found();
    if (!wasSeen(instance)) return instance;
    if (!instance.seen || instance.seen.store !== storeIn(arn))
      return { unseen: { kind: 'failed', ...strange(storeIn(arn)) } };
    const { store, account, region } = instance.seen;
    const where = { account, region };
    return reading(`identitystore:DescribeUser in ${where.account}`, () =>
      orNone('ResourceNotFoundException', null, async () =>
        asRead(
          await aws
            .identityStore(where)
            .send(new DescribeUserCommand({ IdentityStoreId: store, UserId: userId })),
        ),
      ),
    );
  }

  function asRead({ UserId, UserName, DisplayName, Emails = [] }: Partial<User>): IdentityUser {
    const email = Emails.find(({ Primary }) => Primary) ?? Emails[0];
    return {
      userId: UserId ?? '',
      name: UserName ?? UserId ?? '',
      displayName: DisplayName ?? null,
      email: email?.Value ?? null,
      readAt: now().toISOString(),
    };
  }

  return {
    describe(userId, identityStoreArn) {
      const key = `${identityStoreArn} ${userId}`;
      const known = users.get(key) ?? remembered(now, () => read(userId, identityStoreArn));
      users.set(key, known);
      for (const oldest of users.keys()) {
        if (users.size <= USERS) break;
        users.delete(oldest);
      }
      return known();
    },
    list: everybody,
    async home() {
      const instance = await found();
      if (!wasSeen(instance) || !instance.seen) return null;
      const { owner, region } = instance.seen;
      return { account: owner, region };
    },
  };
}

/** Asks the accounts that may know, in the bot's own region first; seen null: there is no instance. */
async function findInstance(
  { aws }: Ground,
  { organization, regionsOf }: PeopleSettings,
): Promise<Reading<Instance | null>> {
  const { managementAccount, administrators, self } = await organization();
  const deputies = wasSeen(administrators)
    ? administrators.seen.filter(({ services }) => services.includes('sso.amazonaws.com'))
    : [];
  const accounts = [managementAccount ?? self, ...deputies.map(({ account }) => account)];
  const near = aws.settings.region;
  let refused: Reading<never> | null = null;
  for (const account of new Set(accounts)) {
    const home = await instancesAt(account, near);
    if (wasSeen(home) && home.seen) return home;
    const regions = await regionsOf(account);
    if (!wasSeen(home) || !wasSeen(regions)) {
      refused ??= wasSeen(home) ? (regions as Reading<never>) : home;
      continue;
    }
    const others = regions.seen.filter((region) => region !== near);
    const answers = await concurrently(LANES, others, (region) => instancesAt(account, region));
    for (const answer of answers) {
      if (wasSeen(answer) && answer.seen) return answer;
      if (!wasSeen(answer)) refused ??= answer;
    }
  }
  return refused ?? { seen: null };

  function instancesAt(account: string, region: string): Promise<Reading<Instance | null>> {
    return reading(`sso:ListInstances in ${account}`, async () => {
      const { Instances = [] } = await aws
        .ssoAdmin({ account, region })
        .send(new ListInstancesCommand({}));
      const [first] = Instances.filter(({ IdentityStoreId }) => IdentityStoreId);
      const { IdentityStoreId: store = '', OwnerAccountId: owner = account } = first ?? {};
      return store ? { store, owner, account, region } : null;
    });
  }
}

function strange(store: string) {
  return {
    reason: `${store || 'the identity store'} is not the organization's identity store`,
    ko: { reason: `${store || '이 자격 증명 저장소'}는 이 조직의 자격 증명 저장소가 아닙니다` },
  };
}

/** Asks again when what is known is old: what was seen after an hour, a refusal after a minute. */
function remembered<T>(
  now: () => Date,
  read: () => Promise<Reading<T>>,
): () => Promise<Reading<T>> {
  let known: { until: number; value: Promise<Reading<T>> } | undefined;
  return () => {
    if (known && now().getTime() < known.until) return known.value;
    const asked = { until: now().getTime() + REMEMBERED, value: read() };
    known = asked;
    asked.value.then(
      (value) => {
        if (!wasSeen(value)) asked.until = now().getTime() + REFUSED;
      },
      () => {
        if (known === asked) known = undefined;
      },
    );
    return asked.value;
  };
}
