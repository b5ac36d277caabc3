import type { Heard } from './heard.ts';
import { typeOfId } from './kinds.ts';
import type { Odd } from './odd.ts';
import type { Plan, Verb } from './plan.ts';
import type { Unit } from './sentence.ts';
import { is } from './unit.ts';

/** What an event must hold beyond its name: an open port, everybody, another account, no second factor. */
export function contentOf({ units, verbs, types, names, asksWho }: Heard): Plan['content'] | Odd {
  const says = (what: Parameters<typeof is>[1]) => units.find((unit) => is(unit, what));
  const error = says('error-code');
  if (is(error, 'error-code')) {
    const other = units.find((unit) => is(unit, 'public', 'external', 'world', 'admin', 'no-mfa'));
    const codes = units.filter((unit) => is(unit, 'error-code'));
    if (other?.is === 'meaning') return { odd: 'restricts', words: other.words };
    if (codes.length > 1 || verbs.includes('open')) return { odd: 'restricts', words: error.words };
    return { kind: 'parameter', name: 'errorCode', value: error.meaning.code };
  }
  if (says('no-mfa')) return { kind: 'no-mfa' };
  if (
    says('cross-account') &&
    (verbs.length === 0 || verbs.every((verb) => ASSUMING.includes(verb)))
  )
    return { kind: 'cross-account' };
  if (says('no-final-snapshot') && verbs.includes('delete')) return { kind: 'no-final-snapshot' };
  if (says('admin') && verbs.some((verb) => ['attach', 'create', 'change'].includes(verb)))
    return { kind: 'admin-grant' };
  const setting = settingOf(types, verbs);
  if (setting) return setting;
  const opens = verbs.some((verb) => ['open', 'attach', 'create', 'change'].includes(verb));
  const ports = portsOf(units);
  if (ports.length > 1) return { odd: 'restricts', words: ports.join(', ') };
  const port = ports[0] ?? null;
  const world = says('world');
  const cidr = units.find(
    (unit) => unit.is === 'span' && unit.kind === 'address' && unit.value.includes('/'),
  );
  // “외부에 열었다”: to whoever is outside.
  const outside = says('external') && !types.some(({ id }) => EXPOSED.includes(id));
  const wide = cidr?.is === 'span' ? cidr.value : world || outside ? '0.0.0.0/0' : null;
  const spoken = says('port');
  // “exposed the database to the internet”: a thing that is public itself, and has no ports to open.
  const wider = cidr === undefined || (cidr.is === 'span' && /\/0$/.test(cidr.value));
  const exposes = verbs.includes('open') && (world || cidr) && wider && port === null && !spoken;
  if (exposes && isExposed(types, names)) return { kind: 'public' };
  const adds = units.some((unit) => is(unit, 'verb') && /^(?:add|추가|넣)/i.test(unit.words));
  const group =
    types.some(({ id }) => GROUPS.includes(id)) ||
    names.some(({ value }) => typeOfId(value) === 'security-group');
  const toGroup = adds && group && (cidr !== undefined || port !== null);
  const letIn = verbs.includes('open') || (verbs.includes('attach') && port !== null) || toGroup;
  if (letIn && (port !== null || world || cidr || spoken))
    return { kind: 'port-open', port, cidr: wide };
  const joined = says('and') && types.length > 0;
  const shuts = !joined && verbs.length > 0 && verbs.every((verb) => SHUTTING.includes(verb));
  if (shuts && (port !== null || spoken) && types.every(({ id }) => GROUPS.includes(id)))
    return { kind: 'port-close', port, cidr: wide };
  // “opened the bucket”: the same calls shut it, too.
  if (verbs.length > 0 && verbs.every((verb) => verb === 'open') && types.length > 0)
    if (types.every(({ id }) => EXPOSED.includes(id)) && !says('external'))
      return { kind: 'public' };
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
const SWITCHES: Record<string, { name: string; start: string; stop: string; changes?: true }> = {
  'log-file-validation': {
    name: 'enableLogFileValidation',
    start: 'true',
    stop: 'false',
    changes: true,
  },
  'access-key': { name: 'status', start: 'Active', stop: 'Inactive' },
  // Whoever switches it on sets all four of its flags; switching off has a content of its own.
  'public-access-block': { name: 'BlockPublicPolicy', start: 'true', stop: 'false' },
};

/** Parts of a thing that one member of a greater call changes, and the name of that member. */
const MEMBERS: Record<string, string> = {
  'user-data': 'userData',
  layer: 'layers',
  'db-password': 'masterUserPassword',
};

function settingOf(types: Heard['types'], verbs: Verb[]): Plan['content'] {
  const member = types.flatMap(({ id }) => MEMBERS[id] ?? [])[0];
  if (member !== undefined && verbs.length > 0 && verbs.every((verb) => GIVING.includes(verb)))
    return { kind: 'parameter', name: member, value: null };
  if (types.some(({ id }) => id === 'user-data') && verbs.join() === 'read')
    return { kind: 'parameter', name: 'attribute', value: 'userData' };
  const [type] = types.flatMap(({ id }) => (SWITCHES[id] ? [id] : []));
  const setting = SWITCHES[type ?? ''];
  if (!setting || verbs.length === 0) return null;
  const every = (...some: Verb[]) => verbs.every((verb) => some.includes(verb));
  if (type === 'public-access-block' && every('stop', 'delete', 'detach'))
    return { kind: 'public' };
  const { name, start, stop, changes } = setting;
  if (every('start')) return { kind: 'parameter', name, value: start };
  if (every('stop')) return { kind: 'parameter', name, value: stop };
  return changes && every('start', 'stop', 'change')
    ? { kind: 'parameter', name, value: null }
    : null;
}

const GIVING: Verb[] = ['change', 'attach'];
const ASSUMING: Verb[] = ['assume', 'use', 'sign-in'];

const EXPOSED = [
  'bucket',
  'object',
  'db-instance',
  'db-cluster',
  'snapshot',
  'db-snapshot',
  'image',
];
/** Things that are made public as a whole; where no kind was said, whatever is called by a name. */
function isExposed(types: Heard['types'], names: Heard['names']): boolean {
  if (types.length > 0) return types.every(({ id }) => EXPOSED.includes(id));
  return names.some(
    ({ role, kind, value }) => role === 'resource' && kind !== 'id' && !isGroup(value),
  );
}

function isGroup(name: string): boolean {
  return /(?:^|[-_])(?:sg|security-?group)(?:[-_]|$)/i.test(name);
}

const SHUTTING: Verb[] = ['close', 'delete', 'detach', 'stop'];
const GROUPS = [
  'security-group',
  'security-group-rule',
  'security-group-ingress-rule',
  'security-group-egress-rule',
];

/** A plan holds one port; of several none is dropped. */
function portsOf(units: Unit[]): number[] {
  const said = units.flatMap((unit) => {
    if (unit.is === 'span' && unit.kind === 'port') return [Number(unit.value)];
    return is(unit, 'port-number') ? [unit.meaning.port] : [];
  });
  return [...new Set(said)];
}
