import type { Unit } from './sentence.ts';
import { is } from './unit.ts';

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

/** What a part of the sentence names, if it names anything. */
export function nameOf(
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

/** Compounds of plain English: they describe a thing, they do not name it. */
const COMPOUND =
  /^(?:multi|single|cross|read|write|long|short|non|third|self|high|low|old|full|all|two|one|anti|internet|customer|well|so|newly|recently|publicly)-[a-z]+$|^[a-z]+-(?:wide|level|based|owned|managed|related|specific)$/i;

/** Kinds of those who act. */
export const ROLES = ['iam-role', 'iam-user', 'identity-center-user'];

/** “user”, “role …”: what stands before or behind the name of somebody who acts. */
export function isPrincipal(unit: Unit | undefined): boolean {
  if (is(unit, 'principal')) return true;
  return is(unit, 'type') && ROLES.includes(unit.meaning.type);
}
