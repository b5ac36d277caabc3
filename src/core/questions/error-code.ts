/** How services spell what went wrong: `NoSuchBucket`, `ValidationException`, `Client.InvalidAMIID.NotFound`. */
export const ERROR_CODE =
  /^(?:(?:Client|Server)\.)(?:[A-Z][A-Za-z]+\.?)+$|^(?:NoSuch|Invalid|Malformed)(?:[A-Z][A-Za-z]+\.?)+$|^(?:[A-Z][a-z]+)+(?:Exception|Fault|AlreadyExists|NotFound|LimitExceeded|InUse)$|^[A-Z][A-Za-z]+\.(?:NotFound|Malformed|Duplicate|InUse)$/;
