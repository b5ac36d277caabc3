import { CloudTrailClient, UpdateTrailCommand } from '@aws-sdk/client-cloudtrail';
import { textIn } from './parameters.ts';
import type { Write } from './write.ts';

/** Trails are named by their ARN, so that a name cannot mean another account's trail. */
export const cloudTrailWrites: Write[] = [
  {
    api: 'cloudtrail:UpdateTrail',
    actions: ['cloudtrail:UpdateTrail'],
    needs: (parameters) => [
      { action: 'cloudtrail:UpdateTrail', resource: textIn(parameters, 'Name') },
    ],
    send: (parameters, clientOf) =>
      clientOf(CloudTrailClient).send(
        new UpdateTrailCommand({ ...parameters, Name: textIn(parameters, 'Name') }),
      ),
  },
];
