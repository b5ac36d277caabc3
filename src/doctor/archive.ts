import { type Check, notChecked, ok, warning } from '../core/doctor.ts';
import type { Trailwarden } from '../wire.ts';
import { seen } from './seen.ts';

/** An archive that is filled from somewhere and was not for so long has stopped being filled. */
const STALE = 24 * 3_600_000;

/** What the archive holds, and whether it is still being filled; nothing where there is none. */
export async function examineArchive(trailwarden: Trailwarden): Promise<Check[]> {
  const name = 'Archive';
  const { config, archived, now } = trailwarden;
  const { directory, from } = config.archive;
  const contents = await seen('reading the archive', archived);
  if (!('value' in contents)) return [notChecked(name, `${directory}: ${contents.reason}`)];
  if (contents.value === null) return [];
  const { events, first, last, ingestedAt, setAside } = contents.value;
  if (ingestedAt === null || first === null)
    return [
      warning(
        name,
        `${directory} is empty`,
        `Fill it: trailwarden ingest ${from[0] ?? 's3://our-trail/AWSLogs/o-abc1234567'}`,
      ),
    ];
  const holds = `${directory}: ${events} events from ${first} to ${last}, filled ${ingestedAt}`;
  if (from.length > 0 && now().getTime() - Date.parse(ingestedAt) > STALE)
    return [warning(name, holds, 'The bot fills it while it runs; by hand: trailwarden ingest')];
  if (setAside.length > 0)
    return [
      warning(
        name,
        `${holds}; ${setAside.length} files were set aside, the first ${setAside[0]?.name}`,
        'Look at these files: what is in them is in no answer.',
      ),
    ];
  return [ok(name, holds)];
}
