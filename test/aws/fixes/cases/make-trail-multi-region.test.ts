import { TRAIL } from '../../../jobs/fix-world.ts';
import { livesOf } from '../lives.ts';
import type { Company } from '../small-company.ts';
import { ACCOUNT, delivering, smallTrail } from '../small-trails.ts';

const single = { ...smallTrail, multiRegion: false, globalServiceEvents: false };

livesOf({
  fix: 'make-trail-multi-region',
  company: { ...delivering, trails: [single] },
  target: { subject: ACCOUNT, owner: ACCOUNT },
  riskClass: 'B',
  calls: ['cloudtrail:UpdateTrail'],
  breaks: {
    'somebody did it': ({ trail }) => {
      Object.assign(trail, { multiRegion: true, globalServiceEvents: true });
    },
    'the trail delivers elsewhere': ({ trail }) => {
      trail.prefix = 'elsewhere';
    },
    'another trail of all regions was made': (company) => {
      put(company, 'another', { multiRegion: true });
    },
    'a region has five trails by now': (company) => {
      for (const name of ['one', 'two', 'three', 'four', 'five'])
        put(company, name, { homeRegion: 'us-east-1' });
    },
  },
  refuses: {
    'another trail of all regions is there': {
      arrange: (company) => put(company, 'another', { multiRegion: true }),
      because: 'precondition',
    },
    'a region has five trails': {
      arrange: (company) => {
        for (const name of ['one', 'two', 'three', 'four', 'five'])
          put(company, name, { homeRegion: 'us-east-1', logging: false });
      },
      because: 'precondition',
    },
    'the account has no trail': {
      arrange: ({ running }) => {
        running.world.trails.splice(0);
      },
      because: 'precondition',
    },
  },
});

livesOf({
  fix: 'make-trail-multi-region',
  where: 'a trail by its ARN that lacks global service events alone',
  company: { ...delivering, trails: [{ ...smallTrail, multiRegion: false }] },
  target: { subject: TRAIL, owner: ACCOUNT },
  riskClass: 'B',
  calls: ['cloudtrail:UpdateTrail'],
  breaks: {
    'it is gone': ({ running }) => {
      running.world.trails.splice(0);
    },
  },
});

/** A further trail of the account. */
function put({ running, trail }: Company, name: string, different: Partial<Company['trail']>) {
  running.world.trails.push({
    ...trail,
    name,
    arn: `arn:aws:cloudtrail:${different.homeRegion ?? trail.homeRegion}:${ACCOUNT}:trail/${name}`,
    ...different,
  });
}
