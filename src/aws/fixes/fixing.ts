import type { FixSettings } from '../../core/fixes/settings.ts';
import type { Aws } from '../session.ts';

/** What the configuration says; whoever opens an AWS without it mends nothing. */
export function fixingOf({ settings }: Pick<Aws, 'settings'>): FixSettings {
  if (!settings.fixing) throw new Error('fixes were not told what the organization wants');
  return settings.fixing;
}
