import type { z } from 'zod';
import type { ApiCall } from '../../../core/fixes/fix.ts';

/** A parameter that must be a text; a plan without it is no plan of ours. */
export function textIn(parameters: ApiCall['parameters'], name: string): string {
  const value = parameters[name];
  if (typeof value !== 'string' || value === '') throw new Error(`a call of a plan has no ${name}`);
  return value;
}

/**
 * The parameters of a call in the type of its command, when they have the shape that we plan: a plan with
 * anything else in a call is no plan of ours, and throws.
 */
export function shaped<Input>(parameters: ApiCall['parameters'], shape: z.ZodType): Input {
  return shape.parse(parameters) as Input;
}
