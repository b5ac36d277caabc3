import { createHash, generateKeyPairSync } from 'node:crypto';
import { AwsFault, type Call, type Handlers, type World } from '../service.ts';
import { startLogging, stopLogging, updateTrail } from './cloudtrail-change.ts';
import { createTrail, deleteTrail } from './cloudtrail-create.ts';
import { getEventDataStore, listEventDataStores, updateEventDataStore } from './cloudtrail-lake.ts';
import { lookupEvents } from './cloudtrail-lookup.ts';
import { describeQuery, getQueryResults, startQuery } from './cloudtrail-query.ts';
import {
  getEventSelectors,
  getInsightSelectors,
  putEventSelectors,
  putInsightSelectors,
} from './cloudtrail-selectors.ts';
import { getTrailStatus } from './cloudtrail-status.ts';
import {
  checkName,
  isOf,
  isShadow,
  named,
  shown,
  stands,
  unknownTrail,
} from './cloudtrail-trails.ts';

/** The simulated CloudTrail. */
export const cloudtrail: Handlers = {
  'cloudtrail:DescribeTrails': describeTrails,
  'cloudtrail:ListTrails': (call, world) => ({
    Trails: world.trails
      .filter((trail) => isOf(trail, call.caller.account, world))
      .map(({ arn, name, homeRegion }) => ({ TrailARN: arn, Name: name, HomeRegion: homeRegion })),
  }),
  'cloudtrail:GetTrail': (call, world) => ({ Trail: shown(named(call.input.Name, call, world)) }),
  'cloudtrail:GetTrailStatus': getTrailStatus,
  'cloudtrail:GetEventSelectors': getEventSelectors,
  'cloudtrail:PutEventSelectors': putEventSelectors,
  'cloudtrail:GetInsightSelectors': getInsightSelectors,
  'cloudtrail:PutInsightSelectors': putInsightSelectors,
  'cloudtrail:ListTags': listTags,
  'cloudtrail:UpdateTrail': updateTrail,
  'cloudtrail:StartLogging': startLogging,
  'cloudtrail:StopLogging': stopLogging,
  'cloudtrail:LookupEvents': lookupEvents,
  'cloudtrail:CreateTrail': createTrail,
  'cloudtrail:DeleteTrail': deleteTrail,
  'cloudtrail:ListEventDataStores': listEventDataStores,
  'cloudtrail:GetEventDataStore': getEventDataStore,
  'cloudtrail:UpdateEventDataStore': updateEventDataStore,
  'cloudtrail:StartQuery': startQuery,
  'cloudtrail:DescribeQuery': describeQuery,
  'cloudtrail:GetQueryResults': getQueryResults,
  'cloudtrail:ListPublicKeys': listPublicKeys,
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

/** `ListTags`: only of this account's own trails, at most 20 of them. */
function listTags(call: Call, world: World) {
  const arns: string[] = call.input.ResourceIdList ?? [];
  if (arns.length < 1 || arns.length > 20) {
    throw new AwsFault('InvalidParameterException', 'ResourceIdList must name 1 to 20 resources.');
  }
  return {
    ResourceTagList: arns.map((arn) => {
      checkName(arn);
      const { account } = call.caller;
      if (arn.startsWith('arn:') && arn.split(':')[4] !== account) {
        throw new AwsFault(
          'CloudTrailARNInvalidException',
          `AccountID in ARN is wrong, you can only access resources with AccountID ${account}.`,
        );
      }
      const trail = world.trails.find((one) => one.arn === arn && one.homeRegion === call.region);
      if (trail === undefined) throw unknownTrail(arn, call);
      const tags = Object.entries(trail.tags).map(([Key, Value]) => ({ Key, Value }));
      return { ResourceId: arn, TagsList: tags };
    }),
  };
}

/** `ListPublicKeys`: one key per region signs digests, from before the trails until next year. */
function listPublicKeys(call: Call, world: World) {
  const { StartTime, EndTime } = call.input;
  if (StartTime !== undefined && EndTime !== undefined && StartTime > EndTime) {
    throw new AwsFault('InvalidTimeRangeException', 'The start time is after the end time.');
  }
  let key = world.digestKeys.get(call.region);
  if (key === undefined) {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    key = publicKey.export({ type: 'pkcs1', format: 'der' });
    world.digestKeys.set(call.region, key);
  }
  const year = 365 * 86_400_000;
  return {
    PublicKeyList: [
      {
        Value: key,
        ValidityStartTime: new Date(call.now.getTime() - 5 * year),
        ValidityEndTime: new Date(call.now.getTime() + year),
        Fingerprint: createHash('md5').update(key).digest('hex'),
      },
    ],
  };
}
