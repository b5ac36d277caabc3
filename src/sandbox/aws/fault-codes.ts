import { AwsFault } from './service.ts';

/** The troubles that every service has, each spelled in its own way. */
export type Trouble =
  | 'unknown-key'
  | 'wrong-token'
  | 'expired'
  | 'denied'
  | 'throttled'
  | 'internal';

type Spelling = [code: string, status: number, message: string];

const INVALID = 'The security token included in the request is invalid.';
const EXPIRED = 'The security token included in the request is expired';

/** awsJson services; Account differs from them only in its statuses. */
const JSON_SPELLING: { [trouble in Trouble]: Spelling } = {
  'unknown-key': ['UnrecognizedClientException', 400, INVALID],
  'wrong-token': ['UnrecognizedClientException', 400, INVALID],
  expired: ['ExpiredTokenException', 400, EXPIRED],
  denied: ['AccessDeniedException', 400, 'Access denied.'],
  throttled: ['ThrottlingException', 400, 'Rate exceeded'],
  internal: ['InternalFailure', 500, 'The request processing has failed.'],
};

/** What differs, by signing name. */
const SPELLINGS: { [service: string]: Partial<{ [trouble in Trouble]: Spelling }> } = {
  account: {
    'unknown-key': ['UnrecognizedClientException', 403, INVALID],
    'wrong-token': ['UnrecognizedClientException', 403, INVALID],
    expired: ['ExpiredTokenException', 403, EXPIRED],
    denied: ['AccessDeniedException', 403, 'Access denied.'],
    throttled: ['TooManyRequestsException', 429, 'Too many requests.'],
    internal: ['InternalServerException', 500, 'An internal error occurred.'],
  },
  ec2: {
    'unknown-key': [
      'AuthFailure',
      401,
      'AWS was not able to validate the provided access credentials',
    ],
    'wrong-token': [
      'AuthFailure',
      401,
      'AWS was not able to validate the provided access credentials',
    ],
    expired: ['RequestExpired', 400, 'Request has expired.'],
    denied: ['UnauthorizedOperation', 403, 'You are not authorized to perform this operation.'],
    throttled: ['RequestLimitExceeded', 503, 'Request limit exceeded.'],
    internal: ['InternalError', 500, 'An internal error has occurred'],
  },
  iam: {
    'unknown-key': ['InvalidClientTokenId', 403, INVALID],
    'wrong-token': ['InvalidClientTokenId', 403, INVALID],
    expired: ['ExpiredToken', 403, EXPIRED],
    denied: ['AccessDenied', 403, 'Access denied.'],
    throttled: ['Throttling', 400, 'Rate exceeded'],
    internal: [
      'ServiceFailure',
      500,
      'The request processing has failed because of an unknown error, exception or failure.',
    ],
  },
  kms: {
    internal: [
      'KMSInternalException',
      500,
      'The request was rejected because an internal exception occurred.',
    ],
  },
  organizations: {
    throttled: [
      'TooManyRequestsException',
      400,
      'AWS Organizations can’t complete your request because too many requests were made.',
    ],
    internal: ['ServiceException', 500, 'AWS Organizations can’t complete your request.'],
  },
  s3: {
    'unknown-key': [
      'InvalidAccessKeyId',
      403,
      'The AWS Access Key Id you provided does not exist in our records.',
    ],
    'wrong-token': ['InvalidToken', 400, 'The provided token is malformed or otherwise not valid.'],
    expired: ['ExpiredToken', 400, 'The provided token has expired.'],
    denied: ['AccessDenied', 403, 'Access Denied'],
    throttled: ['SlowDown', 503, 'Please reduce your request rate.'],
    internal: ['InternalError', 500, 'We encountered an internal error. Please try again.'],
  },
  sns: {
    'unknown-key': ['InvalidClientTokenId', 403, INVALID],
    'wrong-token': ['InvalidClientTokenId', 403, INVALID],
    expired: ['ExpiredToken', 403, EXPIRED],
    denied: ['AuthorizationErrorException', 403, 'Access denied.'],
    throttled: ['ThrottledException', 429, 'Rate exceeded'],
    internal: ['InternalErrorException', 500, 'The request processing has failed.'],
  },
  sts: {
    'unknown-key': ['InvalidClientTokenId', 403, INVALID],
    'wrong-token': ['InvalidClientTokenId', 403, INVALID],
    expired: ['ExpiredToken', 403, EXPIRED],
    denied: ['AccessDenied', 403, 'Access denied.'],
    throttled: ['Throttling', 400, 'Rate exceeded'],
    internal: ['InternalFailure', 500, 'The request processing has failed.'],
  },
};

/** A trouble as the service spells it; `message` replaces the service's usual sentence. */
export function faultOf(service: string, trouble: Trouble, message?: string): AwsFault {
  const spelled = SPELLINGS[service]?.[trouble] ?? JSON_SPELLING[trouble];
  const [code, status, usual] = spelled;
  return new AwsFault(code, message ?? usual, status);
}
