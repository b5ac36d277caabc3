import type { LookupAttribute } from '@aws-sdk/client-cloudtrail';
import type { CloudTrailEvent } from '../../core/evidence/event.ts';
import type { Gap } from '../../core/evidence/source.ts';
import type { Where } from '../session.ts';

/** One lookup in one place; `scan` where it reads everything there is. */
export type Lookup = {
  where: Where;
  attribute: LookupAttribute | null;
  scan: boolean;
  from: string;
  to: string;
  /** Pages that are read at most; as many as the settings say where it is left out. */
  pages?: number;
};

/** What it brought; not complete where it failed or was `cut`, with a gap that says so. */
export type Look = { events: CloudTrailEvent[]; gaps: Gap[]; complete: boolean; cut?: true };
