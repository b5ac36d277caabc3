import { z } from 'zod';
import type { Json } from '../../json.ts';

const Configuration = z.looseObject({
  Rule: z
    .looseObject({
      DefaultRetention: z
        .looseObject({
          Mode: z.enum(['GOVERNANCE', 'COMPLIANCE']).optional(),
          Days: z.number().optional(),
          Years: z.number().optional(),
        })
        .optional(),
    })
    .optional(),
});

/** How new objects are locked by default; `days` counts years as 365. Null: not at all. */
export type DefaultLock = { mode: 'GOVERNANCE' | 'COMPLIANCE'; days: number };

export function lockIn(configuration: Json): DefaultLock | null {
  if (configuration === null) return null;
  const { Mode, Days, Years = 0 } = Configuration.parse(configuration).Rule?.DefaultRetention ?? {};
  return Mode ? { mode: Mode, days: Days ?? Years * 365 } : null;
}
