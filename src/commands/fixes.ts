import type { KeptFix } from '../core/fixes/state.ts';
import { fixesProse } from '../terminal/fix.ts';
import { inTrailwarden, print } from './stage.ts';
import type { ExitCode } from './usage.ts';

export type FixesOptions = { json?: boolean; sandbox?: boolean };

/** As many as a person looks through. */
const SHOWN = 50;

/** Lists what waits for approval and what was done, of everybody: a terminal does not know who looks. */
export function fixes(options: FixesOptions): Promise<ExitCode> {
  return inTrailwarden(
    { sandbox: options.sandbox ?? false },
    async ({ store, config }): Promise<ExitCode> => {
      const kept: KeptFix[] = await store.lastFixes(SHOWN);
      print(options.json ? JSON.stringify(kept) : fixesProse(kept, config.language));
      return 0;
    },
  );
}
