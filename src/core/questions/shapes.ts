import type { Heard } from './heard.ts';
import { typeOfId, typesMeant } from './kinds.ts';
import { nameOf } from './name-of.ts';
import type { Odd } from './odd.ts';
import type { Plan } from './plan.ts';
import type { Unit } from './sentence.ts';
import { viaOf } from './slots.ts';
import { is } from './unit.ts';
import { serviceIn } from './whole-services.ts';

type Property = NonNullable<Plan['state']>['property'];

/**
 * Questions that are no search for events: what is out of the ordinary, how things are, and which change
 * broke a rule. null: it is a search. `blank` is the plan of the words' times, places and names.
 */
export function shaped(heard: Heard, blank: Plan): { plan: Plan } | Odd | null {
  return unusual(heard, blank) ?? brokeRule(heard, blank) ?? howItIs(heard, blank);
}

/** “anything suspicious?”: the named detectors run; one of them, where the words name it. */
function unusual(heard: Heard, blank: Plan): { plan: Plan } | Odd | null {
  const { units } = heard;
  const heardOf = units.flatMap((unit) => (is(unit, 'anomaly') ? [unit] : []));
  if (heardOf.length === 0) return null;
  const odd = units.find(
    (unit) =>
      narrows(unit) &&
      !(is(unit, 'verb') && (unit.meaning.verbs.includes('use') || APPEARING.test(unit.words))),
  );
  if (odd) return { odd: 'restricts', words: wordsOf(odd) };
  const detector = heardOf.find((unit) => unit.meaning.detector !== null)?.meaning.detector ?? null;
  const services = units.filter((unit) => serviceIn(unit) !== null);
  const [service] = services;
  if (service && detector !== null) return { odd: 'restricts', words: wordsOf(service) };
  const eventSources = [...new Set(services.flatMap((unit) => serviceIn(unit) ?? []))];
  return { plan: { ...blank, shape: 'detect', set: detector, eventSources } };
}

/** “활동 생긴 계정”: what comes to be seen there, and nothing that is created. */
const APPEARING = /^(?:생[긴겼기겨]|appear)/i;

/** “who broke the rule”, “which change made … noncompliant”: the change is looked for. */
function brokeRule(heard: Heard, blank: Plan): { plan: Plan } | Odd | null {
  const { units, asksWho, verbs } = heard;
  const broken = units.some((unit) => is(unit, 'compliance'));
  const unencrypted = units.some(
    (unit) => is(unit, 'property') && unit.meaning.property === 'unencrypted',
  );
  const changed =
    asksWho ||
    units.some((unit) => is(unit, 'cause', 'became', 'why')) ||
    // “which call got the bucket flagged”.
    units.some((unit) => is(unit, 'verb') && /^got$/i.test(unit.words)) ||
    verbs.some((verb) => ['create', 'change', 'open'].includes(verb));
  if (!changed || (!broken && !unencrypted)) return null;
  // “who created unencrypted volumes” asks for volumes that were made so; only Config could tell.
  const made = units.some(
    (unit) => is(unit, 'verb') && /^(?:created?|launched|생성)/i.test(wordsOf(unit)),
  );
  if (unencrypted && made && blank.resources.length === 0)
    return { odd: 'restricts', words: 'unencrypted' };
  const odd = units.find((unit) =>
    is(unit, 'outcome', 'per', 'count', 'rank', 'bytes', 'via', 'external'),
  );
  if (odd) return { odd: 'restricts', words: wordsOf(odd) };
  const rule = ruleNamed(heard.all);
  const property: Property = unencrypted
    ? 'unencrypted'
    : units.some((unit) => is(unit, 'public'))
      ? 'public'
      : 'noncompliant';
  return {
    plan: { ...withoutRule(heard, blank, rule), shape: 'cause', state: { property, rule } },
  };
}

/** “which buckets are public?”: how things are now, as AWS Config says. */
function howItIs(heard: Heard, blank: Plan): { plan: Plan } | Odd | null {
  const { units, asksWho, verbs, types } = heard;
  if (asksWho && !asksForThings(units)) return null;
  const property = propertyOf(heard, blank);
  if (property === null) return null;
  const open = property === 'open-to-world' || property === 'public';
  // “which groups allow …” is how they are; “allowed” was done.
  const allows = units.some(
    (unit) =>
      is(unit, 'verb') && /^(?:allows?|allowing|허용하는|허용된|허용 중)$/i.test(unit.words),
  );
  const acts = verbs.filter(
    (verb) =>
      !(open && verb === 'open') &&
      !(open && allows && verb === 'attach') &&
      verb !== 'start' &&
      !(verb === 'stop' && isOff(heard)),
  );
  if (acts.length > 0 || !isStill(units)) return null;
  if (property === 'encryption') return { odd: 'state' };
  const odd = units.find((unit) => is(unit, 'outcome', 'per', 'rank', 'bytes', 'via', 'external'));
  if (odd) return { odd: 'restricts', words: wordsOf(odd) };
  const port = units.find(
    (unit) => is(unit, 'port-number') || (unit.is === 'span' && unit.kind === 'port'),
  );
  if (port) return { odd: 'restricts', words: port.is === 'span' ? port.value : wordsOf(port) };
  const rule = property === 'noncompliant' ? ruleNamed(heard.all) : null;
  if (types.length + blank.resources.length === 0 && property !== 'noncompliant')
    return property === 'open-to-world' ? { odd: 'state' } : null;
  return {
    plan: { ...withoutRule(heard, blank, rule), shape: 'state', state: { property, rule } },
  };
}

/** “rule restricted-ssh”, “restricted-ssh 룰”: a rule of Config by its name, which stands right beside the word. */
function ruleNamed(all: Unit[]): string | null {
  for (const [at, unit] of all.entries()) {
    const before = ruleName(all[at - 1]);
    if (is(unit, 'rule')) {
      const name = before ?? ruleName(all[at + 1]);
      if (name !== null) return name;
    }
    // “X 룰 위반” is said of things as well: only a name that AWS would give a rule is one.
    if (is(unit, 'compliance') && /^(?:룰|규칙)/.test(unit.words) && MANAGED.test(before ?? ''))
      return before;
  }
  return null;
}

function ruleName(unit: Unit | undefined): string | null {
  const name = unit && nameOf(unit);
  return name?.named && /^[\w.-]+$/.test(name.value) && !typeOfId(name.value) ? name.value : null;
}

/** How AWS calls the rules that it manages: `s3-bucket-versioning-enabled`, `restricted-ssh`. */
const MANAGED =
  /^restricted-|^encrypted-volumes$|-(?:enabled|disabled|prohibited|check|encrypted|required|restricted|attached|configured|exists?|match|only|in-use|read|write|mfa|rotated|kms|cmk)$/;

function withoutRule(heard: Heard, blank: Plan, rule: string | null): Plan {
  const plan = { ...blank, resources: blank.resources.filter((one) => one !== rule) };
  return { ...plan, ...thing(heard, plan) };
}

function propertyOf(heard: Heard, blank: Plan): Property | 'encryption' | null {
  const { units, verbs, types } = heard;
  if (units.some((unit) => is(unit, 'compliance'))) return 'noncompliant';
  const said = units.flatMap((unit) => (is(unit, 'property') ? [unit.meaning.property] : []));
  if (said.includes('unencrypted')) return 'unencrypted';
  if (said.includes('versioning')) return 'versioning';
  // Of one named thing the answer tells whichever it is.
  if (said.includes('encryption')) return blank.resources.length > 0 ? 'unencrypted' : 'encryption';
  const group = types.some(({ id }) => id.startsWith('security-group'));
  const world =
    units.some((unit) => is(unit, 'world')) ||
    units.some(
      (unit) => unit.is === 'span' && unit.kind === 'address' && unit.value.endsWith('/0'),
    );
  if (group && (verbs.includes('open') || world || units.some((unit) => is(unit, 'public'))))
    return 'open-to-world';
  if (units.some((unit) => is(unit, 'public'))) return 'public';
  if (verbs.includes('open') && types.some(({ id }) => id === 'bucket')) return 'public';
  if (said.includes('configuration') && verbs.length === 0 && blank.resources.length > 0)
    return 'configuration';
  return null;
}

/** The words speak of a state: “are open”, “열려 있는”, not “opened”, “열었어”. */
function isStill(units: Unit[]): boolean {
  const opened = units.find((unit) => is(unit, 'verb') && unit.meaning.verbs.includes('open'));
  const acts = units.some((unit) => is(unit, 'aux') && !unit.meaning.passive);
  const words = wordsOf(opened).toLowerCase();
  if (/^(?:opened|opening|exposing|opens|exposes)$/.test(words)) return false;
  // “have open ports”, “does X have versioning”.
  if (/^[가-힣]/.test(words)) return /린|려|된|되|돼|방$|공개$|오픈$|노출$/.test(words);
  return !acts || !/^(?:open)$/.test(words) || has(units);
}

/** “꺼져 있는 버킷”: off, whoever it was; “누가 껐어” and “꺼진 이력” ask for what was done. */
function isOff({ units }: Heard): boolean {
  const off = units.some(
    (unit) =>
      is(unit, 'verb') &&
      /^(?:꺼져|꺼진|비활성화(?:된|돼|되어)|해제(?:된|돼|되어))/.test(unit.words),
  );
  return (
    off && units.some((unit) => is(unit, 'property')) && !units.some((unit) => is(unit, 'history'))
  );
}

function has(units: Unit[]): boolean {
  return units.some((unit) => is(unit, 'aux') && /^(?:has|have)$/i.test(unit.words));
}

/** “which bucket”, where the lexicon hears a person in “which”. */
function asksForThings(units: Unit[]): boolean {
  return units.every((unit) => !is(unit, 'who'));
}

function thing(heard: Heard, blank: Plan): Pick<Plan, 'resourceType'> {
  const types = typesMeant(heard, blank);
  return { resourceType: types[0] ?? null };
}

/** What a detector cannot be narrowed to. */
function narrows(unit: Unit): boolean {
  if (serviceIn(unit) !== null) return false;
  return (
    is(
      unit,
      'verb',
      'type',
      'permission',
      'public',
      'external',
      'port',
      'per',
      'rank',
      'bytes',
      'set',
    ) ||
    is(unit, 'outcome', 'no-mfa', 'via', 'credentials', 'cross-account', 'admin', 'first', 'latest')
  );
}

/** Several places, things or people, each of whose events the answer lists. */
function isSeveral({ accounts, regions, resources, alsoActors }: Plan): boolean {
  return (
    [accounts, regions, resources].some((some) => some !== 'all' && some.length > 1) ||
    alsoActors.length > 0
  );
}

/** A ranking, a way, an outcome: heard, and taken up by the plan or not. */
export function unspent(heard: Heard, plan: Plan): string | null {
  const { units } = heard;
  const spent = (unit: Unit): boolean => {
    if (unit.is !== 'meaning') return true;
    switch (unit.meaning.says) {
      case 'rank':
        return plan.order === 'count';
      case 'first':
        return plan.order === 'oldest';
      // “버킷별 삭제 건수”: what else was deleted is no bucket.
      case 'per':
        return (
          !/bucket|버킷|instance|인스턴스/i.test(unit.words) ||
          plan.eventNames.length + plan.eventSources.length + plan.resources.length > 0 ||
          plan.resourceType !== null ||
          plan.shape !== 'count'
        );
      case 'each':
        return plan.groupBy.length > 0 || (plan.shape === 'search' && isSeveral(plan));
      case 'bytes':
        return plan.measure === 'bytes';
      case 'admin':
        return plan.content?.kind === 'admin-grant' || plan.resources.includes(unit.words);
      case 'cross-account':
        return plan.content?.kind === 'cross-account';
      case 'no-final-snapshot':
        return plan.content?.kind === 'no-final-snapshot';
      case 'tool':
        return (
          plan.actor !== null ||
          viaOf(units).length > 0 ||
          plan.asks === 'how' ||
          plan.resourceType === 'web-identity'
        );
      case 'anomaly':
        return plan.shape === 'detect';
      case 'compliance':
      case 'became':
      case 'rule':
        return plan.state !== null || (unit.meaning.says === 'became' && plan.content !== null);
      case 'property':
        return (
          plan.state !== null ||
          plan.eventNames.some((name) => /Versioning|Encryption/.test(name)) ||
          (unit.meaning.property === 'configuration' &&
            (plan.readOnly === false || plan.verbs.length > 0))
        );
      case 'set':
        return plan.set !== null;
      case 'went':
        return plan.verbs.includes('delete');
      default:
        return true;
    }
  };
  const left = units.find((unit) => !spent(unit));
  return left?.is === 'meaning' ? left.words : null;
}

function wordsOf(unit: Unit | undefined): string {
  return unit?.is === 'meaning' ? unit.words : '';
}
