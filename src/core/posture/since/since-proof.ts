import type { CloudTrailEvent } from '../../evidence/event.ts';
import type { Person } from '../../evidence/person.ts';
import { wasSeen } from '../../reading.ts';
import type { Proof } from '../finding.ts';
import type { Run } from './kept-states.ts';
import type { Trace } from './trace.ts';

/** Before and after, as Config has them: what the call changed. */
export function historyProof({ history, change, type }: Trace, run: Run | null): Proof[] {
  if (!history || change === null) return [];
  const about = { resourceType: type, path: change };
  if (!wasSeen(history))
    return [{ ...history.by, fields: { ...about, error: history.unseen.reason } }];
  if (!run) return [{ ...history.by, fields: { ...about, states: history.seen.states.length } }];
  const before = run.before && {
    configurationItemCaptureTime: run.before.at,
    ...(run.before.deleted
      ? { configurationItemStatus: 'ResourceDeleted' }
      : { value: run.before.value }),
  };
  const after = { configurationItemCaptureTime: run.by, value: run.value };
  return [{ ...history.by, fields: { ...about, before, after } }];
}

/** The call, and how it is known who made it. */
export function eventProof({ readAt }: Trace, event: CloudTrailEvent, person: Person): Proof {
  const { eventID, eventName, eventSource, eventTime, account, region } = event;
  const chain = person.chain.slice(0, 8);
  const fields = { eventID, eventTime, eventSource, eventName, person: person.name, chain };
  return { api: 'cloudtrail:LookupEvents', account, region, at: readAt, fields };
}

/** That nobody was found rests on a look, too: at which calls, from when, and what could not be read. */
export function lookProof({ events, calls, account, region, readAt }: Trace): Proof {
  const [gap] = events.gaps;
  const fields = { calls, from: events.from, ...(gap && { error: gap.reason }) };
  return { api: 'cloudtrail:LookupEvents', account, region, at: readAt, fields };
}
