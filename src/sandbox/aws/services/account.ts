import { denied } from '../authorization.ts';
import { AwsFault, type Call, type Handlers, type World } from '../service.ts';
import { regionsOf } from './ec2.ts';
import { isTrusted } from './organizations.ts';

export const account: Handlers = {
  'account:ListRegions': (call, world) => {
    const { input } = call;
    const asked = world.accounts.get(accountAsked(call, world));
    const enabled = asked?.regions ?? world.scenario.regions;
    const switching = asked?.switchingRegions ?? {};
    const wanted: string[] | undefined = input.RegionOptStatusContains;
    const regions = regionsOf(enabled, true)
      .map(({ name, enabled: on, byDefault }) => ({
        RegionName: name,
        RegionOptStatus:
          switching[name] ?? (byDefault ? 'ENABLED_BY_DEFAULT' : on ? 'ENABLED' : 'DISABLED'),
      }))
      .filter(({ RegionOptStatus }) => !wanted || wanted.includes(RegionOptStatus));
    const start = Number(input.NextToken ?? 0);
    const size = input.MaxResults ?? 50;
    if (!Number.isInteger(start)) throw new AwsFault('ValidationException', 'Invalid NextToken');
    return {
      Regions: regions.slice(start, start + size),
      ...(start + size < regions.length && { NextToken: String(start + size) }),
    };
  },
};

/** Another account's regions are the management account's or a delegated administrator's to see. */
function accountAsked(call: Call, world: World): string {
  const asked: string = call.input.AccountId ?? call.caller.account;
  if (asked === call.caller.account) return asked;
  if (
    !isTrusted(call.caller.account, world, 'account.amazonaws.com') ||
    !world.accounts.has(asked)
  ) {
    const resource = `arn:aws:account::${call.caller.account}:account`;
    throw denied(call, { action: 'account:ListRegions', resource }, 'identity-based', 'no-allow');
  }
  return asked;
}
