import type { Call, Handlers, World } from '../service.ts';
import { lookupEvents } from './cloudtrail-lookup.ts';
import { checkName, isOf, isShadow, named, shown, stands } from './cloudtrail-trails.ts';

/** The simulated CloudTrail. */
export const cloudtrail: Handlers = {
  'cloudtrail:DescribeTrails': describeTrails,
  'cloudtrail:ListTrails': (call, world) => ({
    Trails: world.trails
      .filter((trail) => isOf(trail, call.caller.account, world))
      .map(({ arn, name, homeRegion }) => ({ TrailARN: arn, Name: name, HomeRegion: homeRegion })),
  }),
  'cloudtrail:GetTrail': (call, world) => ({ Trail: shown(named(call.input.Name, call, world)) }),
  'cloudtrail:LookupEvents': lookupEvents,
};

/**
 * Without names: every trail that stands here, shadow copies included unless told otherwise. With names or
 * ARNs: those that exist; a trail of another region answers only to its ARN.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html
 */
function describeTrails(call: Call, world: World) {
  const names: string[] = call.input.trailNameList ?? [];
  for (const name of names) checkName(name);
  const wanted =
    names.length > 0
      ? world.trails.filter(
          (trail) =>
            isOf(trail, call.caller.account, world) &&
            (names.includes(trail.arn) || (names.includes(trail.name) && !isShadow(trail, call))),
        )
      : world.trails.filter((trail) => stands(trail, call, world));
  const trails = wanted.filter(
    (trail) => call.input.includeShadowTrails !== false || !isShadow(trail, call),
  );
  return { trailList: trails.map(shown) };
}
