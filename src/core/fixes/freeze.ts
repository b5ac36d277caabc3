import { offsetOf } from '../questions/calendar.ts';
import type { FixPlan, RiskClass } from './fix.ts';

/** A moment of a week on a clock: days since Monday, minutes since midnight. */
export type WeekTime = { day: number; minute: number };

/**
 * When nothing is changed: once, between two instants (ISO 8601 UTC), or every week, between two times
 * on the clock of a zone. `classes` and `except` narrow it to some risk classes and to all but some fixes.
 */
export type Freeze = (
  | { from: string; to: string }
  | { weekly: { from: WeekTime; to: WeekTime }; timeZone: string }
) & { reason: string; classes?: RiskClass[] | undefined; except?: string[] | undefined };

/** Why a plan has to wait, and until when (ISO 8601 UTC); null where no end is in sight. */
export type Frozen = { reason: string; until: string | null };

/**
 * What holds a plan back at a moment; null when nothing does. `until` is the end of all that follows
 * without a gap, so that nobody is sent from one freeze into the next.
 */
export function frozenAt(
  freezes: Freeze[],
  plan: Pick<FixPlan, 'fix' | 'riskClass'>,
  at: Date,
): Frozen | null {
  const concerned = freezes.filter(
    ({ classes, except }) =>
      (!classes || classes.includes(plan.riskClass)) && !except?.includes(plan.fix),
  );
  const first = latestEnd(concerned, at.getTime());
  if (!first) return null;
  let end = first.end;
  for (let joined = 0; joined < JOINED; joined += 1) {
    const next = latestEnd(concerned, end);
    if (!next) return { reason: first.freeze.reason, until: new Date(end).toISOString() };
    end = next.end;
  }
  return { reason: first.freeze.reason, until: null };
}

/** Freezes that follow one another for longer than this (weekly ones may cover all of the week) have no end. */
const JOINED = 60;

/** Of the freezes that hold at an instant, the one that ends last. */
function latestEnd(freezes: Freeze[], instant: number) {
  const held = freezes.flatMap((freeze) =>
    occurrences(freeze, instant)
      .filter(({ start, end }) => start <= instant && instant < end)
      .map(({ end }) => ({ freeze, end })),
  );
  return held.sort((a, b) => b.end - a.end)[0];
}

/** The stretches of a freeze that may hold at an instant, in milliseconds since 1970. */
function occurrences(freeze: Freeze, instant: number): { start: number; end: number }[] {
  if ('from' in freeze) return [{ start: Date.parse(freeze.from), end: Date.parse(freeze.to) }];
  const { weekly, timeZone } = freeze;
  const local = new Date(instant + offsetOf(instant, timeZone));
  const monday = Date.UTC(
    local.getUTCFullYear(),
    local.getUTCMonth(),
    local.getUTCDate() - ((local.getUTCDay() + 6) % 7),
  );
  const from = minutesOf(weekly.from);
  const length = lengthOf(weekly);
  return [-WEEK, 0, WEEK].map((week) => {
    const start = monday + (week + from) * MINUTE;
    return {
      start: Math.min(...instantsOf(start, timeZone)),
      end: Math.max(...instantsOf(start + length * MINUTE, timeZone)),
    };
  });
}

/**
 * The instants that a time on the wall can mean. Twice a year there are two of them, or, where the clock
 * jumps over it, none: then the last and the first that it could be. A freeze takes the longer stretch.
 */
function instantsOf(wall: number, timeZone: string): number[] {
  const around = [wall - DAY, wall + DAY].map((near) => wall - offsetOf(near, timeZone));
  const exact = around.filter((instant) => instant + offsetOf(instant, timeZone) === wall);
  return exact.length > 0 ? exact : around;
}

/** In minutes. What ends earlier in the week than it begins ends in the week after. */
function lengthOf({ from, to }: { from: WeekTime; to: WeekTime }): number {
  const length = minutesOf(to) - minutesOf(from);
  return length > 0 ? length : length + WEEK;
}

const minutesOf = ({ day, minute }: WeekTime) => day * 24 * 60 + minute;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** In minutes. */
const WEEK = 7 * 24 * 60;

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** Reads `Fri 16:00 - Mon 08:00`; null for anything else, and for a stretch of no length. */
export function readWeekly(text: string): { from: WeekTime; to: WeekTime } | null {
  const [from, to, ...more] = text.split(/\s*[-–]\s*/).map(readWeekTime);
  if (!from || !to || more.length > 0) return null;
  return lengthOf({ from, to }) > 0 && minutesOf(from) !== minutesOf(to) ? { from, to } : null;
}

/** `Fri 16:00`; `24:00` is the end of the day. */
function readWeekTime(text: string): WeekTime | null {
  const [, name = '', hour, minute] = /^([A-Za-z]{3,9}) +(\d\d):(\d\d)$/.exec(text.trim()) ?? [];
  const day = DAYS.findIndex((long) => name !== '' && long.startsWith(name.toLowerCase()));
  const minutes = Number(hour) * 60 + Number(minute);
  return day < 0 || Number(minute) > 59 || minutes > 24 * 60 ? null : { day, minute: minutes };
}
