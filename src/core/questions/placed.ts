import { nameOf } from './name-of.ts';
import type { Unit } from './sentence.ts';
import { is, wordsOf } from './unit.ts';

/** A plain word is a name only where the grammar of a name leaves no doubt. */
export function placed(
  units: Unit[],
  at: number,
  korean: boolean,
  latin: boolean,
  { from, apart }: { from: boolean; apart: boolean },
): boolean {
  if (!latin) return false;
  // “alice 어제 뭐 했어?”; “checkout is down …” tells of checkout, and asks nothing of it.
  if (korean && at === 0 && asksOfPerson(units) && !is(units[at + 1], 'aux')) return true;
  const [before, unit, next] = [units[at - 1], units[at], units[at + 1]];
  // “rds snapshot exfiltration was shared”: between its kind and what was done stands the name.
  const between = plainlyNamed(before) && is(next, 'aux') && next.meaning.passive;
  if (unit?.is === 'word' && NEVER_NAMES.test(unit.words) && !between) return false;
  const kind = (one: Unit | undefined) =>
    is(one, 'type') || (is(one, 'principal') && one.meaning.kind === 'user');
  // “the Deployer role”: a capital within a sentence makes a name.
  if (
    !korean &&
    at > 0 &&
    unit?.is === 'word' &&
    /^[A-Z][a-z]{2,30}$/.test(unit.words) &&
    isIdentity(next)
  )
    return true;
  // “lambda code”, “trail logs”: after most kinds a plain word is one of its parts.
  if (isGiven(units, at)) return true;
  if (unit?.is === 'word' && unit.particle === "'s" && is(next, 'type')) return true;
  if (from && isTaken(units, at)) return true;
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

/** Roles, users and groups are what people give names of one word. */
function isIdentity(unit: Unit | undefined): boolean {
  return (
    is(unit, 'type') &&
    ['iam-role', 'iam-user', 'iam-group', 'permission-set'].includes(unit.meaning.type)
  );
}

/** “removed X from dana”. */
function isTaken(units: Unit[], at: number): boolean {
  const takes = units.some(
    (one) =>
      is(one, 'verb') && one.meaning.verbs.some((verb) => verb === 'detach' || verb === 'delete'),
  );
  return takes && units.some((one, where) => where !== at && nameOf(one)?.named === true);
}

/** “홍길동님”: nobody says so of a thing. */
export function isHonoured(unit: Unit): boolean {
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
  const dative = /^(?:한테|에게|께|한테서|에게서)$/.test(unit.particle);
  if (!dative && !is(units[at - 1], 'verb', 'towards')) return false;
  const gives = units.some(
    (one) =>
      is(one, 'verb') && one.meaning.verbs.some((verb) => verb === 'attach' || verb === 'detach'),
  );
  const admin = units.some((one) => is(one, 'admin'));
  if (dative) return gives || admin;
  const [before, next] = [units[at - 1], units[at + 1]];
  // “gave bob PowerUserAccess”.
  if (
    is(before, 'verb') &&
    /^(?:g[ia]v|grant|hand|assign)/i.test(before.words) &&
    next?.is === 'word' &&
    next.named
  )
    return true;
  // “added bob to the admins group”.
  const adds = is(before, 'verb') && /^(?:add|put|remov)/i.test(before.words);
  if (adds && units.slice(at).some((one) => is(one, 'type') && /group$/.test(one.meaning.type)))
    return true;
  // “granted X to the contractors group”.
  if (
    gives &&
    is(before, 'towards') &&
    is(next, 'type') &&
    /^(?:iam-)?group$/.test(next.meaning.type)
  )
    return !NEVER_NAMES.test(unit.words);
  if (is(next, 'type', 'principal') || next?.is === 'word') return false;
  return (admin && is(before, 'verb', 'towards')) || (gives && is(before, 'towards'));
}

/** What stands between a word and its neighbours: “*from* dana”, “dana *from* group …”. */
export function parted(all: Unit[], unit: Unit): { from: boolean; apart: boolean } {
  const at = all.indexOf(unit);
  const apart = PREPOSITION.test(wordsOf(all[at + 1]));
  return { from: /^from$/i.test(wordsOf(all[at - 1])), apart };
}

const PREPOSITION = /^(?:from|to|on|in|at|for|of)$/i;

/** Properties, places, manners and sizes: said of a thing, they are not what it is called. */
export const NEVER_NAMES =
  /^(?:types?|size|data|settings?|config(?:uration)?s?|tags?|state|status|description|attributes?|versions?|class|family|dns|endpoints?|passwords?|limits?|quotas?|rules?|records?|keys?|names?|metadata|profiles?|groups?|owners?|prod|production|staging|stage|stg|dev|development|test|testing|qa|sandbox|private|big|large|small|huge|tiny|idle|unused|broken|critical|important|sensitive|legacy|old|new|while|when|because|if|though|back|out|off|down|up|away|ago|per|next|lot|few|many|several|other|others|same|such|both|else|that|which|x|manually|\w+ed|\w+ly|\w+ing|\w+tion)$/i;

/** “alice 어제 로그인했어?”: a sentence that begins with a name asks what that person did. */
export function asksOfPerson(units: Unit[]): boolean {
  const signsIn = units.some(
    (unit) =>
      is(unit, 'verb') &&
      unit.meaning.verbs.some((verb) => verb === 'sign-in' || verb === 'assume'),
  );
  const does = units.some((unit) => is(unit, 'activity') && DID_WHAT.test(unit.words));
  return (signsIn || does) && !units.some((unit) => is(unit, 'who', 'whose', 'type'));
}

const DID_WHAT = /^(?:뭐|뭘|무엇을?) ?(?:했|한)/;

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
      'db-snapshot',
    ].includes(unit.meaning.type)
  );
}

/** “in X”, “X에서”: a place, and one that nobody knows. */
export function isPlace(units: Unit[], at: number): boolean {
  const unit = units[at];
  if (is(units[at - 1], 'place'))
    return !units.some((one) => is(one, 'type') && one.meaning.type === 'object');
  return unit?.is === 'word' && /^에서(?:의|는|도)?$/.test(unit.particle);
}
