const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** A length of time such as `1d` or `6h`, in milliseconds. */
export function lengthOf(text: string): number {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined) {
    throw new Error(
      `'${text}' is no length of time; expected one such as \`90m\`, \`6h\` or \`1d\``,
    );
  }
  return Number(count) * units[unit as keyof typeof units];
}

/**
 * The instant that a scenario's moment means at `now`: ISO 8601, `now`, a distance (`-3h`), a distance
 * with a clock time (`-12d 14:05`) or the last such weekday before today (`last tuesday 14:05`). All UTC.
 */
export function momentAt(when: string, now: Date): Date {
  if (when === 'now') return now;
  const distance = /^-(\d+[smhd])(?: (\S+))?$/.exec(when);
  if (distance?.[1] !== undefined) {
    const there = new Date(now.getTime() - lengthOf(distance[1]));
    return distance[2] === undefined ? there : atClock(there, distance[2]);
  }
  const weekday = /^last (\w+) (\S+)$/.exec(when);
  if (weekday?.[1] !== undefined && weekday[2] !== undefined) {
    const wanted = weekdays.indexOf(weekday[1]);
    const daysBack = ((now.getUTCDay() - wanted + 6) % 7) + 1;
    return atClock(new Date(now.getTime() - daysBack * units.d), weekday[2]);
  }
  const instant = new Date(when);
  if (Number.isNaN(instant.getTime())) {
    throw new Error(
      `'${when}' is no moment; expected one such as \`2026-11-17T14:05:00Z\`, \`-3h\` or \`-12d 14:05\``,
    );
  }
  return instant;
}

function atClock(day: Date, clock: string): Date {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  const there = new Date(day);
  there.setUTCHours(hours, minutes, seconds, 0);
  return there;
}

/** ISO 8601 UTC with seconds, as CloudTrail and Config write it. */
export function isoSeconds(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}Z`;
}
