import { csvRow } from '../../core/csv.ts';
import type { Finding, Scan } from '../../core/posture/finding.ts';
import type { Language } from '../../core/reader.ts';
import { textsOf } from '../../core/report/said.ts';

/** One row of the file, from one finding and the account in which it is mended. */
type Column = (finding: Finding, row: Row) => string | number;
type Row = {
  scan: Scan;
  language: Language;
  owner: { name: string; ou?: string } | undefined;
};

/** The columns in their order. They are as stable as the fields of the JSON document; new ones come last. */
const COLUMNS: [name: string, cell: Column][] = [
  ['id', ({ id }) => id],
  ['check', ({ check }) => check],
  ['status', ({ status }) => status],
  ['severity', ({ severity }) => severity],
  ['subject', ({ subject }) => subject],
  ['owner', ({ owner }) => owner],
  ['owner_name', (_, { owner }) => owner?.name ?? ''],
  ['owner_ou', (_, { owner }) => owner?.ou ?? ''],
  ['accounts_concerned', ({ covers }) => covers.length],
  ['title', (finding, { language }) => textsOf(finding, language).title],
  ['detail', (finding, { language }) => textsOf(finding, language).detail],
  ['remedy', (finding, { language }) => textsOf(finding, language).remedy],
  ['fix', ({ fix }) => fix?.id ?? ''],
  ['fix_class', ({ fix }) => fix?.class ?? ''],
  ['since', ({ since }) => since?.at ?? ''],
  ['since_event', ({ since }) => since?.event?.eventName ?? ''],
  ['since_event_id', ({ since }) => since?.event?.eventID ?? ''],
  ['since_person', ({ since }) => since?.event?.person ?? ''],
  ['since_proof', ({ since }) => since?.event?.proof ?? ''],
  ['config_rule', ({ config }) => config?.rule ?? ''],
  ['config_verdict', ({ config }) => config?.verdict ?? ''],
  ['config_agrees', ({ config }) => (config?.agrees == null ? '' : String(config.agrees))],
  ['cost_usd_a_month', ({ cost }) => cost?.monthly ?? ''],
  ['cost_unit_price', ({ cost }) => cost?.unitPrice ?? ''],
  ['exception_until', ({ exception }) => exception?.expires ?? ''],
  ['exception_expired', ({ exception }) => (exception ? String(exception.expired) : '')],
  ['exception_owner', ({ exception }) => exception?.owner ?? ''],
  ['exception_reason', ({ exception }) => exception?.reason ?? ''],
  ['controls', ({ controls }) => controlsIn(controls)],
  ['evidence', ({ evidence }) => evidence.map(seenBy).join('; ')],
  ['scanned_at', (_, { scan }) => scan.scannedAt],
  ['snoozed_until', ({ snoozed }) => snoozed?.until ?? ''],
  ['snoozed_by', ({ snoozed }) => snoozed?.by ?? ''],
];

/**
 * The findings of a scan as RFC 4180, line by line: commas, CRLF, quotes doubled, a header. Every finding
 * that the JSON document has is one line here.
 */
export function* postureCsv(scan: Scan, language: Language): Generator<string> {
  const accounts = new Map<string, { name: string; ou?: string }>(
    [...scan.accounts, ...(scan.others ?? [])].map((account) => [account.id, account]),
  );
  yield csvRow(COLUMNS.map(([name]) => name));
  for (const finding of scan.findings) {
    const row = { scan, language, owner: accounts.get(finding.owner) };
    yield csvRow(COLUMNS.map(([, cell]) => cell(finding, row)));
  }
}

/** `CIS AWS 3.0 3.2; PCI DSS 4.0.1 10.3.2, 10.3.4`. */
function controlsIn(controls: Finding['controls']): string {
  return Object.entries(controls)
    .map(([framework, ids]) => `${framework} ${ids.join(', ')}`)
    .join('; ');
}

function seenBy({ api, account, region, at }: Finding['evidence'][number]): string {
  return [api, account, region, at].filter((part) => part !== '').join(' ');
}
