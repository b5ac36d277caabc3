/** One thing that the doctor looked at. `remedy` is what a person does next; null when there is nothing to do. */
export type Check = {
  name: string;
  status: 'ok' | 'warning' | 'failed' | 'not-checked';
  detail: string;
  remedy: string | null;
};

export const ok = (name: string, detail: string): Check => check(name, 'ok', detail, null);
export const warning = (name: string, detail: string, remedy: string): Check =>
  check(name, 'warning', detail, remedy);
export const failed = (name: string, detail: string, remedy: string): Check =>
  check(name, 'failed', detail, remedy);
export const notChecked = (name: string, detail: string): Check =>
  check(name, 'not-checked', detail, null);

function check(name: string, status: Check['status'], detail: string, remedy: string | null) {
  return { name, status, detail, remedy };
}

/** 0: all is well; 1: something is wrong; 3: something could not be looked at. */
export function exitCodeOf(checks: Check[]): 0 | 1 | 3 {
  if (checks.some(({ status }) => status === 'failed')) return 1;
  return checks.some(({ status }) => status === 'not-checked') ? 3 : 0;
}
