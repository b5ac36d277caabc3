import { eventSet } from './catalogue/event-sets.ts';
import { eventsFor } from './catalogue.ts';
import type { Heard } from './heard.ts';
import type { Meant } from './odd.ts';
import type { Plan } from './plan.ts';
import { is } from './unit.ts';

/** “the most data downloaded”, “large downloads from s3”: only calls that send objects out say how much. */
export function sentOut(
  { units, verbs }: Heard,
  said: string[],
  content: Plan['content'],
): Meant | null {
  const reads = verbs.every((verb) => verb === 'read' || verb === 'use');
  const s3 = said.every((type) => type === 'bucket' || type === 'object');
  const bytes = units.some((unit) => is(unit, 'bytes'));
  if (!bytes || !reads || !s3 || content !== null) return null;
  if (said.length > 0 && verbs.length > 0) return null;
  const { names } = eventsFor('read', 'object');
  return {
    verbs: ['read'],
    set: null,
    eventNames: names,
    eventSources: ['s3.amazonaws.com'],
    resourceType: 'object',
    content,
    readOnly: null,
  };
}

/** “who shared anything outside the organization”: every call that can share something. */
export function sharedAtAll({ verbs }: Heard, content: Plan['content']): Meant | null {
  const sharing = eventSet('sharing');
  if (!sharing || verbs.length === 0 || verbs.some((verb) => verb !== 'share')) return null;
  return {
    verbs: ['share'],
    set: sharing.id,
    eventNames: sharing.names,
    eventSources: sharing.sources,
    resourceType: null,
    content,
    readOnly: null,
  };
}
