import { type Heard, is } from './heard.ts';
import type { Odd } from './odd.ts';
import type { Plan, Verb } from './plan.ts';
import type { Unit } from './sentence.ts';

/** What an event must hold beyond its name: an open port, everybody, another account, no second factor. */
export function contentOf({ units, verbs, types, asksWho }: Heard): Plan['content'] | Odd {
  const says = (what: Parameters<typeof is>[1]) => units.find((unit) => is(unit, what));
  if (says('no-mfa')) return { kind: 'no-mfa' };
  const setting = types.flatMap(({ id }) => SWITCHES[id] ?? [])[0];
  if (setting && verbs.some((verb) => ['start', 'stop', 'change'].includes(verb)))
    return { kind: 'parameter', name: setting, value: switchedTo(verbs) };
  const opens = verbs.some((verb) => ['open', 'attach', 'create', 'change'].includes(verb));
  const port = portOf(units);
  const world = says('world');
  const cidr = units.find(
    (unit) => unit.is === 'span' && unit.kind === 'address' && unit.value.includes('/'),
  );
  const wide = cidr?.is === 'span' ? cidr.value : world ? '0.0.0.0/0' : null;
  const spoken = says('port');
  if (verbs.includes('open') && (port !== null || world || cidr || spoken))
    return { kind: 'port-open', port, cidr: wide };
  const shuts = verbs.length > 0 && verbs.every((verb) => SHUTTING.includes(verb));
  if (shuts && (port !== null || spoken) && types.every(({ id }) => GROUPS.includes(id)))
    return { kind: 'port-close', port, cidr: wide };
  if (port !== null) return { odd: 'restricts', words: `${port}` };
  if (spoken?.is === 'meaning') return { odd: 'restricts', words: spoken.words };
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

/** Settings that one call both switches on and off: only its content tells which. */
const SWITCHES: Record<string, string> = { 'log-file-validation': 'enableLogFileValidation' };

function switchedTo(verbs: Verb[]): string | null {
  if (verbs.every((verb) => verb === 'start')) return 'true';
  return verbs.every((verb) => verb === 'stop') ? 'false' : null;
}

const SHUTTING: Verb[] = ['close', 'delete', 'detach', 'stop'];
const GROUPS = [
  'security-group',
  'security-group-rule',
  'security-group-ingress-rule',
  'security-group-egress-rule',
];

function portOf(units: Unit[]): number | null {
  for (const unit of units) {
    if (unit.is === 'span' && unit.kind === 'port') return Number(unit.value);
    if (is(unit, 'port-number')) return unit.meaning.port;
  }
  return null;
}
