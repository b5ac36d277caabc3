import type { Heard } from './heard.ts';
import type { Meaning } from './meaning.ts';
import { placeApart } from './places-apart.ts';
import type { Unit } from './sentence.ts';
import { is } from './unit.ts';

/** Words that may be meant in ways which only the asker can tell, each written out as a sentence. */
export type Choice = {
  odd: 'choose';
  about: 'access' | 'policy';
  words: string;
  sentences: Unit[][];
};

/** “accessed shop-prod”, “the policy of X”: what is offered instead of guessing. */
export function choiceIn(heard: Heard): Choice | null {
  return access(heard) ?? policy(heard);
}

/** Words that mean little alone and much where they stand: “the org-wide trail”, “turned off and on”. */
export function narrowingIn(all: Unit[]): string | null {
  const at = all.findIndex(
    (unit, where) =>
      (is(unit, 'everywhere') && /wide$/.test(wordsOf(unit)) && is(all[where + 1], 'type')) ||
      (is(unit, 'and') &&
        /^(?:on|off)$/.test(wordsOf(all[where + 1])) &&
        (is(all[where - 1], 'verb') || !isThing(all[where + 2]))) ||
      // “the biggest bucket”: no event tells how big a thing is.
      (is(unit, 'rank') &&
        /^(?:biggest|largest|heaviest)$/.test(wordsOf(unit)) &&
        is(all[where + 1], 'type')) ||
      // “the tag Owner”: a key, which no slot holds.
      (is(unit, 'type') && unit.meaning.type === 'tag' && is(all[where + 1], 'whose')) ||
      // “by bob or by the pipeline”: one more who may have done it, and nothing it was done to.
      (is(unit, 'by') && isBarePipeline(all, where)) ||
      // “via BreakGlassAdmin”: how somebody came to act, and nothing that it was done to.
      (is(unit, 'nothing') && wordsOf(unit) === 'via' && all[where + 1]?.is === 'word') ||
      // “123456789012 권한 준”: to whom something was given, and no place.
      (unit.is === 'span' && unit.kind === 'account' && isPermission(all[where + 1])) ||
      // “our interns”, “개발자만”, “humans please”: some of those who may have done it, whom no event tells apart.
      isSomeOfThem(all, unit) ||
      // “누가 삭제할 수 있어?” asks who may, not who did.
      (is(unit, 'verb') &&
        /[할울될킬]$/.test(unit.words) &&
        wordsOf(all[where + 1]) === '수' &&
        !unit.meaning.verbs.includes('read')),
  );
  const [unit, next] = [all[at], all[at + 1]];
  if (unit && is(unit, 'who')) return wordsOf(unit);
  if (unit?.is === 'span') return unit.value;
  if (unit) return [wordsOf(unit), next?.is === 'word' ? next.words : wordsOf(next)].join(' ');
  return placeApart(all);
}

function isPermission(unit: Unit | undefined): boolean {
  return unit !== undefined && is(unit, 'permission');
}

function isSomeOfThem(all: Unit[], unit: Unit): boolean {
  if (!is(unit, 'who')) return false;
  if (/^(?:interns?|contractors?|developers?|인턴|신입|개발자|협력사)/i.test(unit.words))
    return true;
  const people = /^(?:humans|human beings?|사람만)/i.test(unit.words) || madeByPeople(all, unit);
  return people && all.some((one) => one !== unit && is(one, 'who'));
}

/** “사람이 한 것만”. */
function madeByPeople(all: Unit[], unit: Unit): boolean {
  const at = all.indexOf(unit);
  const only = all
    .slice(at + 1, at + 4)
    .some((one) => /^(?:것|거|건|작업|일)만/.test(wordsOf(one)));
  return /^사람이/.test(wordsOf(unit)) && only;
}

function isBarePipeline(all: Unit[], by: number): boolean {
  const at = all.findIndex((one, where) => where > by && !is(one, 'nothing'));
  const unit = all[at];
  const named = all[at + 1] !== undefined && all[at + 1]?.is !== 'meaning';
  return unit !== undefined && is(unit, 'type') && unit.meaning.type === 'pipeline' && !named;
}

function isThing(unit: Unit | undefined): boolean {
  return unit !== undefined && (unit.is !== 'meaning' || is(unit, 'type', 'principal'));
}

/** To access an account may mean to sign in to it, or to read anything in it. */
function access({ all, types, names, verbs }: Heard): Choice | null {
  const at = all.findIndex((unit) => is(unit, 'verb') && /^access|^접근/.test(wordsOf(unit)));
  if (at < 0 || types.length + names.length > 0 || verbs.some((verb) => verb !== 'read'))
    return null;
  const signIn: Meaning = { says: 'verb', verbs: ['sign-in'] };
  return {
    odd: 'choose',
    about: 'access',
    words: wordsOf(all[at]),
    sentences: [replaced(all, at, { is: 'meaning', meaning: signIn, words: 'signed in' })],
  };
}

/**
 * CloudTrail knows who made a thing, and of no owner but that of a key or a session: whoever asks for
 * the owner is told, in the echo, who created it.
 */
export function ownerAsCreator({ all, names, verbs }: Heard): Unit[] | null {
  const at = all.findIndex((unit) => is(unit, 'whose'));
  const things = names.filter(
    ({ kind, value }) => kind !== 'access-key' && !/^arn:[^:]*:(?:sts|iam):/.test(value),
  );
  if (at < 0 || verbs.length > 0 || things.length === 0) return null;
  const credentials = all.some(
    (unit) => is(unit, 'type') && ['access-key', 'session'].includes(unit.meaning.type),
  );
  if (credentials) return null;
  const create: Meaning = { says: 'verb', verbs: ['create'] };
  const who: Unit = { is: 'meaning', meaning: { says: 'who' }, words: 'who' };
  return [who, ...replaced(all, at, { is: 'meaning', meaning: create, words: 'created' })];
}

/** To run instances is to launch them (`RunInstances`); to run a command on one is something else. */
export function runAsLaunch({ all }: Heard): Unit[] | null {
  const at = all.findIndex(
    (unit, where) =>
      is(unit, 'verb') && /^(?:run|runs|ran)$/.test(wordsOf(unit)) && isInstance(all[where + 1]),
  );
  if (at < 0) return null;
  const create: Meaning = { says: 'verb', verbs: ['create'] };
  return replaced(all, at, { is: 'meaning', meaning: create, words: 'launched' });
}

function isInstance(unit: Unit | undefined): boolean {
  return unit !== undefined && is(unit, 'type') && unit.meaning.type === 'instance';
}

/** “the policy of X”: of a bucket, of a role, or one that is called X. */
function policy({ all, types, names, verbs }: Heard): Choice | null {
  const at = all.findIndex((unit) => is(unit, 'type') && unit.meaning.type === 'iam-policy');
  const [name, ...others] = names.filter(({ role }) => role === 'resource');
  if (at < 0 || types.length > 1 || !name || others.length > 0 || /iam/i.test(wordsOf(all[at])))
    return null;
  if (verbs.some((verb) => verb === 'attach' || verb === 'detach')) return null;
  if (name.kind !== 'word' && name.kind !== 'quoted') return null;
  if (all.some((unit) => is(unit, 'principal') && unit.meaning.kind !== 'account')) return null;
  const of = all.slice(at + 1).some((unit) => /^(?:of|on|for|from|to)$/.test(wordsOf(unit)));
  // Policies are mostly called like `AdministratorAccess`, buckets never are.
  if (!of && /[A-Z]/.test(name.value)) return null;
  const kind = (type: string, words: string): Unit => ({
    is: 'meaning',
    meaning: { says: 'type', type },
    words,
  });
  const iam = kind('iam-policy', 'IAM policy');
  const role = [...all.slice(0, at), kind('iam-role', 'role'), iam, ...all.slice(at + 1)];
  return {
    odd: 'choose',
    about: 'policy',
    words: name.value,
    sentences: [
      replaced(all, at, kind('bucket-policy', 'bucket policy')),
      role,
      replaced(all, at, iam),
    ],
  };
}

function replaced(units: Unit[], at: number, by: Unit): Unit[] {
  return units.map((unit, where) => (where === at ? by : unit));
}

function wordsOf(unit: Unit | undefined): string {
  return unit?.is === 'meaning' ? unit.words.toLowerCase() : '';
}
