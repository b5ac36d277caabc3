import type { Bilingual } from '../reader.ts';

/** Why a fix is not proposed although the finding is one that it mends. Nothing in it depends on the clock. */
export type Obstacle =
  /** Something that has to be done or decided first, such as a sixth trail in a region. */
  | { kind: 'precondition'; why: Bilingual; instead: Bilingual }
  /** A service control policy denies the write. `controlTower` where it is a guard of Control Tower. */
  | { kind: 'guarded'; by: string; action: string; controlTower: boolean }
  /** Code owns the thing: a direct change would drift back. `where`: the stack or the workspace. */
  | { kind: 'owned'; tool: 'cloudformation' | 'terraform' | 'other'; where: string };

/** What to change instead, ready to be copied. Values are quoted for the language of the snippet. */
export type Snippet = { tool: 'terraform' | 'cloudformation' | 'cli'; text: string };
