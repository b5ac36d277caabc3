/** The buttons: their names, and what they carry. A button carries ids only; everything else is looked up. */
import { z } from 'zod';
import { shortHash } from '../core/kept-answer.ts';

export const ACTIONS = {
  requestFix: 'request-fix',
  approveFix: 'approve-fix',
  declineFix: 'decline-fix',
  requestWayBack: 'request-way-back',
  snooze: 'snooze-finding',
  acceptRisk: 'accept-risk',
} as const;

/** A button that is a link: Slack tells us that it was pressed, and nothing follows from it. */
export const LINKS = { openConsole: 'open-console', confirm: 'confirm-outside' } as const;

/** For how many days a finding can be put off. */
export const SNOOZE_DAYS = [1, 7, 30] as const;

export function writeSnooze(finding: string, days: number): string {
  return `${days}/${carried(finding)}`;
}

/** null for a value that no menu of ours carried. */
export function readSnooze(value: string): { finding: string; days: number } | null {
  const [, days = '', finding = ''] = /^(\d{1,2})\/(\S+)$/.exec(value) ?? [];
  const known = SNOOZE_DAYS.find((one) => String(one) === days);
  return known === undefined ? null : { finding, days: known };
}

/** The buttons of an answer. Several readings stand side by side, so each needs a name of its own. */
export const ANSWER_ACTIONS = {
  again: 'ask-again',
  wider: 'widen-time',
  'all-accounts': 'all-accounts',
  'all-regions': 'all-regions',
  'any-outcome': 'include-denied',
  showEvent: 'show-event',
  chooseEvent: 'choose-event',
  showPlan: 'show-plan',
  listEvents: 'list-events',
  exportEvents: 'export-events',
} as const;
export const READINGS = [0, 1, 2, 3, 4].map((at) => `choose-reading-${at}`);

/** What they carry: 128 bits of the hash of the plan, and with it which event or from which event on. */
export const Carried = z.strictObject({
  planHash: z.string().regex(/^[0-9a-f]{32}$/),
  rest: z.string().max(80),
});

export function carriedPlan(planHash: string, rest = ''): string {
  const plan = shortHash(planHash);
  return rest === '' ? plan : `${plan}/${rest.slice(0, 80)}`;
}

/** null for a value that no button of ours carried. */
export function readCarried(value: string): z.infer<typeof Carried> | null {
  const at = value.indexOf('/');
  const [planHash, rest] = at < 0 ? [value, ''] : [value.slice(0, at), value.slice(at + 1)];
  const parsed = Carried.safeParse({ planHash, rest });
  return parsed.success ? parsed.data : null;
}

/** Our ids and hashes are shorter; Slack takes 2000 characters in all. */
const ID_CHARACTERS = 120;

/** What Approve and Decline carry: which fix, and the very plan that was on the screen. */
export const Decision = z.strictObject({
  fix: z.string().min(1).max(ID_CHARACTERS),
  planHash: z.string().min(1).max(ID_CHARACTERS),
  /** In whose words the message stands. */
  reader: z.strictObject({ language: z.enum(['en', 'ko']), timeZone: z.string().max(60) }),
});
export type Decision = z.infer<typeof Decision>;

/** An id as a button carries it. Ours are never cut; one that is names nothing any more. */
export const carried = (id: string): string => id.slice(0, ID_CHARACTERS);

export function writeDecision({ fix, planHash, reader }: Decision): string {
  const { language, timeZone } = reader;
  return JSON.stringify({
    fix: carried(fix),
    planHash: carried(planHash),
    reader: { language, timeZone },
  });
}

/** null for a value that no button of ours carried. */
export function readDecision(value: string): Decision | null {
  try {
    const parsed = Decision.safeParse(JSON.parse(value));
    return parsed.success ? parsed.data : null;
  } catch {
    // Not JSON: a value of somebody else's making, which is what null says.
    return null;
  }
}
