import type { Block } from './workspace.ts';

export function blocksForPage(blocks: Block[], _origin: string): Block[] {
  return blocks;
}
