import type { z } from 'zod';
import type { ApiCall } from '../../../core/fixes/fix.ts';

/** A parameter that must be a text; a plan without it is no plan of ours. */
export function textIn(parameters: ApiCall['parameters'], name: string): string {
  const value = parameters[name];
  if (typeof value !== 'string' || value === '') throw new Error(`a call of a plan has no ${name}`);
  return value;
}

/**
 * A parameter that becomes a part of a resource in the policy of a session. There `*`, `?` and `${` mean
 * more than one thing; no name of AWS has them, and a plan with such a name is no plan of ours.
 */
export function nameIn(parameters: ApiCall['parameters'], name: string): string {
  return exactName(textIn(parameters, name));
}

/** The same for a name that stands deeper in the parameters. */
export function exactName(name: string): string {
  if (name === '' || /[*?$]/.test(name))
    throw new Error(`a call of a plan names no one thing: ${name}`);
  return name;
}

/**
 * The parameters of a call in the type of its command, when they have the shape that we plan: a plan with
 * anything else in a call is no plan of ours, and throws.
 */
export function shaped<Input>(parameters: ApiCall['parameters'], shape: z.ZodType): Input {
  return shape.parse(parameters) as Input;
}
