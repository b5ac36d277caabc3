import type { PostureFacts, PostureSettings, Witnessed } from '../../../src/core/posture/facts.ts';
import type { Finding } from '../../../src/core/posture/finding.ts';
import { findingsOf } from '../../../src/core/posture/scan.ts';
import { frameworks, postureRules } from '../../../src/policies.ts';
import { READ_AT, soundFacts, soundSettings } from './sound.ts';

const rules = postureRules();
const known = frameworks();

/** The findings of one check over sound facts and what differs. */
export function judged(
  check: string,
  differs: Partial<PostureFacts> = {},
  settings: Partial<PostureSettings> = {},
): Finding[] {
  const rule = rules.find(({ id }) => id === check);
  if (!rule) throw new Error(`there is no check ${check}`);
  return findingsOf([rule], soundFacts(differs), soundSettings(settings), known);
}

/** A refusal as the readers tell it: with the permission and the account that would see it. */
export function refused(api: string, account: string): Witnessed<never> {
  return {
    unseen: {
      kind: 'denied',
      reason: 'AccessDenied: Access Denied',
      wouldNeed: `${api} for role trailwarden-read in account ${account}`,
    },
    by: { api, account, region: 'us-east-1', at: READ_AT },
  };
}
