import { AwsFault, type Handlers } from '../service.ts';
import { securityGroups } from './ec2-security-groups.ts';

/** Regions that every account has, and cannot switch off. */
const DEFAULT_REGIONS = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
];
/** Regions that an account must opt into. */
const OPT_IN_REGIONS = [
  'af-south-1',
  'ap-east-1',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ca-west-1',
  'eu-central-2',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'me-south-1',
];

/** Every region of the simulated partition: a scenario may know more than AWS's usual ones. */
export function regionsOf(enabled: readonly string[], all: boolean): Region[] {
  const made = all ? ofAll.get(enabled) : undefined;
  if (made) return made;
  const known = all
    ? [...new Set([...DEFAULT_REGIONS, ...OPT_IN_REGIONS, ...enabled])]
    : [...enabled];
  const regions = known.sort().map((name) => ({
    name,
    enabled: enabled.includes(name),
    byDefault: !OPT_IN_REGIONS.includes(name),
  }));
  if (all) ofAll.set(enabled, regions);
  return regions;
}

type Region = { name: string; enabled: boolean; byDefault: boolean };
/** Most accounts share one list of enabled regions. */
const ofAll = new WeakMap<readonly string[], Region[]>();

export const ec2: Handlers = {
  'ec2:DescribeRegions': ({ input, caller }, world) => {
    const enabled = world.accounts.get(caller.account)?.regions ?? world.scenario.regions;
    const wanted: string[] | undefined = input.RegionNames;
    const regions = regionsOf(enabled, input.AllRegions === true || wanted !== undefined);
    const unknown = wanted?.find((name) => !regions.some((region) => region.name === name));
    if (unknown !== undefined) {
      throw new AwsFault('InvalidParameterValue', `Invalid region name: ${unknown}`);
    }
    return {
      Regions: regions
        .filter(({ name }) => !wanted || wanted.includes(name))
        .map(({ name, enabled: on, byDefault }) => ({
          RegionName: name,
          Endpoint: `ec2.${name}.amazonaws.com`,
          OptInStatus: byDefault ? 'opt-in-not-required' : on ? 'opted-in' : 'not-opted-in',
        })),
    };
  },
  ...securityGroups,
};
