import type { Calendar, Range } from './calendar.ts';

/** One way to speak of a time, and what it means. */
export type Rule = {
  pattern: RegExp;
  means: (
    match: RegExpMatchArray,
    calendar: Calendar,
    day: Range | undefined,
  ) => Range | 'ambiguous' | 'not-a-time';
  /** A time of day, which narrows the day that was named, or today. */
  clock?: true;
};

export const START = '(?<![\\w\\ue000-])';
export const END = '(?![\\w-])';
export const CLOCK_EN = '(\\d{1,2})(?::(\\d{2}))?\\s?(am|pm)?';
export const CLOCK_KO =
  '(?:(오전|오후|새벽|아침|저녁|밤|낮)\\s?)?(\\d{1,2})시(?:\\s?(\\d{1,2})분|\\s?(반))?';
export const DAYTIMES: Record<string, [from: number, to: number]> = {
  새벽: [0, 6],
  아침: [6, 12],
  오전: [0, 12],
  낮: [12, 18],
  점심: [11, 14],
  오후: [12, 24],
  저녁: [18, 24],
  밤: [18, 30],
  morning: [0, 12],
  afternoon: [12, 18],
  evening: [18, 24],
  night: [18, 30],
};
