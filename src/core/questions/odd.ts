/** A part of the question that was heard and that no slot can hold. */
export type Odd =
  | { odd: 'no-event'; verb: string; type: string }
  | { odd: 'state' }
  | { odd: 'restricts'; words: string };
