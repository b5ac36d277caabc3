import type { Scan, Status } from '../../core/posture/finding.ts';
import { clock, harmless } from '../../core/prose.ts';
import type { Language } from '../../core/reader.ts';
import { mapWords } from '../../core/report/said.ts';
import { inZone } from './in-zone.ts';
import type { Words } from './words.ts';

const ORDER: Status[] = ['PASS', 'FAIL', 'NOT_APPLICABLE', 'NOT_VISIBLE', 'ERROR'];

/** The last lines: exceptions that nothing needs, what was not read anew, totals, when, and at what price. */
export function closingWords({
  scan,
  words,
  timeZone,
  language,
}: {
  scan: Scan;
  words: Words;
  timeZone: string;
  language: Language;
}): string[] {
  const map = mapWords(scan, language);
  const { totals, scannedAt, durationMs, apiCalls, kept, traced, unusedExceptions = [] } = scan;
  const counts = ORDER.filter((status) => totals[status] > 0).map(
    (status) => `${totals[status].toLocaleString('en-US')} ${status}`,
  );
  const effort = `${clock(scannedAt, timeZone)} · ${(durationMs / 1000).toFixed(1)} s · ${words.calls(apiCalls)}`;
  return [
    ...(map ? [`${words.map}: ${inZone(map, timeZone)}`] : []),
    ...unusedExceptions.map(({ checks, of, owner }) =>
      words.unused(harmless(checks.join(', ')), harmless(of), harmless(owner)),
    ),
    ...(traced && traced.notAsked > 0 ? [words.untraced(traced.notAsked)] : []),
    ...(kept ? [keptWords(kept, words, timeZone)] : []),
    `${counts.join(' · ') || words.noFindings} · ${effort}`,
  ];
}

/** What a scan did not read anew, why it need not, and how old that reading may be. */
function keptWords(
  { resumed, unchanged, of, from }: NonNullable<Scan['kept']>,
  words: Words,
  timeZone: string,
): string {
  const parts = [
    words.kept(resumed + unchanged, of),
    ...(resumed > 0 ? [words.resumed(resumed)] : []),
    ...(unchanged > 0 ? [words.unchanged(unchanged)] : []),
    `${words.keptFrom} ${clock(from, timeZone)}`,
  ];
  return `${parts.join(' · ')} ${words.fresh}`;
}
