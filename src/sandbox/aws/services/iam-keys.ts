import { AwsFault, type Handlers } from '../service.ts';
import { longAgo, userOf } from './iam-entities.ts';

/** Access keys of users. Two are the most that a user may have, so there is never a second page. */
export const accessKeys: Handlers = {
  'iam:ListAccessKeys': (call, world) => {
    const { MaxItems: _, Marker: __ } = call.input;
    const user = userOf(call, world);
    return {
      AccessKeyMetadata: user.keys.map(({ id, status }) => ({
        UserName: user.name,
        AccessKeyId: id,
        Status: status,
        CreateDate: longAgo(world),
      })),
      IsTruncated: false,
    };
  },
  'iam:UpdateAccessKey': (call, world) => {
    const { AccessKeyId, Status } = call.input;
    const key = userOf(call, world).keys.find(({ id }) => id === AccessKeyId);
    if (!key) {
      throw new AwsFault(
        'NoSuchEntityException',
        `The Access Key with id ${AccessKeyId} cannot be found.`,
      );
    }
    key.status = Status;
    return {};
  },
};
