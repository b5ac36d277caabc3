import { TRAIL } from '../../../jobs/fix-world.ts';
import { livesOf } from '../lives.ts';
import { bucketOf, delivering, smallTrail } from '../small-trails.ts';

const owner = '666677778888';
const stopped = { ...smallTrail, logging: false };

livesOf({
  fix: 'start-logging',
  company: { ...delivering, trails: [stopped] },
  target: { subject: TRAIL, owner },
  riskClass: 'A',
  calls: ['cloudtrail:StartLogging'],
  breaks: {
    'somebody started it': ({ trail }) => {
      trail.logging = true;
    },
    'its bucket is gone': (company) => {
      company.running.world.buckets.delete(company.trail.bucket);
    },
    'its bucket refuses it': (company) => {
      bucketOf(company).policy = { Version: '2012-10-17', Statement: [] };
    },
    'it delivers elsewhere': ({ trail }) => {
      trail.prefix = 'elsewhere';
    },
  },
  refuses: {
    'it is logging': {
      arrange: ({ trail }) => {
        trail.logging = true;
      },
      because: 'already-sound',
    },
    'its bucket does not exist': {
      arrange: (company) => {
        company.running.world.buckets.delete(company.trail.bucket);
      },
      because: 'precondition',
    },
    'its bucket has no policy': {
      arrange: (company) => {
        bucketOf(company).policy = undefined;
      },
      because: 'precondition',
    },
  },
});

livesOf({
  fix: 'start-logging',
  where: 'asked for an account',
  company: {
    ...delivering,
    trails: [
      { ...stopped, name: 'an-older-one', multiRegion: false },
      stopped,
      { ...stopped, name: 'another' },
    ],
  },
  target: { subject: owner, owner },
  arrange: ({ running }) => {
    running.world.trails.splice(2, 1);
  },
  riskClass: 'A',
  calls: ['cloudtrail:StartLogging'],
  breaks: {
    'the trail is deleted': ({ running, trail }) => {
      running.world.trails.splice(running.world.trails.indexOf(trail), 1);
    },
  },
  refuses: {
    'the account has no trail': {
      arrange: ({ running }) => {
        running.world.trails.splice(0);
      },
      because: 'precondition',
    },
  },
});
