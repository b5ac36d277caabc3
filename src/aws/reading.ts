import type { Reading } from '../core/reading.ts';

const DENIED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
  'Client.UnauthorizedOperation',
  'AuthorizationError',
  'AuthorizationErrorException',
  'Forbidden',
  '403',
  'AllAccessDisabled',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'OptInRequired',
]);

/**
 * The one place where a refusal or a fault of AWS becomes a value. `wouldNeed` says which permission,
 * in which account, would see it. Only errors of AWS and of the network are turned into values: a
 * mistake of our own (TypeError, …) stays an exception.
 */
export async function reading<T>(wouldNeed: string, read: () => Promise<T>): Promise<Reading<T>> {
  try {
    return { seen: await read() };
  } catch (error) {
    if (!(error instanceof Error) || isOurMistake(error)) throw error;
    return {
      unseen: {
        kind: isDenied(error) ? 'denied' : 'failed',
        reason: `${error.name}: ${error.message}`,
        wouldNeed,
      },
    };
  }
}

/** Some services say "there is none" with an error of its own name; that one is an answer. */
export async function orNone<T>(errorName: string, none: T, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Error && error.name === errorName) return none;
    throw error;
  }
}

/** True for an answer of AWS that means "you may not", however the service spells it. */
function isDenied(error: Error): boolean {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return (
    DENIED.has(error.name) ||
    (status === 403 && !/Expired|Throttl|SlowDown|RequestTime/i.test(error.name))
  );
}

function isOurMistake(error: Error): boolean {
  return (
    error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError
  );
}
