import { z } from 'zod';

/** What we read of a row of Config's SELECT, which Config answers as a JSON text each. */
export const ConfigRow = z.object({
  resourceName: z.string().optional(),
  accountId: z.string().optional(),
  awsRegion: z.string().optional(),
});
export type ConfigRow = z.infer<typeof ConfigRow>;
