import { calendarOf } from './calendar.ts';
import type { OddSlot, Slots } from './exact-slots.ts';
import type { Plan } from './plan.ts';
import { timeIn } from './time.ts';

/**
 * The time slots of the exact form: `from` with `to`, `since:7d`, `since:2026-11-01`, or nothing for the
 * last 90 days. A date without a time of day is the midnight of the zone.
 */
export function timeOf(
  slots: Slots,
  { now, timeZone }: { now: string; timeZone: string },
): { time: Plan['time'] } | OddSlot {
  const zone = slots.zone?.[0] ?? timeZone;
  if (!isZone(zone)) return { odd: `zone:${zone}`, allowed: ['UTC', 'Asia/Seoul'] };
  const assumed = slots.assumed?.[0] ?? 'no';
  if (assumed !== 'yes' && assumed !== 'no')
    return { odd: `assumed:${assumed}`, allowed: ['yes', 'no'] };
  const { from: [begin] = [], to: [end] = [], since: [since] = [] } = slots;
  if (since !== undefined && (begin !== undefined || end !== undefined)) return odd(slots);
  if (begin !== undefined) {
    const from = instant(begin, zone);
    const to = end === undefined ? now : instant(end, zone);
    if (from === null || to === null || !(Date.parse(from) < Date.parse(to))) return odd(slots);
    return { time: { from, to, zone, assumed: assumed === 'yes' } };
  }
  if (end !== undefined) return odd(slots);
  const short = since && /^(\d{1,4})(m|h|d|w)$/.exec(since);
  const words = short ? `past ${short[1]} ${short[2]}` : since ? `since ${since}` : '';
  const heard = timeIn(words, now, zone);
  if ('odd' in heard || (since && heard.time.assumed)) return odd(slots);
  return { time: heard.time };
}

function odd(slots: Slots): OddSlot {
  const said = (['since', 'from', 'to'] as const).filter((key) => slots[key]);
  return {
    odd: said.map((key) => `${key}:${slots[key]?.join(',')}`).join(' '),
    allowed: ['since:30m', 'since:24h', 'since:7d', 'from:2026-11-01 to:2026-11-08'],
  };
}

/** A whole instant is kept as it was written; a date or a local time is one of the zone. */
function instant(text: string, zone: string): string | null {
  if (Number.isNaN(Date.parse(text))) return null;
  if (/^[-+]?\d{4,6}-\d\d-\d\dT[\d:.]+(Z|[-+]\d\d:\d\d)$/.test(text)) return text;
  const local = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?$/.exec(text);
  if (!local) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = local
    .slice(1)
    .map((it) => Number(it ?? 0));
  const at = calendarOf(new Date(0).toISOString(), zone).at(year, month, day, hour, minute);
  return new Date(at).toISOString();
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    // The only way to ask the runtime for a name that it may not know.
    return false;
  }
}
