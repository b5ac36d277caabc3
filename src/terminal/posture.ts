import type { Finding, Scan, Status } from '../core/posture/finding.ts';
import { type Line, type Prose, withInstants } from '../core/prose.ts';
import type { Language } from '../core/reader.ts';
import { WORDS } from './posture-words.ts';

/**
 * A scan for a person at a terminal: one line that says how it stands, then what is wrong, worst
 * first, then where management events are recorded, then what could not be seen. What is sound is
 * counted, not listed.
 */
export function postureProse(scan: Scan, language: Language): Prose {
  const words = WORDS[language];
  const wrong = scan.findings.filter(({ status }) => status === 'FAIL');
  const dark = scan.findings.filter(({ status }) => status === 'NOT_VISIBLE' || status === 'ERROR');
  return [
    ...(scan.simulated ? [[{ strong: words.simulated }]] : []),
    headline(scan, language),
    ...(wrong.length > 0 ? [[''], ...table(wrong, language)] : []),
    ...(scan.coverage.length > 0 ? [[''], ...coverage(scan, language)] : []),
    ...(dark.length > 0
      ? [[''], [{ strong: words.notVisible }], ...unseen(scan, dark, language)]
      : []),
    [''],
    footer(scan, language),
  ];
}

function headline({ organization, accounts, totals }: Scan, language: Language): Line {
  const words = WORDS[language];
  const visible = accounts.filter((account) => account.visible).length;
  const closed = accounts.filter((account) => account.closed).length;
  const state = stateOf(totals, visible, language);
  return [
    { strong: state },
    ` · ${words.seen(visible, accounts.length)}`,
    ...(closed > 0 ? [words.closed(closed)] : []),
    ...(organization ? [` · ${words.organization} `, { quote: organization }] : []),
  ];
}

function stateOf(totals: Scan['totals'], visible: number, language: Language): string {
  const words = WORDS[language];
  if (visible === 0) return words.nothingSeen;
  if (totals.FAIL > 0) return words.failing(totals.FAIL);
  return totals.NOT_VISIBLE + totals.ERROR > 0 ? words.nothingFailing : words.allSound;
}

/** For each finding what and where in columns, then the sentence, then what AWS Config says of it. */
function table(findings: Finding[], language: Language): Prose {
  const check = Math.max(...findings.map((finding) => finding.check.length));
  return findings.flatMap(
    (finding): Prose => [
      [
        { strong: finding.severity.toUpperCase().padEnd(8) },
        ` ${finding.check.padEnd(check)}  `,
        { quote: finding.owner || WORDS[language].ownerUnknown },
        `  ${finding.id}`,
        ...(finding.fix ? [`  fix: /trail fix ${finding.id}`] : []),
      ],
      ['         ', { quote: detailOf(finding, language), max: 400 }],
      ...(finding.config ? [['         Config: ', ...configWords(finding.config, language)]] : []),
    ],
  );
}

function configWords({ detail, ko }: NonNullable<Finding['config']>, language: Language): Line {
  return withInstants((language === 'ko' && ko) || detail, (quote) => ({ quote, max: 300 }));
}

/** Regions named for one account; the rest is counted. */
const NAMED = 4;

/** In how many places reads and writes are recorded, and the accounts where some are not. */
function coverage({ coverage: cells, accounts }: Scan, language: Language): Prose {
  const words = WORDS[language];
  const recorded = cells.filter((cell) => cell.managementRead && cell.managementWrite).length;
  const gaps = Map.groupBy(
    cells.filter((cell) => !(cell.managementRead && cell.managementWrite)),
    ({ account }) => account,
  );
  const lines = [...gaps].map(([id, missing]): Line => {
    const name = accounts.find((account) => account.id === id)?.name;
    const named = missing.slice(0, NAMED).map(({ region }) => region);
    const more = missing.length > NAMED ? words.more(missing.length - NAMED) : '';
    return [
      '  ',
      { quote: name ? `${name} (${id})` : id },
      words.incompleteIn,
      { quote: `${named.join(', ')}${more}` },
    ];
  });
  return [[{ strong: words.coverage }, `  ${words.recorded(recorded, cells.length)}`], ...lines];
}

/** By account where a whole account is dark, by finding else. */
function unseen(scan: Scan, dark: Finding[], language: Language): Prose {
  const whole = scan.accounts.filter(({ visible, closed }) => !visible && !closed);
  const ids = new Set(whole.map(({ id }) => id));
  const rest = dark.filter(({ subject }) => !ids.has(subject));
  return [
    ...whole.map(
      ({ id, name, reason }): Line => [
        '  ',
        { quote: name ? `${name} (${id})` : id },
        WORDS[language].checks(dark.filter(({ subject }) => subject === id).length),
        { quote: reason ?? '', max: 300 },
      ],
    ),
    ...rest.map(
      (finding): Line => [
        `  ${finding.check} `,
        { quote: finding.subject },
        ': ',
        { quote: detailOf(finding, language), max: 400 },
      ],
    ),
  ];
}

const ORDER: Status[] = ['PASS', 'FAIL', 'NOT_APPLICABLE', 'NOT_VISIBLE', 'ERROR'];

function footer({ totals, scannedAt, durationMs, apiCalls }: Scan, language: Language): Line {
  const words = WORDS[language];
  const counts = ORDER.filter((status) => totals[status] > 0).map(
    (status) => `${totals[status]} ${status}`,
  );
  return [
    `${counts.join(' · ') || words.noFindings} · `,
    { at: scannedAt },
    ` · ${(durationMs / 1000).toFixed(1)} s · ${words.calls(apiCalls)}`,
  ];
}

function detailOf(finding: Finding, language: Language): string {
  return (language === 'ko' && finding.ko?.detail) || finding.detail;
}
