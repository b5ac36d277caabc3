import { type Fields, fieldsOf, textOf } from './workspace.ts';

/** Where blocks can stand. */
export type Surface = 'message' | 'modal' | 'home';

/** One thing that Slack would not take, and where. */
export type Fault = { pointer: string; problem: string };

export const fault = (pointer: string, problem: string): Fault => ({ pointer, problem });

export type TextRule = { most: number; plain?: boolean; required?: boolean };

/** A text object: plain_text or mrkdwn, neither empty nor too long. */
export function textFaults(value: unknown, at: string, rule: TextRule): Fault[] {
  if (value === undefined || value === null)
    return rule.required ? [fault(at, 'missing required field')] : [];
  const { type, text } = fieldsOf(value);
  if (typeof value !== 'object') return [fault(at, 'must provide an object')];
  const types = rule.plain ? ['plain_text'] : ['plain_text', 'mrkdwn'];
  if (!types.includes(textOf(type))) return [fault(`${at}/type`, `must be ${types.join(' or ')}`)];
  return stringFaults(text, `${at}/text`, { most: rule.most, required: true });
}

/** A bare string. */
export function stringFaults(
  value: unknown,
  at: string,
  { most, required }: { most: number; required?: boolean },
): Fault[] {
  if (value === undefined || value === null)
    return required ? [fault(at, 'missing required field')] : [];
  if (typeof value !== 'string') return [fault(at, 'must be a string')];
  if (!value.length) return [fault(at, 'must be more than 0 characters')];
  return value.length > most ? [fault(at, `must be less than ${most + 1} characters`)] : [];
}

/** block_id, action_id and callback_id hold 255 characters. */
export function idFaults(value: unknown, at: string): Fault[] {
  return stringFaults(value, at, { most: 255 });
}

export function countFaults(
  value: unknown,
  at: string,
  { least = 1, most }: { least?: number; most: number },
): Fault[] {
  if (!Array.isArray(value)) return [fault(at, 'must be an array')];
  if (value.length < least) return [fault(at, `must have at least ${least} items`)];
  return value.length > most ? [fault(at, `no more than ${most} items allowed`)] : [];
}

/** The strings of an object that have a limit, each by its name. */
export function limits(block: Fields, at: string, most: { [name: string]: number }): Fault[] {
  return Object.entries(most).flatMap(([name, limit]) =>
    stringFaults(block[name], `${at}/${name}`, { most: limit }),
  );
}
