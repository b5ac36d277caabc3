import type { Handlers } from '../service.ts';

/** The simulated S3. */
export const s3: Handlers = {};
