import type { ApiCall, Place } from '../../../core/fixes/fix.ts';
import type { ClientOf } from '../../session.ts';

/** What a call may do, on what: one line of the session's policy. */
export type Need = { action: string; resource: string };

/** One API that fixes may call. Add it to the file of its service, with the line that it needs of IAM. */
export type Write = {
  /** `service:Operation`, as a plan names it. */
  api: string;
  /** Every IAM action that the call can need: `policies/iam/fix-<family>.json` grants these. */
  actions: string[];
  /** What the call needs with these parameters at this place, as narrow as IAM can say it. */
  needs(parameters: ApiCall['parameters'], where: Place): Need[];
  send(
    parameters: ApiCall['parameters'],
    clientOf: ClientOf,
  ): Promise<{ $metadata: { requestId?: string | undefined } }>;
  /**
   * True for an answer that says that something just made is not known everywhere yet, as roles are not
   * for some seconds: nothing was done, and the call is sent again.
   */
  notYet?(error: Error): boolean;
};
