import { join } from 'node:path';

/**
 * For the environment of a process that a test starts: what Node compiled for one is kept for the next,
 * since each of them loads the whole product.
 */
export const keptCode = {
  NODE_COMPILE_CACHE: join(__dirname, '../node_modules/.cache/trailwarden-tests'),
};
