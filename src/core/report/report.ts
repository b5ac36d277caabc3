import type { Scan } from '../posture/finding.ts';
import { type CoverageMap, coverageMapOf, type Gap, gapsOf } from './gaps.ts';
import { accountNames } from './said.ts';
import { type Blind, blindSpots } from './unseen.ts';
import { type Alike, wrongsIn } from './wrongs.ts';

/** A scan in the order in which it is told, whoever tells it: the table, the page and the message. */
export type Report = {
  scan: Scan;
  /** `payments-prod (666677778888)`. */
  called: (account: string) => string;
  toMend: Alike[];
  accepted: Alike[];
  /** Findings to mend, and the things that they are about. */
  open: { findings: number; things: number };
  blind: Blind[];
  map: CoverageMap;
  /** Accounts in which management events are recorded everywhere, and the others. */
  recorded: { recorded: number; of: number; gaps: Gap[] };
  /** Accounts of which something was seen; `closed` ones were not asked, and of others nobody may know (`unlisted`). */
  seen: { visible: number; of: number; closed: number; unlisted: boolean };
  /** `accepted`: everything was seen, and all that is wrong was accepted for a time. */
  health: 'blind' | 'failing' | 'unsure' | 'accepted' | 'sound';
};

export function reportOf(scan: Scan): Report {
  const { accounts, findings } = scan;
  const { toMend, accepted } = wrongsIn(findings);
  const things = toMend.flat();
  const blind = blindSpots(scan);
  const map = coverageMapOf(scan);
  const visible = accounts.filter((account) => account.visible).length;
  const closed = accounts.filter((account) => account.closed).length;
  return {
    scan,
    called: accountNames([...accounts, ...(scan.others ?? [])]),
    toMend,
    accepted,
    open: {
      findings: things.reduce((sum, wrong) => sum + wrong.findings.length, 0),
      things: things.length,
    },
    blind,
    map,
    recorded: gapsOf(map),
    seen: { visible, of: accounts.length, closed, unlisted: scan.unlisted === true },
    health:
      visible === 0
        ? 'blind'
        : things.length > 0
          ? 'failing'
          : blind.length > 0 || scan.unlisted
            ? 'unsure'
            : accepted.length > 0
              ? 'accepted'
              : 'sound',
  };
}
