import type { CloudTrailEvent } from './event.ts';
import { targetIn } from './leaves.ts';
import { isDenial } from './match.ts';
import { withoutVersion } from './parse-event.ts';

/** What a refused call would have done, and what refused it where AWS says so. */
export type Denial = {
  /** As IAM calls it: `s3:GetObject`. */
  action: string;
  /** The ARN in the message; null where it names none, or `*`. */
  resource: string | null;
  /** `explicit deny in a service control policy`, `no identity-based policy allows it`; null: it is not said. */
  because: string | null;
};

/**
 * Of a refused call, what was refused. The parameters are often lost, and only the message tells, in three
 * spellings (reference: questions, 0.5): “… is not authorized to perform: A on resource: R because …”, the
 * same behind “You are not authorized to perform this operation.” (EC2), and a bare “Access Denied” (S3),
 * of which the call itself is all there is. Null for a call that was not refused.
 */
export function denialOf(event: CloudTrailEvent): Denial | null {
  if (!isDenial(event.outcome)) return null;
  const words = (event.errorMessage ?? '').slice(0, 4096);
  const told =
    /not authorized to perform:?\s+([a-z0-9-]+:[A-Za-z0-9*]+)(?:\s+on resource:\s*(\S+(?: \S+){0,2}))?/.exec(
      words,
    );
  const because =
    /(?:because|with an?) (?:(no [a-z-]+(?: [a-z-]+)? policy allows)|(?:(?:an?|the) )?(explicit deny(?: in an? [a-z -]+?(?:policy|policies))?))/i.exec(
      words,
    );
  const resource = told?.[2] ? targetIn(told[2]).replace(/[.,;:)"']+$/, '') : null;
  return {
    action: told?.[1] ?? `${event.eventSource.split('.')[0]}:${withoutVersion(event.eventName)}`,
    resource: resource === '*' || resource === '' ? null : resource,
    because: because ? (because[1] ?? because[2] ?? null) : null,
  };
}
