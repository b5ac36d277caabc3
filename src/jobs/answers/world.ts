import type { Answer } from '../../core/evidence/answer.ts';
import type { Asked } from '../../core/evidence/conclude.ts';
import type { EventSource } from '../../core/evidence/source.ts';
import type { Vocabulary } from '../../core/questions/plan.ts';
import type { Reader } from '../../core/reader.ts';

/** What answering needs of the world. */
export type World = {
  now(): Date;
  vocabulary(): Promise<Vocabulary>;
  /** The complete ones first: what one of them has seen to the end, the next need not search again. */
  sources: EventSource[];
  progress?: (done: number, of: number) => void;
  /** The bot's own principals (ARNs, or names of roles), whose calls are told apart from people's. */
  self?(): Promise<string[]>;
  /** The organization's accounts; null where they cannot be listed. */
  organizationAccounts?(): Promise<string[] | null>;
  /** True where the sources tell of a simulated organization. */
  simulated?: boolean;
};

/** Answers the plans of one shape, without the text. */
export type Answerer = (asked: Asked, reader: Reader, world: World) => Promise<Answer>;
