import { addTrail, deleteTrail as remove } from '../changes.ts';
import { AwsFault, type Call, type World } from '../service.ts';
import { takes } from '../world.ts';
import { checkBucket, checkKey, checkRoom, topicArn } from './cloudtrail-change.ts';
import { changeable, checkName, governsOrganizationTrails, shown } from './cloudtrail-trails.ts';

/** Trails come and go: CreateTrail, DeleteTrail. */

/**
 * `CreateTrail`: in this region, which becomes its home. A new trail logs nothing before StartLogging.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html
 */
export function createTrail(call: Call, world: World) {
  const { input, region, caller, now } = call;
  const quota = `cloudtrail writes ${caller.account}/${region}`;
  if (!takes(world, quota, 1)) throw new AwsFault('ThrottlingException', 'Rate exceeded');
  checkName(input.Name);
  const here = world.trails.filter(
    (trail) => trail.account === caller.account && trail.homeRegion === region,
  );
  if (here.some(({ name }) => name === input.Name)) {
    throw new AwsFault(
      'TrailAlreadyExistsException',
      `Trail ${input.Name} already exists for customer: ${caller.account}`,
    );
  }
  const organization: boolean = input.IsOrganizationTrail ?? false;
  if (organization && !governsOrganizationTrails(caller.account, world)) {
    throw new AwsFault(
      'NotOrganizationManagementAccountException',
      'The account making the request is not the management account or a delegated administrator of the organization.',
    );
  }
  if (
    organization &&
    !world.scenario.organization.serviceAccess.includes('cloudtrail.amazonaws.com')
  ) {
    throw new AwsFault(
      'CloudTrailAccessNotEnabledException',
      'Trusted access between CloudTrail and Organizations is not enabled.',
    );
  }
  const multiRegion: boolean = input.IsMultiRegionTrail ?? false;
  const globalServiceEvents: boolean = input.IncludeGlobalServiceEvents ?? true;
  if (multiRegion && !globalServiceEvents) {
    throw new AwsFault(
      'InvalidParameterCombinationException',
      'Multi-Region trail must include global service events.',
    );
  }
  // A delegated administrator makes organization trails of the management account.
  const account = organization ? world.scenario.organization.managementAccount : caller.account;
  const room = { account, homeRegion: region };
  if (multiRegion) checkRoom(room, world);
  else checkRoom(room, world, [region]);
  checkBucket(input.S3BucketName, world);
  if (input.KmsKeyId) checkKey(input.KmsKeyId, world);
  const validated: boolean = input.EnableLogFileValidation ?? false;
  const tags: { Key: string; Value?: string }[] = input.TagsList ?? [];
  const trail = {
    name: input.Name as string,
    account,
    homeRegion: region,
    arn: `arn:aws:cloudtrail:${region}:${account}:trail/${input.Name}`,
    multiRegion,
    organization,
    globalServiceEvents,
    logFileValidation: validated,
    logging: false,
    bucket: input.S3BucketName as string,
    prefix: (input.S3KeyPrefix as string | undefined) || undefined,
    kmsKey: (input.KmsKeyId as string | undefined) || undefined,
    logGroup: (input.CloudWatchLogsLogGroupArn as string | undefined) || undefined,
    logRole: (input.CloudWatchLogsRoleArn as string | undefined) || undefined,
    snsTopic: topicArn(input.SnsTopicName, { homeRegion: region, account }),
    selectors: undefined,
    insights: [],
    deliveryErrors: {},
    tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value ?? ''])),
    startedLogging: now,
    stoppedLogging: undefined,
    validatedSince: validated ? now : undefined,
    validatedUntil: undefined,
    changed: now,
  };
  addTrail(world, trail, now);
  const { HomeRegion, HasCustomEventSelectors, HasInsightSelectors, ...answer } = shown(trail);
  return { ...answer, SnsTopicName: trail.snsTopic?.split(':').at(-1) };
}

export function deleteTrail(call: Call, world: World) {
  remove(world, changeable(call.input.Name, call, world), call.now);
  return {};
}
