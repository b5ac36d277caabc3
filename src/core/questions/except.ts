import { exceptionOf } from './exception-of.ts';
import { isPrincipal } from './name-of.ts';
import { nothingExcepted, type Plan, type Vocabulary } from './plan.ts';
import type { Unit } from './sentence.ts';
import { is } from './unit.ts';
import { serviceIn } from './whole-services.ts';

/** What the words leave out, and the sentence without those words. */
export type LeftOut = {
  units: Unit[];
  except: Plan['except'];
  /** “except reads”. */
  readOnly: boolean | null;
};

/**
 * “outside Seoul”, “not by Terraform”, “루트 말고”: what stands beside such a word is left out of the
 * search. Where nothing beside it can be left out, the word stays a negation that is not understood, and
 * the question is asked back: it is never dropped.
 */
export function leftOut(units: Unit[], vocabulary: Vocabulary): LeftOut {
  const except = nothingExcepted();
  const gone = new Set<number>();
  let readOnly: boolean | null = null;
  // “who deleted things other than X”: where no kind of thing is named, X is one of those who act.
  const asksForPeople =
    units.some((unit) => is(unit, 'who')) && !units.some((unit) => is(unit, 'type'));
  const told = units.map((unit, at): Unit => {
    // “by hand or by the pipeline” asks which; neither is left out.
    if (is(unit, 'manual') && (isJoining(units[at + 1]) || isJoining(units[at - 1])))
      return refused(unit, 'comparison');
    if (is(unit, 'manual')) {
      except.via.push('iac', 'service');
      gone.add(at);
      return unit;
    }
    if (is(unit, 'not-root')) {
      except.actors.push({ kind: 'root', value: 'root' });
      gone.add(at);
      const more = isJoining(units[at + 1]) ? after(units, at + 1) : [];
      for (const where of more) {
        const one = exceptionOf(units, where, true, vocabulary);
        if (one === null || one === 'reads') return refused(unit, 'negation');
        for (const [slot, values] of Object.entries(one)) add(except, slot, values);
        for (let part = at; part <= where; part += 1) gone.add(part);
      }
      return unit;
    }
    if (is(unit, 'not-allowed')) {
      const near = units.findIndex((one, where) => Math.abs(where - at) < 8 && isRegionWord(one));
      if (near < 0 || !vocabulary.allowedRegions?.length)
        return refused(unit, near < 0 ? 'negation' : 'regions');
      except.regions.push(...vocabulary.allowedRegions);
      gone.add(at);
      gone.add(near);
      return unit;
    }
    if (!is(unit, 'except')) return unit;
    const operand = unit.meaning.side === 'before' ? after(units, at) : before(units, at);
    const before_ = units.slice(0, at).findLast((one) => !is(one, 'nothing'));
    const left = operand.map((where) =>
      exceptionOf(
        units,
        where,
        is(before_, 'who') ||
          is(units[where - 1], 'by') ||
          (asksForPeople && !PLACING.test(wordsOf(unit))) ||
          /by$/i.test(wordsOf(unit)),
        vocabulary,
      ),
    );
    const means = left.every(
      (one) => one !== 'reads' && (one?.via || one?.actors || one?.eventSources),
    );
    // “without Terraform” is a way; “without tags” is nothing that an event tells.
    const lacks = /^without$/i.test(wordsOf(unit)) && !means;
    if (left.length === 0 || lacks || left.some((one) => one === null))
      return refused(unit, 'negation');
    for (const one of left) {
      if (one === 'reads') readOnly = false;
      else if (one) for (const [slot, values] of Object.entries(one)) add(except, slot, values);
    }
    gone.add(at);
    const [from, to] = [Math.min(at, ...operand), Math.max(at, ...operand)];
    for (let where = from; where <= to; where += 1) gone.add(where);
    for (const where of aroundOf(units, from, to)) gone.add(where);
    return unit;
  });
  return {
    units: told.filter((_, at) => !gone.has(at)),
    except: unique(except),
    readOnly,
  };
}

/** What is left out by these is a place. */
const PLACING = /(?:in|on|from|outside|outside of|밖.*|바깥.*)$/i;

function refused(unit: Unit, why: 'negation' | 'regions' | 'comparison'): Unit {
  if (unit.is !== 'meaning') return unit;
  return { ...unit, meaning: { says: 'refused', why } };
}

/** The places of what follows an English “except”: “the dev account and root”. */
function after(units: Unit[], at: number): number[] {
  const found: number[] = [];
  for (let next = at + 1; next < units.length; next += 1) {
    const unit = units[next];
    // “except the vpn box 198.51.100.14”: the address alone says which.
    if (found.length === 0 && isDescribing(units, next)) continue;
    if (isOperand(units, next)) found.push(next);
    else if (found.length === 0 ? isFiller(unit) || isKind(unit) : isJoining(unit)) continue;
    else if (found.length > 0 && isKind(unit) && isJoining(units[next + 1])) continue;
    else break;
    if (!joins(units, next)) break;
  }
  return found;
}

/** A plain word, up to three of which tell what is called by the address or id behind them. */
function isDescribing(units: Unit[], at: number): boolean {
  const plain = (unit: Unit | undefined) =>
    is(unit, 'type') || (unit?.is === 'word' && !unit.named && unit.particle === '');
  let end = at;
  while (end - at < 3 && plain(units[end])) end += 1;
  const unit = units[end];
  return end > at && unit?.is === 'span' && /^(?:address|id|arn)$/.test(unit.kind);
}

/** Something else is joined behind: “and …”, “, …”, or the word itself ends in 와. */
function joins(units: Unit[], at: number): boolean {
  const next = isKind(units[at + 1]) ? at + 2 : at + 1;
  return isJoining(units[next]) && isOperand(units, next + 1);
}

/** With such a particle a name has its own part in the sentence. */
const PARTED = /^(?:로|으로|에서|에|이|가|은|는|을|를|께서|한테|에게)/;

/** “cdk로 만든 거 말고 손으로 만든 람다”: the same deed stands on either side. */
function isSaidAgain(units: Unit[], at: number, until: number): boolean {
  const unit = units[at];
  return (
    is(unit, 'verb') &&
    is(units[at - 1], 'via', 'tool') &&
    units
      .slice(until)
      .some((one) => is(one, 'verb') && one.meaning.verbs.join() === unit.meaning.verbs.join())
  );
}

/** The places of what comes before a Korean 말고: “서울이랑 도쿄 리전”. */
function before(units: Unit[], at: number): number[] {
  const found: number[] = [];
  for (let next = at - 1; next >= 0; next -= 1) {
    const unit = units[next];
    const last = found.at(-1);
    if (isOperand(units, next)) {
      // “AKIA… 로 S3 말고”: what carries a particle of its own is not what is left out.
      if (last === undefined && next < at - 1 && PARTED.test(particle(unit))) break;
      const touches = last === undefined || /^(?:와|과|랑|이랑|하고|나|이나)$/.test(particle(unit));
      if (!touches && !isJoining(units[next + 1])) break;
      found.push(next);
    } else if (isJoining(unit)) continue;
    else if (last === undefined && (isFiller(unit) || isKind(unit) || isSaidAgain(units, next, at)))
      continue;
    else break;
  }
  return found;
}

function isOperand(units: Unit[], at: number): boolean {
  const unit = units[at];
  if (unit?.is === 'span') return unit.kind !== 'member' && unit.kind !== 'port';
  if (is(unit, 'root', 'via', 'service', 'tool')) return true;
  // “S3 말고”: the service, where no bucket is named beside it.
  if (unit && isService(units, at)) return true;
  if (is(unit, 'verb')) return unit.meaning.verbs.every((verb) => verb === 'read');
  return unit?.is === 'word' && /^[A-Za-z][\w.@+=,-]*$/.test(unit.words);
}

/** “S3 말고”, “other than KMS”: the name of a kind that is also the service's, and no thing is named beside it. */
function isService(units: Unit[], at: number): boolean {
  const unit = units[at];
  if (!is(unit, 'type') || serviceIn(unit) === null) return false;
  return [units[at - 1], units[at + 1]].every(
    (one) => one?.is === 'meaning' || one === undefined || particle(one) !== '',
  );
}

/** “not done *by* Terraform”, “outside *of the*”: words between the negation and what it leaves out. */
function isFiller(unit: Unit | undefined): boolean {
  return (
    is(unit, 'nothing', 'by', 'place', 'towards', 'everywhere') ||
    (is(unit, 'verb') && /^(?:made|using|used|사용)/.test(unit.words)) ||
    (is(unit, 'activity') && /^(?:done|doing)/.test(unit.words))
  );
}

function isKind(unit: Unit | undefined): boolean {
  return is(unit, 'principal', 'ip') || isRegionWord(unit) || is(unit, 'type');
}

function isRegionWord(unit: Unit | undefined): boolean {
  return (
    is(unit, 'asked') &&
    unit.meaning.group === 'region' &&
    !/^(?:which|what|어느|어떤|무슨)/.test(wordsOf(unit))
  );
}

function isJoining(unit: Unit | undefined): boolean {
  return is(unit, 'and') || wordsOf(unit) === ',';
}

/** What is said around the exception and only of it: “the Seoul *region*”, “아닌 *리전에서*”. */
function aroundOf(units: Unit[], from: number, to: number): number[] {
  const around: number[] = [];
  for (const at of [from - 1, to + 1]) {
    const unit = units[at];
    if (isRegionWord(unit)) around.push(at);
    // “weren't the payment-worker role”: what kind of caller it is.
    if (at === to + 1 && units[to]?.is !== 'meaning' && isPrincipal(unit)) around.push(at);
    if (is(unit, 'principal') && unit.meaning.kind === 'account') around.push(at);
    if (is(unit, 'place') && at === from - 1) around.push(at);
  }
  return around;
}

function add(except: Plan['except'], slot: string, values: unknown): void {
  const all = except as Record<string, unknown[]>;
  if (Array.isArray(values)) all[slot]?.push(...values);
}

function unique(except: Plan['except']): Plan['except'] {
  const once = <T>(values: T[]): T[] => [
    ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
  ];
  return {
    actors: once(except.actors),
    accounts: once(except.accounts),
    regions: once(except.regions),
    via: once(except.via),
    eventNames: once(except.eventNames),
    eventSources: once(except.eventSources),
    resources: once(except.resources),
    addresses: once(except.addresses),
  };
}

function particle(unit: Unit | undefined): string {
  return unit === undefined || unit.is === 'meaning' ? '' : unit.particle;
}

function wordsOf(unit: Unit | undefined): string {
  return unit?.is === 'meaning' ? unit.words : '';
}
