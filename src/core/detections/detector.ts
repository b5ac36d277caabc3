import type { CloudTrailEvent } from '../evidence/event.ts';
import type { Known } from '../evidence/match.ts';
import type { Plan } from '../questions/plan.ts';

/** The numbers of a rule, by name; the loader has made sure that each is there. */
export type Threshold = { [name: string]: number };

type Common = {
  id: string;
  /** The names of the numbers that its rule must give. */
  threshold: readonly string[];
};

/** Tells by the calls of the time asked about alone, of names that are known beforehand. */
export type ByName = Common & {
  kind: 'by-name';
  /** Event names of which it must see every call; null: the calls of the root user, whatever their names. */
  names: readonly string[] | null;
  /** Data events are part of what it looks for. */
  data?: true;
  /** It tells accounts of the organization from others. */
  strangers?: true;
  /** CloudTrail's own Insights events are all that it looks for. */
  insights?: true;
  find(events: CloudTrailEvent[], threshold: Threshold, known: Known): CloudTrailEvent[];
};

/** Tells by many calls of any name; groups tell where it is worth looking closer. */
export type ByGroup = Common & {
  kind: 'by-group';
  /** What narrows the calls, and how they are grouped. */
  looks: Pick<Plan, 'outcome' | 'groupBy'>;
  /** The accounts and actors worth looking at; never fewer than those in which something is found. */
  suspects(groups: Group[], threshold: Threshold): Suspect[];
  find(events: CloudTrailEvent[], threshold: Threshold): CloudTrailEvent[];
};

/** Tells what the days before did not have. */
export type BySight = Common & {
  kind: 'by-sight';
  looks: Pick<Plan, 'readOnly' | 'groupBy' | 'via'>;
  /** What is new or known, of one group; null: not worth telling. */
  trait(key: Group['key'], threshold: Threshold): string | null;
  /** Whose habit it is, of one group: who has no past at all cannot be compared with it. */
  subject(key: Group['key']): string;
  /** True: without a past one is new, and nothing is to be told; false: nobody knows, and that is said. */
  mayBeNew: boolean;
  /** Is this call one that the detector is about? Groups cannot tell everything. */
  concerns(event: CloudTrailEvent): boolean;
};

export type Detector = ByName | ByGroup | BySight;

export type Group = { key: { [slot: string]: string }; count: number };

export type Suspect = { account: string; actor: string };
