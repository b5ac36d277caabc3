import { reasonOf } from './core/reason.ts';
import type { Members } from './slack/members.ts';
import type { FixSurroundings } from './wire.ts';

/** Who may approve, as Slack says at the moment of asking; where Slack does not answer, nobody is known to be one. */
export function approversOf(
  members: Members,
  group: string | undefined,
): Pick<FixSurroundings, 'approvers' | 'isApprover'> {
  return {
    approvers: group ? members.approvers : 'nobody (slack.approvers is not configured)',
    async isApprover({ slackId }) {
      try {
        return { seen: await members.isApprover(slackId) };
      } catch (error) {
        return { unseen: { kind: 'failed', reason: reasonOf(error) } };
      }
    },
  };
}
