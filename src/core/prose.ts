/**
 * What we say, before it is known where it will be read. Texts for people are composed once as prose,
 * from typed values; Slack and the terminal each have one renderer for it.
 *
 * The kind of a span says how far it can be trusted: `quote` holds whatever came from AWS, from a log,
 * from a person or a file, and is hostile text until a renderer has made it harmless.
 */
export type Span =
  | string // our own words
  | { strong: string } // our own words, stressed
  | { quote: string; max?: number } // hostile until rendered; shown as code
  | { at: string } // an instant, ISO 8601 in UTC; shown in the reader's zone
  | { member: string } // a Slack user id
  | { link: string; label: string }; // a link that we built ourselves

export type Line = Span[];
export type Prose = Line[];

/** How many characters of a quoted value are shown unless a span says otherwise. */
const QUOTE_LIMIT = 200;

/**
 * Makes text from outside safe to show: no control characters, no bidirectional overrides, no
 * zero-width or tag characters (each shown as \u{…}), and a middle ellipsis when it is too long, so
 * that neither a prefix nor a suffix can be hidden.
 */
export function harmless(text: string, max: number = QUOTE_LIMIT): string {
  // Cut first: nobody should pay for cleaning 100 KB of which 200 characters are shown.
  const start = [...text.slice(0, max * 4)];
  const tooLong = start.length > max || text.length > max * 4;
  const tail = Math.max(1, Math.floor(max * 0.3));
  const cut = tooLong
    ? [...start.slice(0, max - 1 - tail), '…', ...[...text.slice(-max)].slice(-tail)]
    : start;
  return cut
    .join('')
    .replace(INVISIBLE, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** Controls, format and bidirectional characters, lone surrogates, line separators, and all that draws nothing. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Prose as plain text: the terminal, the `text` of `ask --json`, and Slack's fallback text. */
export function plain(prose: Prose, timeZone = 'UTC'): string {
  return prose.map((line) => line.map((span) => plainSpan(span, timeZone)).join('')).join('\n');
}

function plainSpan(span: Span, timeZone: string): string {
  if (typeof span === 'string') return span;
  if ('strong' in span) return span.strong;
  if ('quote' in span) return harmless(span.quote, span.max);
  if ('at' in span) return clock(span.at, timeZone);
  if ('member' in span) return `@${harmless(span.member)}`;
  return `${span.label} (${span.link})`;
}

/** A text in which instants may stand, each told in the reader's zone as all other times; `span` sets the rest. */
export function withInstants(text: string, span: (part: string) => Span): Line {
  const line: Line = [];
  let from = 0;
  for (const match of [...text.matchAll(INSTANT)].slice(0, 12)) {
    if (match.index > from) line.push(span(text.slice(from, match.index)));
    line.push({ at: match[0] });
    from = match.index + match[0].length;
  }
  if (from < text.length) line.push(span(text.slice(from)));
  return line;
}

/** A colon or a full stop may follow where the sentence goes on or ends; within a name it is no instant. */
const INSTANT = /(?<![\w:.-])\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z(?![\w-]|[:.][\w-])/g;

/** `2026-11-20 14:32:07 KST (05:32:07 UTC)`; in UTC without the bracket. An unreadable time is shown as it stands. */
export function clock(instant: string, timeZone: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return harmless(instant);
  const utc = date.toISOString().slice(0, 19).replace('T', ' ');
  if (timeZone === 'UTC') return `${utc} UTC`;
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    })
      .formatToParts(date)
      .map(({ type, value }) => [type, value]),
  );
  const zone = ZONE_NAMES[timeZone] ?? parts.timeZoneName;
  const local = `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}:${parts.second} ${zone}`;
  const sameDay = local.slice(0, 10) === utc.slice(0, 10);
  return `${local} (${sameDay ? utc.slice(11) : utc} UTC)`;
}

/** Intl knows most zones only by offset; these are the names that their people use. */
const ZONE_NAMES: Record<string, string> = { 'Asia/Seoul': 'KST', 'Asia/Tokyo': 'JST' };
