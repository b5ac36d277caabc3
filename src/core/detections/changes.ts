import { holds } from '../evidence/content.ts';
import type { CloudTrailEvent } from '../evidence/event.ts';
import { leavesOf } from '../evidence/leaves.ts';
import { withoutVersion } from '../evidence/parse-event.ts';
import { eventSet } from '../questions/catalogue/event-sets.ts';
import { classified } from '../questions/catalogue/known-events.ts';
import { bursts } from './bursts.ts';
import type { ByName } from './detector.ts';
import { principalOf } from './principal.ts';

/** A key that works until somebody deletes it. */
export const LONG_LIVED_KEY_CREATED: ByName = {
  id: 'long-lived-key-created',
  kind: 'by-name',
  threshold: [],
  names: ['CreateAccessKey', 'CreateServiceSpecificCredential'],
  find: (events) =>
    events.filter(
      ({ eventName, eventSource, outcome }) =>
        outcome === 'ok' &&
        eventSource === 'iam.amazonaws.com' &&
        ['CreateAccessKey', 'CreateServiceSpecificCredential'].includes(eventName),
    ),
};

/** Something opened to everybody, or shared with an account outside the organization. */
export const EXPOSURE_OR_SHARING: ByName = {
  id: 'exposure-or-sharing',
  kind: 'by-name',
  threshold: [],
  names: namesOf('exposure', 'sharing'),
  strangers: true,
  find: (events, _, known) =>
    events.filter(
      (event) =>
        event.outcome === 'ok' &&
        (holds({ kind: 'public' }, event, known) ||
          // Where the accounts of the organization are not known, nobody is called a stranger.
          (known.accounts !== null && holds({ kind: 'shared-external' }, event, known))),
    ),
};

/** Many things deleted by one principal within minutes. */
export const BULK_DELETION: ByName = {
  id: 'bulk-deletion',
  kind: 'by-name',
  threshold: ['deletions', 'minutes'],
  names: namesOf('destruction'),
  data: true,
  find(events, { deletions = 0, minutes = 0 }) {
    const deleting = events.filter(
      (event) =>
        event.outcome === 'ok' &&
        classified(event.eventSource, withoutVersion(event.eventName))?.verb === 'delete',
    );
    return bursts(deleting, {
      minutes,
      enough: deletions,
      kindOf: principalOf,
      weightOf: thingsIn,
    });
  },
};

/** How many things one call deleted: several instances or objects may stand in one request. */
function thingsIn(event: CloudTrailEvent): number {
  const named = leavesOf(event).filter(({ path }) =>
    /^requestParameters\.(instancesSet\.items\.\d+\.instanceId|delete\.(objects?\.)?\d+\.key|imageIds\.\d+\.imageDigest|names\.\d+)$/i.test(
      path,
    ),
  );
  return Math.max(1, named.length);
}

function namesOf(...sets: string[]): string[] {
  return [...new Set(sets.flatMap((id) => eventSet(id)?.names ?? []))];
}
