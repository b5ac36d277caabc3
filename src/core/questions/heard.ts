import { isRankNumber } from './measures.ts';
import type { Verb } from './plan.ts';
import type { Unit } from './sentence.ts';
import { is, wordsOf } from './unit.ts';

/** A name in the question, and whether it did something or had something done to it. */
export type Name = {
  value: string;
  /** As it was typed. */
  words: string;
  kind: 'word' | 'quoted' | 'id' | 'arn' | 's3' | 'email' | 'person' | 'access-key';
  role: 'actor' | 'resource';
  /** The type that stands beside it: “role deploy-bot”. */
  beside: string | null;
};

/** What was heard, slot by slot, before any of it is put together. */
export type Heard = {
  units: Unit[];
  /** The same with the words that say nothing: what stood directly beside what. */
  all: Unit[];
  asksWho: boolean;
  korean: boolean;
  verbs: Verb[];
  types: { id: string; asked: boolean; words: string }[];
  names: Name[];
  /** Words that nothing explains, and that may restrict the question. */
  unknown: string[];
};

/** Gives every name of the sentence its part in it; what has none is unknown. */
export function hear(said: Unit[], korean: boolean): Heard {
  const all = inPlace(said);
  const units = all.filter((unit) => !is(unit, 'nothing'));
  const asksWho = units.some((unit) => is(unit, 'who') || is(unit, 'whose'));
  const names: Name[] = [];
  const unknown: string[] = [];
  units.forEach((unit, at) => {
    const name = nameOf(unit);
    if (!name || isRankNumber(units, at)) return;
    const actor = isActor(units, at, asksWho);
    const beside = typeBeside(units, at, korean);
    // “in data-platform” is a place, and one that the vocabulary does not know.
    const place = unit.is === 'word' && isPlace(units, at);
    const known =
      (actor && (name.latin || isHonoured(unit)) && !NOBODY.test(name.value)) ||
      (!place &&
        (name.named ||
          placed(units, at, korean, name.latin, parted(all, unit)) ||
          isHonoured(unit)));
    if (known)
      names.push({
        value: name.value,
        words: name.words,
        kind: name.kind,
        role: actor ? 'actor' : 'resource',
        // What stands beside a person is not what the person is: “by alice on kms”.
        beside: actor && beside !== null && !ROLES.includes(beside) ? null : beside,
      });
    else unknown.push(name.value);
  });
  const verbs = new Set(verbsOf(units));
  return { units, all, asksWho, korean, verbs: [...verbs], types: typesOf(units), names, unknown };
}

/** Words that mean something else beside another: “the admin role” is called so. */
function inPlace(units: Unit[]): Unit[] {
  const gives = units.some(
    (unit) =>
      is(unit, 'permission') ||
      (is(unit, 'verb') && unit.meaning.verbs.some((verb) => GIVING.includes(verb))),
  );
  return units.map((unit, at): Unit => {
    // “switched off config”: the recorder; a rule of Config is broken, not switched off.
    if (is(unit, 'rule') && /config|컨피그/i.test(unit.words) && switches(units))
      return { ...unit, meaning: { says: 'type', type: 'config-recorder' } };
    if (is(unit, 'rule') && /^config$|컨피그/i.test(unit.words) && still(units))
      return { ...unit, meaning: { says: 'property', property: 'configuration' } };
    // “key policy”, and keys whose id looks like an event's: those of KMS.
    if (is(unit, 'type') && unit.meaning.type === 'access-key' && isKmsKey(units, at))
      return { ...unit, meaning: { says: 'type', type: 'key' } };
    // “수상한 호출 없었나요?” asks whether there were any.
    if (is(unit, 'refused') && POLITELY.test(unit.words) && at === units.length - 1)
      return { ...unit, meaning: { says: 'nothing' } };
    // “allowed 3306 from anywhere”.
    if (unit.is === 'word' && /^\d{2,5}$/.test(unit.words) && letsIn(units[at - 1]))
      return {
        is: 'span',
        kind: 'port',
        value: unit.words,
        words: unit.words,
        particle: unit.particle,
      };
    // `AdministratorAccess` is what the policy is called.
    if (is(unit, 'admin') && /^(?:[A-Z][a-z]+){2}$/.test(unit.words))
      return { is: 'word', words: unit.words, named: true, particle: '' };
    const group = [units[at - 1], units[at + 1]].some(
      (one) => is(one, 'type') && /group$/.test(one.meaning.type),
    );
    if (is(unit, 'admin') && group && /^[a-z]+$/i.test(unit.words))
      return { is: 'word', words: unit.words, named: true, particle: '' };
    if (gives) return unit;
    const around = [units[at - 1], units[at + 1]];
    const beside = around.some((one) => isPrincipal(one));
    return is(unit, 'admin') && beside && /^[a-z]+$/i.test(unit.words)
      ? { is: 'word', words: unit.words, named: true, particle: '' }
      : unit;
  });
}

function switches(units: Unit[]): boolean {
  const broken = units.some((unit) => is(unit, 'compliance', 'property'));
  return (
    !broken &&
    units.some(
      (unit) =>
        is(unit, 'verb') &&
        unit.meaning.verbs.some((verb) => ['stop', 'start', 'delete'].includes(verb)),
    )
  );
}

function still(units: Unit[]): boolean {
  return units.every((unit) => !is(unit, 'compliance', 'verb', 'became', 'cause'));
}

function isKmsKey(units: Unit[], at: number): boolean {
  const unit = units[at];
  if (unit?.is !== 'meaning' || !/^(?:keys?|키)/i.test(unit.words)) return false;
  const next = units[at + 1];
  return (
    (is(next, 'type') && next.meaning.type === 'iam-policy') ||
    units.some((one) => one.is === 'span' && one.kind === 'event-id')
  );
}

/** Only as the last word: “MFA 없는 로그인” says that something was not there. */
const POLITELY = /^없(?:었)?(?:나|나요|니|냐|지|죠|습니까|을까|을까요|는지|는지요|어요)$/;

function letsIn(unit: Unit | undefined): boolean {
  return (
    is(unit, 'verb') && unit.meaning.verbs.some((verb) => verb === 'open' || verb === 'attach')
  );
}

const GIVING: Verb[] = ['attach', 'create', 'change', 'detach', 'open', 'share'];

function nameOf(
  unit: Unit,
): (Pick<Name, 'value' | 'words' | 'kind'> & { named: boolean; latin: boolean }) | null {
  if (unit.is === 'word')
    return {
      value: unit.words,
      words: unit.words,
      kind: 'word',
      named: unit.named && !COMPOUND.test(unit.words),
      latin: /^[/A-Za-z]/.test(unit.words),
    };
  if (unit.is !== 'span') return null;
  const { kind, value } = unit;
  switch (kind) {
    case 'quoted':
    case 'id':
    case 'arn':
    case 's3':
    case 'email':
    case 'person':
    case 'access-key':
      return { value, words: unit.words ?? value, kind, named: true, latin: true };
    default:
      return null;
  }
}

/** “by mistake”, “by hand”: how it was done, not who did it. */
const NOBODY =
  /^(?:mistake|accident|hand|chance|error|default|design|force|script|now|then|itself|himself|herself|themselves|whoever|whom)$/i;

/** Compounds of plain English: they describe a thing, they do not name it. */
const COMPOUND =
  /^(?:multi|single|cross|read|write|long|short|non|third|self|high|low|old|full|all|two|one|anti|internet|customer|well|so|newly|recently|publicly)-[a-z]+$|^[a-z]+-(?:wide|level|based|owned|managed|related|specific)$/i;

const ROLES = ['iam-role', 'iam-user', 'identity-center-user'];

function isPrincipal(unit: Unit | undefined): boolean {
  if (is(unit, 'principal')) return true;
  return is(unit, 'type') && ROLES.includes(unit.meaning.type);
}

function isActor(units: Unit[], at: number, asksWho: boolean): boolean {
  const unit = units[at];
  const before = units[at - 1];
  if (is(before, 'by') || (isPrincipal(before) && is(units[at - 2], 'by'))) return true;
  if (asksWho) return false;
  if (unit?.is === 'span' && (unit.kind === 'email' || unit.kind === 'person')) return true;
  if (unit?.is === 'span' && unit.kind === 'arn' && PRINCIPAL_ARN.test(unit.value)) {
    return !units.some((one) => is(one, 'history'));
  }
  if (unit?.is === 'span' && (unit.kind === 'id' || unit.kind === 's3' || unit.kind === 'arn'))
    return false;
  const next = units[at + 1];
  const auxiliary = isPrincipal(before) ? units[at - 2] : before;
  const acts =
    is(next, 'verb', 'activity', 'outcome') ||
    (isPrincipal(next) && is(units[at + 2], 'verb', 'activity'));
  if (is(auxiliary, 'aux') && acts)
    return (
      !auxiliary.meaning.passive ||
      is(next, 'activity') ||
      /ing$/.test(next?.is === 'meaning' ? next.words : '')
    );
  const passive = units.some(
    (one) =>
      (is(one, 'aux') && one.meaning.passive) || (is(one, 'verb') && PASSIVE.test(one.words)),
  );
  if (passive) return false;
  // Korean: the subject's particle, on the name or on the kind of principal behind it.
  if (
    unit &&
    unit.is !== 'meaning' &&
    /^(?:이|가|께서|은|는)$|^(?:님|씨)(?:이|가|은|는|께서|께선)?$/.test(unit.particle)
  )
    return !is(next, 'type');
  if (isPrincipal(next) && next?.is === 'meaning' && /(?:이|가|은|는)$/.test(next.words))
    return true;
  if (
    at === 0 &&
    unit?.is === 'word' &&
    /[가-힣]/.test(next?.is === 'meaning' ? next.words : '') &&
    asksOfPerson(units)
  )
    return true;
  const does = units.some((one) => is(one, 'activity', 'outcome'));
  if (does && (isPrincipal(before) || isPrincipal(next))) return true;
  // English: “everything bob changed”.
  return (
    unit?.is !== 'meaning' && is(next, 'verb') && /^[a-z]/i.test(next.words) && before !== undefined
  );
}

const PRINCIPAL_ARN = /^arn:aws[\w-]*:(?:iam::\d+:(?:user|role)\/|sts::|iam::\d+:root)/;
const PASSIVE = /[됐된되돼졌진]|뀌|뀐|열린|열렸|지워지/;

function typeBeside(units: Unit[], at: number, korean: boolean): string | null {
  const [before, next] = [units[at - 1], units[at + 1]];
  const order = korean ? [next, before] : [before, next];
  for (const unit of order) {
    if (is(unit, 'type')) return unit.meaning.type;
    if (is(unit, 'principal') && unit.meaning.kind === 'user') return 'iam-user';
  }
  return null;
}

/** A plain word is a name only where the grammar of a name leaves no doubt. */
function placed(
  units: Unit[],
  at: number,
  korean: boolean,
  latin: boolean,
  { from, apart }: { from: boolean; apart: boolean },
): boolean {
  if (!latin) return false;
  if (korean && at === 0 && asksOfPerson(units)) return true;
  const [before, unit, next] = [units[at - 1], units[at], units[at + 1]];
  if (unit?.is === 'word' && NEVER_NAMES.test(unit.words)) return false;
  const kind = (one: Unit | undefined) =>
    is(one, 'type') || (is(one, 'principal') && one.meaning.kind === 'user');
  // “lambda code”, “trail logs”: after most kinds a plain word is one of its parts.
  if (isGiven(units, at)) return true;
  // “removed X from dana”.
  const takes = units.some(
    (one) =>
      is(one, 'verb') && one.meaning.verbs.some((verb) => verb === 'detach' || verb === 'delete'),
  );
  const several = units.some((one, where) => where !== at && nameOf(one)?.named === true);
  if (from && takes && several) return true;
  if (!korean)
    return (
      plainlyNamed(before) && (apart || (!is(next, 'type', 'principal') && next?.is !== 'word'))
    );
  if (units[at - 1]?.is === 'word') return false;
  if (plainlyNamed(before) && is(next, 'who', 'verb', 'asked')) return true;
  return (
    kind(next) ||
    (unit?.is === 'word' && /^(?:을|를)$/.test(unit.particle) && is(next, 'verb', 'who'))
  );
}

/** “홍길동님”: nobody says so of a thing. */
function isHonoured(unit: Unit): boolean {
  return (
    unit.is === 'word' &&
    /^(?:[가-힣]{2,4}|[A-Za-z][a-z]{1,20})$/.test(unit.words) &&
    /^(?:님|씨)/.test(unit.particle)
  );
}

/** “gave alice admin”, “attached X to alice”, “alice한테 … 준”: whom something was given. */
function isGiven(units: Unit[], at: number): boolean {
  const unit = units[at];
  if (unit?.is !== 'word') return false;
  const gives = units.some(
    (one) =>
      is(one, 'verb') && one.meaning.verbs.some((verb) => verb === 'attach' || verb === 'detach'),
  );
  const admin = units.some((one) => is(one, 'admin'));
  if (/^(?:한테|에게|께|한테서|에게서)$/.test(unit.particle)) return gives || admin;
  const [before, next] = [units[at - 1], units[at + 1]];
  if (is(next, 'type', 'principal') || next?.is === 'word') return false;
  // “added bob to the admins group”.
  const adds = is(before, 'verb') && /^(?:add|put|remov)/i.test(before.words);
  if (adds && units.slice(at).some((one) => is(one, 'type') && /group$/.test(one.meaning.type)))
    return true;
  return (admin && is(before, 'verb', 'towards')) || (gives && is(before, 'towards'));
}

/** What stands between a word and its neighbours: “*from* dana”, “dana *from* group …”. */
function parted(all: Unit[], unit: Unit): { from: boolean; apart: boolean } {
  const at = all.indexOf(unit);
  const apart = PREPOSITION.test(wordsOf(all[at + 1]));
  return { from: /^from$/i.test(wordsOf(all[at - 1])), apart };
}

const PREPOSITION = /^(?:from|to|on|in|at|for|of)$/i;

/** Properties, places, manners and sizes: said of a thing, they are not what it is called. */
const NEVER_NAMES =
  /^(?:types?|size|data|settings?|config(?:uration)?s?|tags?|state|status|description|attributes?|versions?|class|family|dns|endpoints?|passwords?|limits?|quotas?|rules?|records?|keys?|names?|metadata|profiles?|groups?|owners?|prod|production|staging|stage|stg|dev|development|test|testing|qa|sandbox|private|big|large|small|huge|tiny|idle|unused|broken|critical|important|sensitive|legacy|old|new|while|when|because|if|though|back|out|off|down|up|away|ago|per|next|lot|few|many|several|other|others|same|such|both|else|that|which|x|manually|\w+ed|\w+ly|\w+ing|\w+tion)$/i;

/** “alice 어제 로그인했어?”: a sentence that begins with a name asks what that person did. */
function asksOfPerson(units: Unit[]): boolean {
  const signsIn = units.some(
    (unit) =>
      is(unit, 'verb') &&
      unit.meaning.verbs.some((verb) => verb === 'sign-in' || verb === 'assume'),
  );
  return signsIn && !units.some((unit) => is(unit, 'who', 'whose', 'type'));
}

/** The kinds that are often called by one plain word: “user bob”, “table orders”. */
function plainlyNamed(unit: Unit | undefined): boolean {
  if (is(unit, 'principal')) return unit.meaning.kind === 'user';
  return (
    is(unit, 'type') &&
    [
      'iam-user',
      'iam-role',
      'iam-group',
      'group',
      'table',
      'access-key',
      'login-profile',
      'mfa-device',
      'eks-cluster',
      'ecs-cluster',
      'stack',
      'queue',
      'topic',
      'repository',
      'auto-scaling-group',
      'load-balancer',
      'key-pair',
      'permission-set',
      'alarm',
    ].includes(unit.meaning.type)
  );
}

function isPlace(units: Unit[], at: number): boolean {
  const unit = units[at];
  if (is(units[at - 1], 'place'))
    return !units.some((one) => is(one, 'type') && one.meaning.type === 'object');
  return unit?.is === 'word' && /^에서(?:의|는|도)?$/.test(unit.particle);
}

/** “add X to Y” gives Y something, “remove X from Y” takes it away; alone they create and delete. */
function verbsOf(units: Unit[]): Verb[] {
  const towards = units.some(
    (unit) =>
      is(unit, 'towards') ||
      (unit.is !== 'meaning' && /^에$/.test(unit.particle)) ||
      (unit.is === 'meaning' && /(?:에|그룹에|역할에|롤에)$/.test(unit.words)),
  );
  const permission = units.some((unit) => is(unit, 'permission'));
  const calls = units.some((unit) => is(unit, 'activity', 'history'));
  const membership = units.some(
    (unit) => is(unit, 'type') && MEMBERSHIP.includes(unit.meaning.type),
  );
  // “make the most changes”: the noun tells what was done.
  const told = units.some(
    (unit) =>
      is(unit, 'verb') && /^(?:changes|modifications|edits|updates|deletions)$/i.test(unit.words),
  );
  const says = (words: RegExp) => units.some((unit) => is(unit, 'verb') && words.test(unit.words));
  const vanished = says(/^(?:disappear|vanish|go away|go missing)/i);
  const external = units.some((unit) => is(unit, 'external'));
  const gave = says(/^(?:g[ia]ve|given|grant)/i);
  const whereTo = units.some((unit) => is(unit, 'asked') && /^(?:where|어디)/i.test(unit.words));
  const address = units.some(
    (unit) =>
      (unit.is === 'span' && unit.kind === 'address') ||
      is(unit, 'ip') ||
      (is(unit, 'asked') && unit.meaning.group === 'address'),
  );
  return units.flatMap((unit, at): Verb[] => {
    if (is(unit, 'went')) return whereTo ? ['delete'] : [];
    if (!is(unit, 'verb')) return [];
    // “get launched”, “getting access denied”: the other word tells what.
    if (
      /^(?:get|gets|getting|got)$/i.test(unit.words) &&
      is(units[at + 1], 'verb', 'outcome', 'anomaly')
    )
      return [];
    // Whoever comes from an address need not have signed in.
    if ((address || whereTo) && /^접속|^들어/.test(unit.words)) return [];
    // “how many calls did bob make”.
    if (vanished && /^ma(?:k(?:e|es|ing)|de)$/i.test(unit.words)) return [];
    if (external && gave && /^access/i.test(unit.words)) return [];
    if ((calls || told) && /^mak(?:e|es|ing)$|^made$/i.test(unit.words)) return [];
    if ((permission || (membership && towards)) && /^(?:add|추가|넣|집어넣)/i.test(unit.words))
      return ['attach'];
    if (
      membership &&
      /^(?:remove|removing|제거|뺐|빼)/i.test(unit.words) &&
      units.filter((one) => nameOf(one)).length > 1
    )
      return ['detach'];
    return unit.meaning.verbs;
  });
}

const MEMBERSHIP = [
  'group',
  'iam-group',
  'identity-center-group',
  'iam-policy',
  'iam-role',
  'iam-user',
];

function typesOf(units: Unit[]): Heard['types'] {
  return units.flatMap((unit, at) => {
    if (!is(unit, 'type')) return [];
    const asked = is(units[at - 1], 'asked', 'count', 'rank') || isRankNumber(units, at - 1);
    return [{ id: unit.meaning.type, asked, words: unit.words }];
  });
}
