import type { Scan } from '../../core/posture/finding.ts';
import { byControl, type Framework } from '../../core/posture/framework.ts';

/**
 * The document of `posture --json` in pieces: of an organization of ten thousand accounts it is longer
 * than memory should hold twice. Together they are what `JSON.stringify` makes of the scan, and where
 * somebody asked by a framework, of its controls with the ids of their findings after it.
 */
export function* postureJson(scan: Scan, framework: Framework | null): Generator<string> {
  const document = { ...scan, ...(framework && { framework: controlsIn(scan, framework) }) };
  let before = '{';
  for (const [name, value] of Object.entries(document)) {
    if (value === undefined) continue;
    yield `${before}${JSON.stringify(name)}:`;
    if (Array.isArray(value)) yield* arrayOf(value);
    else yield JSON.stringify(value);
    before = ',';
  }
  yield '}\n';
}

const TOGETHER = 200;

function* arrayOf(all: unknown[]): Generator<string> {
  yield '[';
  for (let at = 0; at < all.length; at += TOGETHER) {
    const some = JSON.stringify(all.slice(at, at + TOGETHER)).slice(1, -1);
    yield at > 0 ? `,${some}` : some;
  }
  yield ']';
}

function controlsIn(scan: Scan, framework: Framework) {
  const { id, key, title, note, mappedBy } = framework;
  const controls = byControl(scan, framework).map(({ control, findings: its, worst }) => ({
    id: control.id,
    title: control.title,
    worst,
    findings: its.map((finding) => finding.id),
  }));
  return { id, key, title, note, mappedBy, controls };
}
