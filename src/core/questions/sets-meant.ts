import { eventSet } from './catalogue/event-sets.ts';
import type { Heard } from './heard.ts';
import type { Meant } from './odd.ts';
import type { Plan } from './plan.ts';
import { is } from './unit.ts';

/** “privilege escalation”, “tampered with logging”, “permission changes”: a set of events with a name. */
export function setMeant({ units, verbs, types }: Heard, plan: Plan, said: string[]): Meant | null {
  const named = units.find((unit) => is(unit, 'set'));
  const tampers = units.some((unit) => is(unit, 'verb') && TAMPERING.test(unit.words));
  const permission = units.some((unit) => is(unit, 'permission'));
  const logging = tampers && types.some(({ id }) => LOGGING.includes(id));
  const changed = verbs.length > 0 && verbs.every((verb) => verb === 'change');
  const permissions =
    permission &&
    changed &&
    said.length === 0 &&
    plan.resources.length === 0 &&
    plan.actor === null;
  const id = is(named, 'set')
    ? named.meaning.set
    : logging
      ? 'logging'
      : permissions
        ? 'permission'
        : undefined;
  const set = id === undefined ? undefined : eventSet(id);
  if (!set || (is(named, 'set') && said.some((type) => !LOGGING.includes(type)))) return null;
  const off =
    verbs.length > 0 && verbs.every((verb) => ['stop', 'delete', 'detach'].includes(verb));
  const on = verbs.length > 0 && verbs.every((verb) => ['start', 'create'].includes(verb));
  // What a change does, on or off, its content tells: it counts as either.
  const names = set.names.filter(
    (name) =>
      set.id !== 'logging' ||
      !(
        (off && /^(?:Start|Create|Enable)/.test(name)) ||
        (on && /^(?:Stop|Delete|Disable)/.test(name))
      ),
  );
  return {
    verbs: off || on || changed ? verbs : [],
    set: set.id,
    eventNames: names,
    eventSources: set.sources,
    resourceType: null,
    content: null,
    readOnly: null,
  };
}

const TAMPERING = /^(?:tamper|mess|fiddle|play|건드|건든|조작|변조|손)/i;
const LOGGING = ['trail-logging', 'log-group', 'log-stream'];
