/** One thing that the doctor looked at. `remedy` is what a person does next; null when all is well. */
export type Check = {
  name: string;
  status: 'ok' | 'warning' | 'failed' | 'not-checked';
  detail: string;
  remedy: string | null;
};

/** 0: all is well; 1: something is wrong; 3: something could not be looked at. */
export function exitCodeOf(checks: Check[]): 0 | 1 | 3 {
  if (checks.some(({ status }) => status === 'failed')) return 1;
  return checks.some(({ status }) => status === 'not-checked') ? 3 : 0;
}
