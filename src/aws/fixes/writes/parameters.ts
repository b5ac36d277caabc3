import type { ApiCall } from '../../../core/fixes/fix.ts';

/** A parameter that must be a text; a plan without it is no plan of ours. */
export function textIn(parameters: ApiCall['parameters'], name: string): string {
  const value = parameters[name];
  if (typeof value !== 'string' || value === '') throw new Error(`a call of a plan has no ${name}`);
  return value;
}
