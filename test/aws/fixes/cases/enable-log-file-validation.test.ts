import { TRAIL } from '../../../jobs/fix-world.ts';
import { livesOf } from '../lives.ts';

livesOf({
  fix: 'enable-log-file-validation',
  target: { subject: TRAIL, owner: '666677778888' },
  riskClass: 'A',
  calls: ['cloudtrail:UpdateTrail'],
  breaks: {
    'somebody switched it on': ({ trail }) => {
      trail.logFileValidation = true;
    },
    'the trail delivers elsewhere': ({ trail }) => {
      trail.prefix = 'elsewhere';
    },
    'the trail is gone': ({ running, trail }) => {
      running.world.trails.splice(running.world.trails.indexOf(trail), 1);
    },
  },
  refuses: {
    'it is on': {
      arrange: ({ trail }) => {
        trail.logFileValidation = true;
      },
      because: 'already-sound',
    },
  },
});
