import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { CoverageCell, Finding, Proof, Scan } from '../core/posture/finding.ts';

/**
 * How a scan lies in a store: its head as JSON, and its lists in parts of bounded size. Thousands of
 * findings rest on the same readings and thousands of places are recorded alike, so both are written
 * once and pointed at: a scan of 10,000 accounts is a few megabytes, and is never one text in memory.
 */

/** Members of a list in one part: its text stays below a megabyte, which V8 cleans up at once. */
const AT_ONCE = 250;
const PLACES_AT_ONCE = 20_000;

type Head = Omit<Scan, 'accounts' | 'findings' | 'coverage'> & { packed: 1 };

type Part =
  | { accounts: Scan['accounts'] }
  /**
   * Each finding with the numbers of its readings, in order of their first appearance. Scans of before
   * the lists of accounts were numbered have none.
   */
  | { proofs: Proof[]; covers?: string[][]; findings: PackedFinding[] }
  /** The map, account by account: most are recorded in the same way, so each way is written once. */
  | {
      told: Told[];
      ways: [region: string, told: number][][];
      places: [account: string, way: number][];
    };

/** `covers` of several accounts is the number of a list of its part: of all accounts it is long. */
type PackedFinding = Omit<Finding, 'evidence' | 'covers'> & {
  evidence: number[];
  covers: string[] | number;
};

type Told = Omit<CoverageCell, 'account' | 'region'>;

export function packed(scan: Scan): { head: string; parts: Iterable<Uint8Array> } {
  const { accounts: _, findings: __, coverage: ___, ...rest } = scan;
  return { head: JSON.stringify({ ...rest, packed: 1 } satisfies Head), parts: partsOf(scan) };
}

/** One part after the other, so that no more than one of them is there as text. */
function* partsOf({ accounts, findings, coverage }: Scan): Iterable<Uint8Array> {
  for (const some of pieces(accounts)) yield squeezed({ accounts: some });
  const known = new Map<Proof, number>();
  for (const some of pieces(findings)) {
    const proofs: Proof[] = [];
    const covers = new Map<string[], number>();
    const numbered = some.map((finding) => ({
      ...finding,
      covers: finding.covers.length > 1 ? numberIn(covers, finding.covers) : finding.covers,
      evidence: finding.evidence.map((proof) => {
        const number = known.get(proof) ?? known.size;
        if (number === known.size) {
          known.set(proof, number);
          proofs.push(proof);
        }
        return number;
      }),
    }));
    yield squeezed({ proofs, covers: [...covers.keys()], findings: numbered });
  }
  for (const some of pieces(coverage, PLACES_AT_ONCE)) yield squeezed(grouped(some));
}

function numberIn(lists: Map<string[], number>, list: string[]): number {
  const number = lists.get(list) ?? lists.size;
  lists.set(list, number);
  return number;
}

function grouped(coverage: CoverageCell[]): Part {
  const told = numbering<Told>();
  const ways = numbering<[string, number][]>();
  const places: [string, number][] = [];
  for (let at = 0; at < coverage.length; ) {
    const { account = '' } = coverage[at] ?? {};
    const way: [string, number][] = [];
    for (; coverage[at]?.account === account; at += 1) {
      const { account: _, region, ...rest } = coverage[at] as CoverageCell;
      way.push([region, told.numberOf(rest)]);
    }
    places.push([account, ways.numberOf(way)]);
  }
  return { told: told.all, ways: ways.all, places };
}

function numbering<T>() {
  const all: T[] = [];
  const numbers = new Map<string, number>();
  return {
    all,
    numberOf(one: T): number {
      const key = JSON.stringify(one);
      const number = numbers.get(key) ?? all.push(one) - 1;
      numbers.set(key, number);
      return number;
    },
  };
}

/** The scan as it was. */
export function unpacked(head: string, bodies: Iterable<Uint8Array>): Scan {
  const read = JSON.parse(head) as Head | Scan;
  // Scans of before they were packed are whole in themselves.
  if (!('packed' in read)) return read;
  const { packed: _, ...rest } = read;
  const scan: Scan = { ...rest, accounts: [], findings: [], coverage: [] };
  const proofs: Proof[] = [];
  for (const body of bodies) {
    const part = JSON.parse(inflateRawSync(body).toString('utf8')) as Part;
    if ('accounts' in part) for (const one of part.accounts) scan.accounts.push(one);
    else if ('findings' in part) {
      proofs.push(...part.proofs);
      for (const finding of part.findings)
        scan.findings.push(unpackedFinding(finding, part, proofs));
    } else for (const cell of cellsOf(part)) scan.coverage.push(cell);
  }
  return scan;
}

/** The failing findings of a scan, with no more of it in memory than one part. */
export function failingIn(head: string, bodies: Iterable<Uint8Array>): Finding[] {
  const read = JSON.parse(head) as Head | Scan;
  if (!('packed' in read)) return read.findings.filter(isFailing);
  const proofs: Proof[] = [];
  const failing: Finding[] = [];
  for (const body of bodies) {
    const part = JSON.parse(inflateRawSync(body).toString('utf8')) as Part;
    if (!('findings' in part)) continue;
    proofs.push(...part.proofs);
    for (const finding of part.findings.filter(isFailing))
      failing.push(unpackedFinding(finding, part, proofs));
  }
  return failing;
}

function isFailing({ status }: Pick<Finding, 'status'>): boolean {
  return status === 'FAIL';
}

function unpackedFinding(
  finding: PackedFinding,
  { covers: lists = [] }: Extract<Part, { findings: unknown }>,
  proofs: Proof[],
): Finding {
  const { covers, evidence } = finding;
  return {
    ...finding,
    covers: typeof covers === 'number' ? thereAt(lists, covers, 'list') : covers,
    evidence: evidence.map((at) => thereAt(proofs, at, 'reading')),
  };
}

function thereAt<T>(all: T[], at: number, what: string): T {
  const one = all[at];
  if (one === undefined) throw new Error(`a stored scan points at a ${what} that it does not hold`);
  return one;
}

/** Cells of equal places share what is told of them, as they did when they were written. */
function* cellsOf({
  told,
  ways,
  places,
}: Extract<Part, { told: unknown }>): Iterable<CoverageCell> {
  for (const [account, way] of places)
    for (const [region, number] of ways[way] ?? [])
      yield { account, region, ...(told[number] as Told) };
}

/** A third larger than with zlib's own choice, and in a third of the time, for which whoever scans waits. */
function squeezed(part: Part): Uint8Array {
  return deflateRawSync(JSON.stringify(part), { level: 1 });
}

function* pieces<T>(list: readonly T[], size = AT_ONCE): Iterable<T[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}
