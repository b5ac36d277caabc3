import type { WebClient } from '@slack/web-api';
import type { Config } from '../config.ts';
import { openSignIn } from '../confirm/sign-in.ts';
import { type Check, failed, notChecked, ok, warning } from '../core/doctor.ts';
import { NEEDED } from '../core/fixes/approval.ts';
import { unknownUnits } from '../core/fixes/approvers.ts';
import { wasSeen } from '../core/reading.ts';
import type { Trailwarden } from '../wire.ts';
import { approverRules } from '../wire-gates.ts';
import { seen } from './seen.ts';

const NAME = 'Approvers';
const CLASSES = ['A', 'B', 'C'] as const;

/** Every group that may approve: that it is there, and has people enough for what it decides. */
export async function examineApprovers(
  client: WebClient,
  config: Pick<Config, 'fixes' | 'slack'>,
): Promise<Check[]> {
  const { everywhere, units } = approverRules(config);
  const open = CLASSES.filter((each) => everywhere[each] === undefined);
  const unnamed = warning(
    NAME,
    `no user group is configured for class ${open.join(', ')}: nobody can approve such a fix`,
    'In trailwarden.yml: slack: { approvers: cloud-approvers }, or fixes.approvers by class.',
  );
  const uses = new Map<string, { of: string[]; needed: number }>();
  for (const [where, groups] of [['', everywhere] as const, ...Object.entries(units)])
    for (const each of CLASSES) {
      const group = groups[each];
      if (group === undefined) continue;
      const { of = [], needed = 1 } = uses.get(group) ?? {};
      const said = where === '' ? `class ${each}` : `class ${each} in ${where}`;
      uses.set(group, { of: [...of, said], needed: Math.max(needed, NEEDED[each]) });
    }
  if (uses.size === 0) return [unnamed];

  const listed = await seen('usergroups.list', () =>
    client.usergroups.list({ include_users: true }),
  );
  if (!('value' in listed)) return [notChecked(NAME, listed.reason)];
  const checks = [...uses].map(([handle, { of, needed }]) => {
    const name = `${NAME} (${of.join(', ')})`;
    const group = listed.value.usergroups?.find(
      (one) => one.handle === handle || one.id === handle,
    );
    if (!group) {
      return failed(
        name,
        `there is no user group @${handle}`,
        'Create it in Slack, or correct slack.approvers and fixes.approvers.',
      );
    }
    const members = group.users?.length ?? 0;
    // Whoever asks does not count: one more than approve has to be there.
    return members > needed
      ? ok(name, `@${handle} has ${members} members`)
      : warning(
          name,
          `@${handle} has ${members} members, and ${needed} must approve beside the one who asks`,
          'Add people to the group.',
        );
  });
  return open.length > 0 ? [unnamed, ...checks] : checks;
}

/** OUs with approvers of their own that no account hangs under: their accounts would be left to others. */
export async function examineUnits({ config, organization }: Trailwarden): Promise<Check[]> {
  const rules = approverRules(config);
  if (Object.keys(rules.units).length === 0) return [];
  const name = 'OUs with their own approvers';
  const { accounts } = await organization();
  if (!wasSeen(accounts)) return [notChecked(name, accounts.unseen.reason)];
  const unknown = unknownUnits(rules, accounts.seen);
  return unknown.length === 0
    ? [ok(name, Object.keys(rules.units).join(', '))]
    : [
        failed(
          name,
          `no account is under ${unknown.join(', ')}`,
          'Correct fixes.units: write the path of OU names from the root, or the id of the OU.',
        ),
      ];
}

/** The sign-in that confirms approvals: that the provider says how it is done. */
export async function examineConfirm({ fixes, oidcSecret }: Config): Promise<Check[]> {
  if (!fixes.confirm) return [];
  const { issuer, clientId, url, acr, trustEmail, classes } = fixes.confirm;
  const name = 'Confirmation outside Slack';
  const redirectUri = `${url}/callback`;
  const signIn = openSignIn({
    issuer,
    clientId,
    clientSecret: oidcSecret,
    redirectUri,
    acr,
    trustEmail,
  });
  const left = await seen(`discovery at ${issuer}`, signIn.leave);
  return 'value' in left
    ? [ok(name, `class ${classes.join(', ')} by ${issuer}, back at ${redirectUri}`)]
    : [failed(name, left.reason, 'Correct fixes.confirm.issuer, or let the bot reach it.')];
}
