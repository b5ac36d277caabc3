import { z } from 'zod';
import { PolicyDocument } from '../../core/posture/guards/policy-document.ts';

/**
 * The document in the text that a service keeps a policy as. A text that is no policy, or one that we
 * do not understand, throws: whoever asked has read nothing, which is not the same as no policy.
 */
export function policyIn(text: string): PolicyDocument {
  let written: unknown;
  try {
    written = JSON.parse(text);
  } catch (error) {
    throw unreadable('it is no JSON', error);
  }
  const document = PolicyDocument.safeParse(written);
  if (document.success) return document.data;
  throw unreadable(z.prettifyError(document.error).replace(/\s+/g, ' '), document.error);
}

function unreadable(why: string, cause: unknown): Error {
  const error = new Error(`the policy could not be understood: ${why}`, { cause });
  return Object.assign(error, { name: 'UnreadablePolicy' });
}
