import { type Heard, is } from './heard.ts';
import type { Odd } from './odd.ts';
import type { Plan } from './plan.ts';
import type { Unit } from './sentence.ts';

/** What an event must hold beyond its name: an open port, everybody, another account, no second factor. */
export function contentOf({ units, verbs, asksWho }: Heard): Plan['content'] | Odd {
  const says = (what: Parameters<typeof is>[1]) => units.find((unit) => is(unit, what));
  if (says('no-mfa')) return { kind: 'no-mfa' };
  const opens = verbs.some((verb) => ['open', 'attach', 'create', 'change'].includes(verb));
  const port = portOf(units);
  const world = says('world');
  const cidr = units.find(
    (unit) => unit.is === 'span' && unit.kind === 'address' && unit.value.includes('/'),
  );
  if (verbs.includes('open') && (port !== null || world || cidr)) {
    const wide = cidr?.is === 'span' ? cidr.value : world ? '0.0.0.0/0' : null;
    return { kind: 'port-open', port, cidr: wide };
  }
  if (port !== null) return { odd: 'restricts', words: `${port}` };
  if (says('public')) {
    if (verbs.includes('close') || verbs.includes('stop'))
      return { odd: 'restricts', words: 'public' };
    return opens || asksWho ? { kind: 'public' } : { odd: 'state' };
  }
  if (says('external')) {
    if (verbs.some((verb) => ['share', 'open', 'create', 'attach', 'change'].includes(verb)))
      return { kind: 'shared-external' };
    const external = says('external');
    return { odd: 'restricts', words: external?.is === 'meaning' ? external.words : 'external' };
  }
  return null;
}

function portOf(units: Unit[]): number | null {
  for (const unit of units) {
    if (unit.is === 'span' && unit.kind === 'port') return Number(unit.value);
    if (is(unit, 'port-number')) return unit.meaning.port;
  }
  return null;
}
