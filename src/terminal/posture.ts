import type { Finding, Scan, Status } from '../core/posture/finding.ts';
import type { Line, Prose } from '../core/prose.ts';

/**
 * A scan for a person at a terminal: one line that says how it stands, then what is wrong, worst
 * first, then where management events are recorded, then what could not be seen. What is sound is
 * counted, not listed.
 */
export function postureProse(scan: Scan): Prose {
  const wrong = scan.findings.filter(({ status }) => status === 'FAIL');
  const dark = scan.findings.filter(({ status }) => status === 'NOT_VISIBLE' || status === 'ERROR');
  return [
    ...(scan.simulated ? [[{ strong: 'Simulated organization.' }]] : []),
    headline(scan),
    ...(wrong.length > 0 ? [[''], ...table(wrong)] : []),
    ...(scan.coverage.length > 0 ? [[''], ...coverage(scan)] : []),
    ...(dark.length > 0 ? [[''], [{ strong: 'Not visible' }], ...unseen(scan, dark)] : []),
    [''],
    footer(scan),
  ];
}

function headline({ organization, accounts, totals }: Scan): Line {
  const visible = accounts.filter((account) => account.visible).length;
  const closed = accounts.filter((account) => account.closed).length;
  const state = stateOf(totals, visible);
  return [
    { strong: state },
    ` · ${visible} of ${accounts.length} accounts seen`,
    ...(closed > 0 ? [` (closed, not asked: ${closed})`] : []),
    ...(organization ? [' · organization ', { quote: organization }] : []),
  ];
}

function stateOf(totals: Scan['totals'], visible: number): string {
  if (visible === 0) return 'Nothing could be seen';
  if (totals.FAIL > 0) return `${totals.FAIL} failing`;
  return totals.NOT_VISIBLE + totals.ERROR > 0 ? 'Nothing failing in what was seen' : 'All sound';
}

/** For each finding what and where in columns, then the sentence, then what AWS Config says of it. */
function table(findings: Finding[]): Prose {
  const check = Math.max(...findings.map((finding) => finding.check.length));
  return findings.flatMap(
    (finding): Prose => [
      [
        { strong: finding.severity.toUpperCase().padEnd(8) },
        ` ${finding.check.padEnd(check)}  `,
        { quote: finding.owner || 'owner unknown' },
        `  ${finding.id}`,
        ...(finding.fix ? [`  fix: /trail fix ${finding.id}`] : []),
      ],
      ['         ', { quote: finding.detail, max: 400 }],
      ...(finding.config
        ? [['         Config: ', { quote: finding.config.detail, max: 300 }]]
        : []),
    ],
  );
}

/** Regions named for one account; the rest is counted. */
const NAMED = 4;

/** In how many places reads and writes are recorded, and the accounts where some are not. */
function coverage({ coverage: cells, accounts }: Scan): Prose {
  const recorded = cells.filter((cell) => cell.managementRead && cell.managementWrite).length;
  const gaps = Map.groupBy(
    cells.filter((cell) => !(cell.managementRead && cell.managementWrite)),
    ({ account }) => account,
  );
  const lines = [...gaps].map(([id, missing]): Line => {
    const name = accounts.find((account) => account.id === id)?.name;
    const named = missing.slice(0, NAMED).map(({ region }) => region);
    const more = missing.length > NAMED ? `, and ${missing.length - NAMED} more` : '';
    return [
      '  ',
      { quote: name ? `${name} (${id})` : id },
      ': incomplete in ',
      { quote: `${named.join(', ')}${more}` },
    ];
  });
  return [
    [
      { strong: 'Coverage' },
      `  management events, read and write: ${recorded} of ${cells.length} places (account and region)`,
    ],
    ...lines,
  ];
}

/** By account where a whole account is dark, by finding else. */
function unseen(scan: Scan, dark: Finding[]): Prose {
  const whole = scan.accounts.filter(({ visible, closed }) => !visible && !closed);
  const ids = new Set(whole.map(({ id }) => id));
  const rest = dark.filter(({ subject }) => !ids.has(subject));
  return [
    ...whole.map(
      ({ id, name, reason }): Line => [
        '  ',
        { quote: name ? `${name} (${id})` : id },
        `: ${dark.filter(({ subject }) => subject === id).length} checks. `,
        { quote: reason ?? '', max: 300 },
      ],
    ),
    ...rest.map(
      (finding): Line => [
        `  ${finding.check} `,
        { quote: finding.subject },
        ': ',
        { quote: finding.detail, max: 400 },
      ],
    ),
  ];
}

const ORDER: Status[] = ['PASS', 'FAIL', 'NOT_APPLICABLE', 'NOT_VISIBLE', 'ERROR'];

function footer({ totals, scannedAt, durationMs, apiCalls }: Scan): Line {
  const counts = ORDER.filter((status) => totals[status] > 0).map(
    (status) => `${totals[status]} ${status}`,
  );
  return [
    `${counts.join(' · ') || 'no findings'} · `,
    { at: scannedAt },
    ` · ${(durationMs / 1000).toFixed(1)} s · ${apiCalls} calls`,
  ];
}
