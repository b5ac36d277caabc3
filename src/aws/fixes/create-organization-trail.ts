import {
  DescribeOrganizationCommand,
  paginateListAWSServiceAccessForOrganization,
} from '@aws-sdk/client-organizations';
import { partitionOf } from '../../core/fixes/partition.ts';
import { type State, trailOf } from '../../core/fixes/plan.ts';
import {
  NO_ORGANIZATION,
  NOT_CONFIGURED,
  planOrganizationTrail,
  thereIsOne,
} from '../../core/fixes/trails/create-organization.ts';
import { cloudTrailMayDeliver } from '../../core/posture/guards/bucket-delivery.ts';
import { PolicyDocument } from '../../core/posture/guards/policy-document.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { orNone, reading } from '../reading.ts';
import type { Aws } from '../session.ts';
import { readPayer, readPolicy } from './bucket-state.ts';
import { ARRIVING, deliveriesAfter } from './deliveries-after.ts';
import { DELIVERING, placeOfLogBucket } from './delivery-state.ts';
import type { Fix } from './fix.ts';
import { isGone, readLogging, type Seat, seatOfTrail, together } from './trail-state.ts';
import { ROOM, readRoom } from './trails-by-region.ts';

/** `CreateTrail` of the organization, in the region of its bucket, which is allowed what it needs before. */
export const createOrganizationTrail: Fix = {
  id: 'create-organization-trail',
  title: { en: 'Create the trail of the organization', ko: '조직 트레일 만들기' },
  needs: {
    read: [
      ...ROOM,
      ...DELIVERING,
      ...ARRIVING,
      'organizations:DescribeOrganization',
      'organizations:ListAWSServiceAccessForOrganization',
      's3:GetBucketRequestPayment',
    ],
  },
  writes: {
    'log-bucket': ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy'],
    'trail-create': ['cloudtrail:CreateTrail'],
    trail: ['cloudtrail:StartLogging'],
    'trail-retire': ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'],
  },

  async plan(target, aws) {
    if (trailOf(target.subject)) return { seen: thereIsOne(target.subject) };
    const { organizationTrail, logArchiveAccount } = aws.settings.fixing ?? {};
    if (!organizationTrail || !logArchiveAccount) return { seen: NOT_CONFIGURED };
    const { name, bucket } = organizationTrail;
    const organization = await readOrganization(aws);
    if (!wasSeen(organization)) return organization;
    if (!organization.seen) return { seen: NO_ORGANIZATION };
    const { id, managementAccount } = organization.seen;
    const region = aws.settings.region;
    const place = await placeOfLogBucket(bucket, logArchiveAccount, aws);
    if (!wasSeen(place)) return place;
    const home = place.seen?.region ?? region;
    const arn = `arn:${partitionOf(home)}:cloudtrail:${home}:${managementAccount}:trail/${name}`;
    const state = await readAround(seatOfTrail(arn), aws);
    if (!wasSeen(state)) return state;
    const wanted = { arn, organization: id, bucket, archive: logArchiveAccount };
    return { seen: planOrganizationTrail(target, wanted, state.seen) };
  },
  read: readAround,
  asCode: ({ resource, calls }) => {
    const create = calls.find(({ api }) => api === 'cloudtrail:CreateTrail')?.parameters ?? {};
    const name = resource.split('/').at(-1);
    return [
      {
        tool: 'terraform',
        text: [
          'resource "aws_cloudtrail" "organization" {',
          `  name = ${JSON.stringify(name)}`,
          `  s3_bucket_name = ${JSON.stringify(create.S3BucketName)}`,
          '  is_organization_trail = true',
          '  is_multi_region_trail = true',
          '  include_global_service_events = true',
          '  enable_log_file_validation = true',
          '}',
        ].join('\n'),
      },
      {
        tool: 'cloudformation',
        text: [
          'Type: AWS::CloudTrail::Trail',
          'Properties:',
          `  TrailName: ${JSON.stringify(name)}`,
          `  S3BucketName: ${JSON.stringify(create.S3BucketName)}`,
          '  IsLogging: true',
          '  IsOrganizationTrail: true',
          '  IsMultiRegionTrail: true',
          '  IncludeGlobalServiceEvents: true',
          '  EnableLogFileValidation: true',
        ].join('\n'),
      },
    ];
  },
  later: deliveriesAfter,
};

type Own = { id: string; managementAccount: string; features: string };

/** Null: the account belongs to none. */
function readOrganization(aws: Aws): Promise<Reading<Own | null>> {
  return reading('organizations:DescribeOrganization', () =>
    orNone('AWSOrganizationsNotInUseException', null, async () => {
      const client = await aws.organizations();
      const { Organization } = await client.send(new DescribeOrganizationCommand({}));
      const { Id: id, MasterAccountId: managementAccount, FeatureSet } = Organization ?? {};
      if (!id || !managementAccount) throw new Error('Organizations told no id');
      return { id, managementAccount, features: FeatureSet ?? '' };
    }),
  );
}

/** The trail, should it be there, and all that must hold before it can be made. */
async function readAround(seat: Seat, aws: Aws): Promise<Reading<State>> {
  const organization = await readOrganization(aws);
  if (!wasSeen(organization)) return organization;
  const trusted = await reading('organizations:ListAWSServiceAccessForOrganization', async () => {
    const client = await aws.organizations();
    for await (const page of paginateListAWSServiceAccessForOrganization({ client }, {}))
      for (const { ServicePrincipal } of page.EnabledServicePrincipals ?? [])
        if (ServicePrincipal === 'cloudtrail.amazonaws.com') return true;
    return false;
  });
  if (!wasSeen(trusted)) return trusted;
  const logging = await readLogging(seat, aws);
  if (!wasSeen(logging) && !isGone(logging.unseen)) return logging;
  const there = wasSeen(logging) ? { ...logging.seen, OrganizationTrail: seat.resource } : ABSENT;
  const state = {
    ...there,
    FeatureSet: organization.seen?.features ?? null,
    TrustedAccess: trusted.seen,
  };
  return together(
    Promise.resolve({ seen: state }),
    readRoom(seat, aws),
    readBucket(seat, organization.seen?.id ?? '', aws),
  );
}

const ABSENT: State = { OrganizationTrail: null, IsLogging: null };

/** Where its bucket is, what the policy says, and whether that is enough for this trail. */
async function readBucket(seat: Seat, organization: string, aws: Aws): Promise<Reading<State>> {
  const { organizationTrail, logArchiveAccount = null } = aws.settings.fixing ?? {};
  const bucket = organizationTrail?.bucket ?? '';
  const place = await placeOfLogBucket(bucket, logArchiveAccount ?? seat.account, aws);
  if (!wasSeen(place)) return place;
  if (!place.seen) return { seen: { BucketRegion: null } };
  const bucketArn = `arn:${partitionOf(place.seen.region)}:s3:::${bucket}`;
  const inArchive = { ...place.seen, resource: bucketArn };
  const policy = await together(readPolicy(inArchive, aws), readPayer(inArchive, aws));
  if (!wasSeen(policy)) return policy;
  const document = PolicyDocument.safeParse(policy.seen.Policy);
  const LogsMayArrive = cloudTrailMayDeliver(document.success ? document.data : null, {
    trail: seat.resource,
    account: seat.account,
    organization,
    bucketArn,
    prefix: null,
  });
  return { seen: { ...policy.seen, BucketRegion: place.seen.region, LogsMayArrive } };
}
