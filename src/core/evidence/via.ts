import type { CloudTrailEvent } from './event.ts';
import { flag } from './parse-event.ts';

export type Via = 'console' | 'cli' | 'sdk' | 'iac' | 'service';

const IAC_AGENT = /Terraform\/|APN\/1\.0 HashiCorp|Pulumi|aws-cdk|OpenTofu/i;
const CONSOLE_AGENT =
  /^Mozilla\/|\[S3Console|^console\.|signin\.amazonaws\.com|^AWS-?Console|\.console\.aws/i;

/**
 * How a call was made. The user agent is the caller's own claim; what AWS sets itself (`invokedBy`, the
 * console flag) is believed before it (reference: questions, 3).
 */
export function viaOf(event: CloudTrailEvent): Via {
  const agent = event.userAgent?.slice(0, 1000) ?? '';
  const service = invokingService(event);
  if (service === 'cloudformation.amazonaws.com') return 'iac';
  if (service) return 'service';
  if (IAC_AGENT.test(agent)) return 'iac';
  // A boolean in some exports, a string in others.
  if (flag(event.record.sessionCredentialFromConsole)) return 'console';
  if (event.record.eventType === 'AwsConsoleSignIn' || CONSOLE_AGENT.test(agent)) return 'console';
  if (/^aws-cli\//.test(agent)) return 'cli';
  // Console back-ends call with the user's identity; without the console flag it is a service's work.
  if (agent === 'AWS Internal' || event.record.eventType === 'AwsServiceEvent') return 'service';
  return 'sdk';
}

/**
 * The AWS service that made the call, on somebody's behalf or on its own, if one did. Only members that
 * AWS fills in are asked: anybody can send a service's name as user agent.
 */
export function invokingService(event: CloudTrailEvent): string | null {
  for (const name of [event.caller.invokedBy, event.sourceIPAddress])
    if (
      name &&
      /^[a-z0-9.-]{1,100}\.amazonaws\.com$/.test(name) &&
      !/^(signin|console)\./.test(name)
    )
      return name;
  return null;
}
