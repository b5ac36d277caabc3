import type { Finding, Scan } from '../posture/finding.ts';
import type { Language } from '../reader.ts';
import { partOf, thingOf } from './thing.ts';

/** The texts of a finding in the reader's language; hostile until rendered, since names stand in them. */
export function textsOf(
  finding: Finding,
  language: Language,
): { title: string; detail: string; remedy: string } {
  const { title, detail, remedy = '' } = finding;
  if (language !== 'ko' || !finding.ko) return { title, detail, remedy };
  return { remedy, ...finding.ko };
}

/** How people know each account of a scan: `payments-prod (666677778888)`, or its bare number. */
export function accountNames(accounts: Pick<Scan['accounts'][number], 'id' | 'name'>[]) {
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  return (id: string): string => {
    const name = names.get(id);
    return name ? `${name} (${id})` : id;
  };
}

/** What a finding speaks of, in one or two words: `labs-legacy`, `labs-legacy → S3`, `payments-prod (6666…)`. */
export function subjectCalled({ subject }: Finding, called: (account: string) => string): string {
  const thing = thingOf(subject);
  if (thing.kind === 'account') return called(thing.name);
  const part = partOf(subject);
  return part === null ? thing.name : `${thing.name} → ${part}`;
}

/**
 * What is known of the map that the scan was drawn by, Config's aggregator: how stale it is and what it
 * leaves out. Null where that is a fault, which is told as one.
 */
export function mapWords({ findings }: Pick<Scan, 'findings'>, language: Language): string | null {
  const map = findings.find(({ check }) => check === 'config-aggregator');
  return map && map.status !== 'FAIL' ? textsOf(map, language).detail : null;
}
