import {
  DescribeOrganizationCommand,
  paginateListAccounts,
  paginateListDelegatedAdministrators,
} from '@aws-sdk/client-organizations';
import type { Reading } from '../../core/reading.ts';
import { orNone, reading } from '../reading.ts';
import type { Aws } from '../session.ts';

/** IAM actions of what is asked here. */
export const MEMBERS = [
  'organizations:DescribeOrganization',
  'organizations:ListAccounts',
  'organizations:ListDelegatedAdministrators',
];

/** Who belongs to the organization: `id` is '' where the bot's account is in none. */
export type Members = {
  id: string;
  managementAccount: string | null;
  active: string[];
  all: string[];
};

/** The accounts of the organization; the bot's own alone where there is none. */
export function readMembers(aws: Aws): Promise<Reading<Members>> {
  return reading('organizations:ListAccounts in the account of the bot', async () => {
    const { account: self } = await aws.identity();
    const client = await aws.organizations();
    const alone: Members = { id: '', managementAccount: null, active: [self], all: [self] };
    return orNone('AWSOrganizationsNotInUseException', alone, async () => {
      const { Organization } = await client.send(new DescribeOrganizationCommand({}));
      if (!Organization?.Id) throw new Error('Organizations answered without an organization');
      const found: { id: string; state: string }[] = [];
      for await (const { Accounts = [] } of paginateListAccounts({ client }, {}))
        for (const { Id, State, Status } of Accounts)
          if (Id) found.push({ id: Id, state: State ?? Status ?? '' });
      return {
        id: Organization.Id,
        managementAccount: Organization.MasterAccountId ?? null,
        active: found
          .filter(({ state }) => state === 'ACTIVE')
          .map(({ id }) => id)
          .sort(),
        all: found.map(({ id }) => id).sort(),
      };
    });
  });
}

/** The accounts that administer AWS Config for the organization. */
export function readConfigDeputies(aws: Aws): Promise<Reading<string[]>> {
  return reading(
    'organizations:ListDelegatedAdministrators in the account of the bot',
    async () => {
      const client = await aws.organizations();
      const deputies: string[] = [];
      const asked = { ServicePrincipal: 'config.amazonaws.com' };
      for await (const page of paginateListDelegatedAdministrators({ client }, asked))
        for (const { Id } of page.DelegatedAdministrators ?? []) if (Id) deputies.push(Id);
      return deputies;
    },
  );
}
