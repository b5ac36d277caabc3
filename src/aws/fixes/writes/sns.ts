import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { z } from 'zod';
import { partitionOf } from '../../../core/fixes/partition.ts';
import { nameIn, shaped } from './parameters.ts';
import type { Write } from './write.ts';

const Topic = z.strictObject({
  Name: z.string(),
  Attributes: z.strictObject({ Policy: z.string() }),
});

/** `CreateTopic` answers a topic that is there with the same attributes, and changes none that differs. */
export const snsWrites: Write[] = [
  {
    api: 'sns:CreateTopic',
    actions: ['sns:CreateTopic'],
    needs: (parameters, { account, region }) => [
      {
        action: 'sns:CreateTopic',
        resource: `arn:${partitionOf(region)}:sns:${region}:${account}:${nameIn(parameters, 'Name')}`,
      },
    ],
    send: (parameters, clientOf) =>
      clientOf(SNSClient).send(
        new CreateTopicCommand(shaped<z.output<typeof Topic>>(parameters, Topic)),
      ),
  },
];
