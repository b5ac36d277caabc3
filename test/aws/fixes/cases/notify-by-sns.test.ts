import { TRAIL } from '../../../jobs/fix-world.ts';
import { livesOf } from '../lives.ts';

const place = { account: '666677778888', region: 'ap-northeast-2' };
const theirs = { ...place, name: 'trailwarden-payments-audit', subscriptions: [] };

livesOf({
  fix: 'notify-by-sns',
  target: { subject: TRAIL, owner: '666677778888' },
  riskClass: 'B',
  calls: ['sns:CreateTopic', 'cloudtrail:UpdateTrail'],
  staysWhenStopped: [1],
  breaks: {
    'somebody set a topic': ({ trail }) => {
      trail.snsTopic = 'arn:aws:sns:ap-northeast-2:666677778888:theirs';
    },
    'somebody made a topic of this name': ({ running }) =>
      running.world.scenario.topics.push(theirs),
    'the trail is gone': ({ running, trail }) => {
      running.world.trails.splice(running.world.trails.indexOf(trail), 1);
    },
  },
  refuses: {
    'a topic is set': {
      arrange: ({ trail }) => {
        trail.snsTopic = 'arn:aws:sns:ap-northeast-2:666677778888:theirs';
      },
      because: 'already-sound',
    },
    'a topic of this name is another’s': {
      arrange: ({ running }) => running.world.scenario.topics.push(theirs),
      because: 'precondition',
    },
  },
  leaves: ({ running }) => {
    expect(running.world.scenario.topics.pop()).toMatchObject({
      name: 'trailwarden-payments-audit',
    });
  },
});
