import { AwsFault, type Call, type Handlers } from '../service.ts';

/** Tags of keys and log groups; those of trails and buckets stand with their services. */
export const tags: Handlers = {
  /** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListResourceTags.html */
  'kms:ListResourceTags': (call, world) => {
    const { KeyId = '' } = call.input;
    const key = world.scenario.kmsKeys.find(
      ({ id, account, region }) =>
        isHere(call, account, region) &&
        [id, `arn:aws:kms:${region}:${account}:key/${id}`].includes(KeyId),
    );
    if (!key) throw new AwsFault('NotFoundException', `Key '${KeyId}' does not exist`);
    return {
      Tags: Object.entries(key.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
      Truncated: false,
    };
  },
  /** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsForResource.html */
  'logs:ListTagsForResource': (call, world) => {
    const { resourceArn = '' } = call.input;
    const group = world.scenario.logGroups.find(
      ({ name, account, region }) =>
        isHere(call, account, region) &&
        resourceArn === `arn:aws:logs:${region}:${account}:log-group:${name}`,
    );
    if (!group) {
      throw new AwsFault('ResourceNotFoundException', 'The specified resource does not exist.');
    }
    return { tags: group.tags };
  },
};

const isHere = ({ caller, region: asked }: Call, account: string, region: string) =>
  account === caller.account && region === asked;
