import { GetBucketLocationCommand, GetBucketTaggingCommand } from '@aws-sdk/client-s3';
import type { FixTarget } from '../../core/fixes/fix.ts';
import type { Obstacle } from '../../core/fixes/obstacle.ts';
import type { State } from '../../core/fixes/plan.ts';
import { selectorsAsCode } from '../../core/fixes/trails/as-code.ts';
import { type Choice, loggingTrail, precondition } from '../../core/fixes/trails/own-trail.ts';
import { accessWanted, planDataEvents, type Wanted } from '../../core/fixes/trails/record-data.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { regionOf } from '../facts/region-of.ts';
import { orNone, reading } from '../reading.ts';
import type { Aws } from '../session.ts';
import { ARRIVING, deliveriesAfter } from './deliveries-after.ts';
import type { Fix } from './fix.ts';
import { LOG_BUCKETS, readLogBuckets } from './log-buckets.ts';
import {
  CHOOSING,
  planForTrail,
  readLogging,
  readSelectors,
  readSettings,
  type Seat,
  together,
} from './trail-state.ts';

/** `PutEventSelectors` with what is there and the data events that the configuration asks for. */
export const recordDataEvents: Fix = {
  id: 'record-data-events',
  title: { en: 'Record the data events that are missing', ko: '빠진 데이터 이벤트 기록하기' },
  needs: {
    read: [
      ...CHOOSING,
      ...LOG_BUCKETS,
      ...ARRIVING,
      'cloudtrail:GetEventSelectors',
      's3:GetBucketTagging',
    ],
  },
  writes: { trail: ['cloudtrail:PutEventSelectors'] },

  async plan(target, aws) {
    const wanted = await wantedOf(target, aws);
    if (!wasSeen(wanted)) return wanted;
    if ('cannot' in wanted.seen) return { seen: wanted.seen };
    const { region, ...what } = wanted.seen;
    const plan = (arn: string, state: State) => planDataEvents(target, arn, what, state);
    return planForTrail(target, { choose: over(region), read: readRecording, plan }, aws);
  },
  read: readRecording,
  asCode: selectorsAsCode,
  later: deliveriesAfter,
};

/** The trail that records most among those that reach a region; null: any region. */
function over(region: string | null): Choice {
  return (trails) => {
    const reaching = trails.filter(
      ({ multiRegion, homeRegion }) => region === null || multiRegion || homeRegion === region,
    );
    return reaching.length === 0 && trails.length > 0 ? OUT_OF_REACH : loggingTrail(reaching);
  };
}

const OUT_OF_REACH = precondition(
  {
    en: "No trail of the account reaches the bucket's region.",
    ko: '이 계정의 트레일 가운데 버킷의 리전에 닿는 것이 없습니다.',
  },
  {
    en: 'Let its trail record all regions first (make-trail-multi-region).',
    ko: '먼저 트레일이 모든 리전을 기록하게 하세요(make-trail-multi-region).',
  },
);

/** What the finding misses by the configuration: of one bucket, or of types of resource. */
async function wantedOf(
  { subject, owner }: FixTarget,
  aws: Aws,
): Promise<Reading<(Wanted & { region: string | null }) | { cannot: Obstacle }>> {
  const { fixing } = aws.settings;
  const name = /^arn:[\w-]+:s3:::([a-z0-9.-]+)$/.exec(subject)?.[1];
  if (!name) {
    const types = fixing?.dataEvents ?? [];
    const { partition } = await aws.identity();
    return types.length > 0 ? { seen: { types, partition, region: null } } : { seen: NOT_WANTED };
  }
  if (!/^\d{12}$/.test(owner)) return { seen: NOBODYS };
  const bucket = { Bucket: name, ExpectedBucketOwner: owner };
  const client = aws.s3({ account: owner, region: aws.settings.region });
  const region = await reading(`s3:GetBucketLocation in ${owner}`, async () => {
    const { LocationConstraint } = await client.send(new GetBucketLocationCommand(bucket));
    return regionOf(LocationConstraint);
  });
  if (!wasSeen(region)) return region;
  const tags = await reading(`s3:GetBucketTagging in ${owner}`, () =>
    orNone('NoSuchTagSet', {}, async () => {
      const { TagSet = [] } = await client.send(new GetBucketTaggingCommand(bucket));
      return Object.fromEntries(TagSet.map(({ Key = '', Value = '' }) => [Key, Value]));
    }),
  );
  if (!wasSeen(tags)) return tags;
  const access = accessWanted({ name, tags: tags.seen }, fixing?.sensitiveBuckets ?? []);
  if (!access) return { seen: NOT_WANTED };
  return { seen: { bucketArn: subject, access, region: region.seen } };
}

const NOT_WANTED = precondition(
  {
    en: 'The configuration asks for no such events any more.',
    ko: '설정에서 더 이상 이 이벤트를 요구하지 않습니다.',
  },
  {
    en: 'Name them in posture.sensitiveBuckets or posture.dataEvents.',
    ko: 'posture.sensitiveBuckets 또는 posture.dataEvents에 지정하세요.',
  },
);

const NOBODYS = precondition(
  { en: 'Nobody knows whose bucket it is.', ko: '누구의 버킷인지 알 수 없습니다.' },
  {
    en: 'Let the read role into the account that owns it.',
    ko: '버킷을 소유한 계정에 읽기 역할을 배포하세요.',
  },
);

/** What the trail records, whether it is logging, and which buckets are its own. */
async function readRecording(seat: Seat, aws: Aws): Promise<Reading<State>> {
  const state = await together(
    readSettings(seat, aws),
    readLogging(seat, aws),
    readSelectors(seat, aws),
  );
  if (!wasSeen(state)) return state;
  return together(Promise.resolve(state), readLogBuckets(seat, state.seen, aws));
}
