import type { Handlers } from '../service.ts';

/** The simulated AWS Config. */
export const config: Handlers = {};
