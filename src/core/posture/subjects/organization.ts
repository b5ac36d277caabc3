import { type Unseen, wasSeen } from '../../reading.ts';
import type { OrganizationAccount, PostureSettings } from '../facts.ts';
import { unknownManagement } from '../guards/guards-over.ts';
import { type TrailGuards, trailGuards } from '../guards/trail-guards.ts';
import type { Subject } from '../judge.ts';
import { called, type Known } from '../known.ts';
import { proof } from '../proof.ts';
import type { Fact, FactsOf, FieldsOf, Reason } from '../vocabulary.ts';

/**
 * The organization: one subject, owned by the management account, where its policies and its delegated
 * administrators are changed.
 */
export function organizations(facts: Known, settings: PostureSettings): Subject[] {
  const { organization } = facts;
  const { id, managementAccount, self, policies, administrators } = organization;
  const bound = boundAccounts(facts);
  const guards = trailGuards(bound, facts, settings);
  const unexpected = unexpectedAdministrators(facts, settings);
  const named: FactsOf<'organization'> = {
    accountsNotGuarded: accountsNotGuarded(bound, guards, facts),
    unexpectedAdministrators: unexpected,
    cloudTrailAdministrators: cloudTrailAdministrators(facts),
  };
  const fields: FieldsOf<'organization'> = {
    management: managementAccount ?? 'unknown',
    accounts: String(bound.length),
    policies: guards.policies.join(', ') || 'none',
    conditions: guards.conditions.join('; ') || 'none',
    administrators: administratorsTold(facts),
    unexpected: ('seen' in unexpected && unexpected.seen.join(', ')) || 'none',
  };
  return [
    {
      subject: id || self || 'organization',
      owner: managementAccount ?? self,
      covers: guards.accounts.length > 0 ? guards.accounts : facts.accounts.map((one) => one.id),
      facts: named,
      fields,
      evidence: [
        proof(policies, (all) => ({
          Policies: all.map(({ name, targets }) => ({ Name: name, Targets: targets })),
        })),
        proof(administrators, (all) => ({
          DelegatedAdministrators: all.map(({ account, services }) => ({ account, services })),
        })),
      ],
    },
  ];
}

/** The accounts that were asked and that service control policies can bind. */
function boundAccounts({ organization, accountBy }: Known): OrganizationAccount[] {
  const { accounts, managementAccount } = organization;
  if (!wasSeen(accounts)) return [];
  return accounts.seen.filter(
    ({ id, state }) => state === 'ACTIVE' && id !== managementAccount && accountBy.has(id),
  );
}

const ALONE = {
  en: 'the account belongs to no organization',
  ko: '계정이 어느 조직에도 속하지 않습니다',
};

function accountsNotGuarded(
  bound: OrganizationAccount[],
  { open, unseen }: TrailGuards,
  { organization }: Known,
): Fact {
  const { alone, accounts, policies } = organization;
  if (alone) return { notApplicable: ALONE };
  if (!wasSeen(accounts)) return accounts;
  if (!wasSeen(policies)) return policies;
  const nobody = unknownManagement(organization);
  if (nobody) return { unseen: nobody };
  if (bound.length === 0)
    return {
      notApplicable: {
        en: 'no account was asked that service control policies bind; they never bind the management account',
        ko: '서비스 제어 정책이 적용되는 계정을 조회하지 않았습니다. 관리 계정에는 적용되지 않습니다',
      },
    };
  return open.length === 0 && unseen ? { unseen } : { seen: open };
}

/**
 * Who administers a service without being on its list. Of a service that has no list nobody is a
 * stranger: who speaks of CloudTrail has said nothing about single sign-on.
 */
function unexpectedAdministrators(
  { organization, accountBy }: Known,
  { delegatedAdministrators: allowed }: PostureSettings,
): { seen: string[] } | { unseen: Unseen } | { notApplicable: Reason } {
  const { alone, administrators } = organization;
  if (alone) return { notApplicable: ALONE };
  if (allowed === null || Object.keys(allowed).length === 0)
    return {
      notApplicable: {
        en: 'nobody said who may be a delegated administrator (posture.delegatedAdministrators)',
        ko: '위임된 관리자의 허용 목록이 설정되지 않았습니다(posture.delegatedAdministrators)',
      },
    };
  if (!wasSeen(administrators)) return administrators;
  const isStranger = (service: string, account: string) =>
    Object.hasOwn(allowed, service) && !allowed[service]?.includes(account);
  return {
    seen: administrators.seen
      .flatMap(({ account, services }) =>
        services
          .filter((service) => isStranger(service, account))
          .map(
            (service) =>
              `${service}: ${called(accountBy.get(account) ?? { id: account, name: '' })}`,
          ),
      )
      .sort(),
  };
}

const CLOUDTRAIL = 'cloudtrail.amazonaws.com';

/** CloudTrail takes three at most. */
function cloudTrailAdministrators({ organization }: Known): Fact {
  const { alone, administrators } = organization;
  if (alone) return { notApplicable: ALONE };
  if (!wasSeen(administrators)) return administrators;
  return {
    seen: administrators.seen.filter(({ services }) => services.includes(CLOUDTRAIL)).length,
  };
}

function administratorsTold({ organization: { administrators } }: Known): string {
  if (!wasSeen(administrators)) return 'unknown';
  const told = administrators.seen.flatMap(({ account, services }) =>
    services.map((service) => `${service}: ${account}`),
  );
  return told.sort().join(', ') || 'none';
}
