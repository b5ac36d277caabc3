/** The buttons: their names, and what they carry. A button carries ids only; everything else is looked up. */
import { z } from 'zod';

export const ACTIONS = {
  requestFix: 'request-fix',
  approveFix: 'approve-fix',
  declineFix: 'decline-fix',
  requestWayBack: 'request-way-back',
} as const;

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
