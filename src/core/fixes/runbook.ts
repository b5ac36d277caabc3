import type { Bilingual } from '../reader.ts';
import type { FixTarget } from './fix.ts';

/** What the bot must not do, or cannot: exact instructions for a person, and never a button. */
export type Runbook = {
  /** As a finding's `fix.id` names it, with class X. */
  id: string;
  title: Bilingual;
  /** Why no button does it. */
  why: Bilingual;
  /** Whose credentials, and where: `root user of 222233334444`. */
  who: Bilingual;
  steps: { say: Bilingual; command?: string }[];
  /** What it does not go together with. */
  conflicts: Bilingual[];
  /** What serves the same end with less; `fix` where the bot can do it. */
  alternatives: { say: Bilingual; fix?: string }[];
};

/** A runbook is written for one target, with its own names in the commands. */
export type RunbookFor = { id: string; write(target: FixTarget): Runbook };
