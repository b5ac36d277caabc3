import { isPrincipal } from './name-of.ts';
import { asksOfPerson } from './placed.ts';
import type { Unit } from './sentence.ts';
import { is, wordsOf } from './unit.ts';

/** Did the one who is named here do something, or was something done to it? */
export function isActor(units: Unit[], at: number, asksWho: boolean): boolean {
  const unit = units[at];
  const before = units[at - 1];
  if (is(before, 'by') || (isPrincipal(before) && is(units[at - 2], 'by'))) return true;
  if (asksWho) return actsOnSomebody(units, at);
  if (unit?.is === 'word' && unit.particle === "'s" && is(units[at + 1], 'activity', 'history'))
    return true;
  if (unit?.is === 'span' && (unit.kind === 'email' || unit.kind === 'person')) return true;
  if (unit?.is === 'span' && unit.kind === 'arn' && PRINCIPAL_ARN.test(unit.value)) {
    return !units.some((one) => is(one, 'history'));
  }
  if (isInstanceCalling(units, at)) return true;
  if (unit?.is === 'span' && (unit.kind === 'id' || unit.kind === 's3' || unit.kind === 'arn'))
    return false;
  const next = units[at + 1];
  const auxiliary = isPrincipal(before) ? units[at - 2] : before;
  const acts =
    is(next, 'verb', 'activity', 'outcome') ||
    // “did bob run commands”.
    (is(next, 'type') && /^run /i.test(next.words)) ||
    (isPrincipal(next) && is(units[at + 2], 'verb', 'activity'));
  // “was bob denied”, “bob was denied”: whoever is denied tried.
  const deniedNext = (one: Unit | undefined) => is(one, 'outcome') && DENIED.test(one.words);
  if (is(auxiliary, 'aux') && auxiliary.meaning.passive && deniedNext(next))
    return isSomebody(unit);
  if (is(next, 'aux') && next.meaning.passive && deniedNext(units[at + 2])) return isSomebody(unit);
  // “why did our bastion disappear”: to whom that happens has done nothing.
  if (is(next, 'verb') && /^(?:disappear|vanish|die|go away|go missing|go down)/i.test(next.words))
    return false;
  if (is(auxiliary, 'aux') && acts)
    return (
      !auxiliary.meaning.passive ||
      is(next, 'activity') ||
      /ing$/.test(next?.is === 'meaning' ? next.words : '')
    );
  // “someRole 로 호출된 API”: called as that role.
  if (unit?.is === 'word' && ROLE_NAME.test(unit.words) && /^(?:으로|로)$/.test(unit.particle))
    return is(next, 'verb') && next.meaning.verbs.includes('use');
  // “the volume bob tried to create”: things try nothing.
  const tries = is(next, 'outcome') && /^(?:tr(?:y|ies|ied)|attempt(?:s|ed)?)$/i.test(next.words);
  if (tries && is(units[at + 2], 'towards', 'verb')) return true;
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
    // “orders는 테이블 …” tells what orders is; “bob이 버킷 지웠어?” tells who did it.
    return !is(next, 'type') || /^(?:이|가|께서)$|^(?:님|씨)/.test(unit.particle);
  if (isPrincipal(next) && next?.is === 'meaning' && /(?:이|가|은|는)$/.test(next.words))
    return true;
  if (
    at === 0 &&
    unit?.is === 'word' &&
    /[가-힣]/.test(next?.is === 'meaning' ? next.words : '') &&
    asksOfPerson(units)
  )
    return true;
  // “test-role activity”: a name that says it is a role's.
  if (is(next, 'activity') && unit?.is === 'word' && ROLE_NAME.test(unit.words)) return true;
  // “the volume bob tried to create”.
  if (unit?.is === 'word' && is(next, 'outcome') && /^(?:tr|attempt)/i.test(next.words))
    return true;
  // “jenkins-agent role 호출한 API”: what it called, and not who took it on.
  const called = units.some((one) => is(one, 'verb') && /^(?:호출한|콜한|부른)/.test(one.words));
  if (called && (isPrincipal(before) || isPrincipal(next))) return true;
  const does = units.some((one) => is(one, 'activity', 'outcome'));
  // “attempts to assume OrgAdmin from account 123456789012”: the account is a place of its own.
  const place =
    is(next, 'principal') && next.meaning.kind === 'account' && isAccount(units[at + 2]);
  if (does && (isPrincipal(before) || (isPrincipal(next) && !place))) return true;
  // English: “everything bob changed”.
  return (
    unit?.is !== 'meaning' && is(next, 'verb') && /^[a-z]/i.test(next.words) && before !== undefined
  );
}

/** “what did i-0abc do”, “i-0abc가 호출한 API”: things call nothing, but for instances with their roles. */
function isInstanceCalling(units: Unit[], at: number): boolean {
  const [before, unit, next] = [units[at - 1], units[at], units[at + 1]];
  if (unit?.is !== 'span' || unit.kind !== 'id' || !unit.value.startsWith('i-')) return false;
  const calls = (one: Unit | undefined) =>
    is(one, 'activity') || (is(one, 'verb') && one.meaning.verbs.includes('use'));
  const english = is(before, 'aux') && !before.meaning.passive && calls(next);
  const korean = /^(?:이|가)$/.test(unit.particle) && calls(next) && !PASSIVE.test(wordsOf(next));
  return english || korean;
}

/** “did alice add anyone to the group”: whoever is asked for is whom it was done to. */
function actsOnSomebody(units: Unit[], at: number): boolean {
  const [before, unit, next] = [units[at - 1], units[at], units[at + 1]];
  const person = unit?.is === 'span' ? /^(?:email|person)$/.test(unit.kind) : unit?.is === 'word';
  const does = is(before, 'aux') && !before.meaning.passive && is(next, 'verb');
  return person && does && !units.slice(0, at).some((one) => is(one, 'who'));
}

function isAccount(unit: Unit | undefined): boolean {
  return unit?.is === 'span' && (unit.kind === 'account' || unit.kind === 'ou');
}

const PRINCIPAL_ARN = /^arn:aws[\w-]*:(?:iam::\d+:(?:user|role)\/|sts::|iam::\d+:root)/;
/** Roles are often called so. */
const ROLE_NAME = /(?:[-_]role|[a-z]Role)$/;

const DENIED = /^(?:denied|refused|rejected|blocked|throttled|unauthori[sz]ed)/i;

/** A plain name: what is denied to buckets and other things is told otherwise. */
function isSomebody(unit: Unit | undefined): boolean {
  return unit?.is === 'word' || (unit?.is === 'span' && unit.kind === 'quoted');
}

const PASSIVE = /[됐된되돼졌진]|뀌|뀐|열린|열렸|지워지/;

/** The kind that stands beside a name: before it in English, behind it in Korean. */
export function typeBeside(units: Unit[], at: number, korean: boolean): string | null {
  const [before, next] = [units[at - 1], units[at + 1]];
  const order = korean ? [next, before] : [before, next];
  for (const unit of order) {
    if (is(unit, 'type')) return unit.meaning.type;
    if (is(unit, 'principal') && unit.meaning.kind === 'user') return 'iam-user';
  }
  return null;
}

/** “by mistake”, “by hand”: how it was done, not who did it. */
export const NOBODY =
  /^(?:mistake|accident|hand|chance|error|default|design|force|script|now|then|itself|himself|herself|themselves|whoever|whom|still|also|even|never|ever|already|probably|maybe|perhaps|really|always|often|usually|somehow|once|twice)$/i;
