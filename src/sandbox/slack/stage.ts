import type { Triggers } from './interactions.ts';
import type { Seed } from './seed.ts';
import type { ViewIds } from './view-ids.ts';
import type { Answer, Fields, Workspace } from './workspace.ts';

/** What a method of ours may use. */
export type Stage = {
  seed: Seed;
  workspace: Workspace;
  triggers: Triggers;
  viewIds: ViewIds;
  now(): number;
  /** Runs `act` at a time, unless the sandbox ends before; returns how to call it off. */
  at(time: number, act: () => void): () => void;
};

export type Method = (args: Fields, stage: Stage) => Promise<Answer> | Answer;
export type Methods = { [method: string]: Method };

export const refused = (error: string, more: Fields = {}): Answer => ({
  ok: false,
  error,
  ...more,
});
export const granted = (more: Fields = {}): Answer => ({ ok: true, ...more });
