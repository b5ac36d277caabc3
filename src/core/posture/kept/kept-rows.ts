import { z } from 'zod';
import { wasSeen } from '../../reading.ts';
import type { Witness } from '../facts.ts';
import type { Scan } from '../finding.ts';
import { allSeen, type KeptAccount, type KeptFacts } from './keep.ts';

/** How the facts of an account are written down between two scans, and read again. */

/** As a store keeps it. `body` is ours alone: JSON, bounded, with the version of its shape. */
export type KeptRow = { account: string; readAt: string; finished: boolean; body: string };

export type KeptFrom = NonNullable<Scan['kept']>;

/** The facts of an account take some 2 KB; whoever wrote more wrote something else. */
const LONGEST = 64 * 1024;

const Instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)));
const AccountId = z.string().regex(/^\d{12}$/);
const Region = z.string().regex(/^[a-z0-9-]{1,32}$/);
const Witnessing = z.strictObject({
  api: z.string().regex(/^[a-z0-9-]+:[A-Za-z]+$/),
  account: AccountId,
  region: Region,
  at: Instant,
});
const Recorder = z.strictObject({
  region: Region,
  state: z.enum(['recording', 'stopped', 'failing', 'absent']),
  by: Witnessing,
});
const Body = z.strictObject({
  version: z.literal(1),
  regions: z.array(Region).max(100),
  regionsBy: Witnessing,
  optedIn: z
    .array(z.strictObject({ region: Region, state: z.enum(['ENABLED', 'ENABLING', 'DISABLING']) }))
    .max(100),
  trails: z
    .array(
      z.strictObject({
        arn: z.string().regex(/^arn:[a-z-]+:cloudtrail:[a-z0-9-]+:\d{12}:trail\/[\w.-]{1,128}$/),
        homeRegion: Region,
      }),
    )
    .max(200),
  trailsBy: Witnessing,
  recorders: z.array(Recorder).max(100).nullable(),
});

/** What is kept of an account; null where something of it was not seen, or is more than can be kept. */
export function keptRow({ account, readAt, finished, facts }: KeptAccount): KeptRow | null {
  const { regions, optedIn, trails, recorders } = facts;
  if (!allSeen(facts) || !wasSeen(regions) || !wasSeen(optedIn) || !wasSeen(trails)) return null;
  const body = JSON.stringify({
    version: 1,
    regions: regions.seen,
    regionsBy: regions.by,
    optedIn: optedIn.seen,
    trails: trails.seen,
    trailsBy: trails.by,
    recorders:
      recorders && wasSeen(recorders)
        ? recorders.seen.flatMap(({ region, state }) =>
            wasSeen(state) ? [{ region, state: state.seen, by: state.by }] : [],
          )
        : null,
  } satisfies z.input<typeof Body>);
  return body.length > LONGEST ? null : { account, readAt, finished, body };
}

/**
 * What a row says; null where it is not one of ours: damaged, written by another version, or by
 * somebody else. Whoever cannot read a row reads the account.
 */
export function keptAccount(row: KeptRow): KeptAccount | null {
  const { account, readAt, finished, body } = row;
  if (!AccountId.safeParse(account).success || !Instant.safeParse(readAt).success) return null;
  const read = body.length > LONGEST ? null : Body.safeParse(parsed(body));
  if (!read?.success || !isAbout(account, read.data)) return null;
  return { account, readAt, finished, facts: factsOf(read.data) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is not ours: the schema refuses it with everything else.
    return undefined;
  }
}

/** What was asked in one account must not be told of another. */
function isAbout(account: string, { regionsBy, trailsBy }: z.infer<typeof Body>): boolean {
  return regionsBy.account === account && trailsBy.account === account;
}

function factsOf(body: z.infer<typeof Body>): KeptFacts {
  const by: Witness = body.regionsBy;
  return {
    regions: { seen: body.regions, by },
    optedIn: { seen: body.optedIn, by },
    trails: { seen: body.trails, by: body.trailsBy },
    recorders: body.recorders && {
      seen: body.recorders.map(({ region, state, by: asked }) => ({
        region,
        state: { seen: state, by: asked },
      })),
      by,
    },
  };
}
