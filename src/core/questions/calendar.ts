/** A half-open stretch of time in epoch milliseconds. */
export type Range = { from: number; to: number };

/** The calendar of one zone: days begin at its midnights, weeks on Mondays. */
export type Calendar = {
  now: number;
  zone: string;
  today: { year: number; month: number; day: number; weekday: number };
  /** The instant of a local time; days and months may overflow as in `Date.UTC`. Month 1 is January. */
  at(year: number, month: number, day: number, hour?: number, minute?: number): number;
  /** The local day that lies so many days from today. */
  day(offset: number): Range;
  /** The Monday-to-Sunday week that lies so many weeks from this one. */
  week(offset: number): Range;
  month(offset: number): Range;
  year(offset: number): Range;
};

export function calendarOf(now: string, zone: string): Calendar {
  const instant = Date.parse(now);
  const local = new Date(instant + offsetOf(instant, zone));
  const today = {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    weekday: (local.getUTCDay() + 6) % 7,
  };
  const at: Calendar['at'] = (year, month, day, hour = 0, minute = 0) => {
    const wall = Date.UTC(year, month - 1, day, hour, minute);
    // The offset at the wall time is known only after a first guess; a second corrects the days when clocks change.
    const guess = wall - offsetOf(wall, zone);
    return wall - offsetOf(guess, zone);
  };
  const days = (from: number, to: number): Range => ({
    from: at(today.year, today.month, today.day + from),
    to: at(today.year, today.month, today.day + to),
  });
  return {
    now: instant,
    zone,
    today,
    at,
    day: (offset) => days(offset, offset + 1),
    week: (offset) => days(offset * 7 - today.weekday, offset * 7 - today.weekday + 7),
    month: (offset) => ({
      from: at(today.year, today.month + offset, 1),
      to: at(today.year, today.month + offset + 1, 1),
    }),
    year: (offset) => ({
      from: at(today.year + offset, 1, 1),
      to: at(today.year + offset + 1, 1, 1),
    }),
  };
}

const CLOCKS = new Map<string, Intl.DateTimeFormat>();

/** Offsets that were asked for of late: a question asks for the same few days again and again. */
const OFFSETS = new Map<string, number>();
const KEPT = 2_000;

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
export function offsetOf(instant: number, zone: string): number {
  if (zone === 'UTC') return 0;
  const key = `${zone} ${instant}`;
  const kept = OFFSETS.get(key);
  if (kept !== undefined) return kept;
  if (OFFSETS.size >= KEPT) OFFSETS.clear();
  const offset = readOffset(instant, zone);
  OFFSETS.set(key, offset);
  return offset;
}

function readOffset(instant: number, zone: string): number {
  let clock = CLOCKS.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    CLOCKS.set(zone, clock);
  }
  const part: Record<string, number> = {};
  for (const { type, value } of clock.formatToParts(instant)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}
