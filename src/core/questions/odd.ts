import type { Plan } from './plan.ts';

/** The slots that say which events would answer. */
export type Meant = Pick<
  Plan,
  'verbs' | 'set' | 'eventNames' | 'eventSources' | 'resourceType' | 'content' | 'readOnly'
>;

/** A part of the question that was heard and that no slot can hold. */
export type Odd =
  | { odd: 'no-event'; verb: string; type: string }
  | { odd: 'state' }
  | { odd: 'restricts'; words: string };
