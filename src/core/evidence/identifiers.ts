import type { CloudTrailEvent } from './event.ts';
import { leavesOf } from './leaves.ts';

/**
 * Does this event carry this identifier? Compared whole, never as a substring: `i-123` is not `i-1234`.
 *
 * - A name or id equals a scalar of the record, or one part of an ARN in it (`role/team/OrgAdmin`).
 * - An ARN equals an ARN, or its last part where service and account agree with the event's own.
 * - `s3://bucket/key` means the bucket and the key.
 * - A temporary session's ARN or an access key also counts where it made the call.
 *
 * Whoever searched CloudTrail for a thing did not touch it: such lookups carry only who made them.
 * Case counts, but for EC2-style ids: they are hexadecimal, and tools print them in either case. The
 * dot at the end of a DNS name does not count: Route 53 records names as the caller wrote them.
 */
export function carries(event: CloudTrailEvent, identifier: string): boolean {
  const object = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(identifier);
  if (object) return carries(event, object[1] ?? '') && (!object[2] || carries(event, object[2]));
  if (isSessionOrKey(identifier) && callerIds(event).includes(identifier)) return true;
  if (event.eventName === 'LookupEvents') return false;
  const test = identifier.startsWith('arn:') ? arnTest(identifier, event) : nameTest(identifier);
  return leavesOf(event).some(({ value }) => test(value));
}

/** The parts of an ARN that can be a name: what follows the account, whole and piece by piece. */
export function namesIn(arn: string): string[] {
  const resource = arn.split(':').slice(5).join(':');
  return [resource, ...resource.split(':'), ...resource.split(/[:/]/), ...tails(resource)];
}

/** `role/team/OrgAdmin` -> `team/OrgAdmin`, `OrgAdmin`: names may hold slashes themselves. */
function tails(resource: string): string[] {
  const parts = resource.split('/');
  return parts.slice(0, 20).map((_, start) => parts.slice(start).join('/'));
}

function nameTest(name: string): (value: string) => boolean {
  const id = HEX_ID.test(name) ? name.toLowerCase() : null;
  const domain = withoutRoot(name);
  const same = (value: string) =>
    value === name ||
    (id !== null && value.length === id.length && value.toLowerCase() === id) ||
    (domain.length <= value.length && withoutRoot(value) === domain);
  return (value) => same(value) || (value.startsWith('arn:') && namesIn(value).some(same));
}

/** `labs.bora.example.` -> `labs.bora.example`: the root of the DNS is written or left out as people like. */
export function withoutRoot(name: string): string {
  return name.length <= 256 && DOMAIN.test(name) ? name.slice(0, -1) : name;
}

const DOMAIN = /^(?:[\w*\\-]+\.){2,}$/;

function arnTest(arn: string, event: CloudTrailEvent): (value: string) => boolean {
  const [, , service, region, account] = arn.split(':');
  const last = arn.split(':').slice(5).join(':').split(/[:/]/).at(-1) ?? '';
  // A bare name is that ARN's only where the call was made to its service in its account.
  const atHome =
    event.eventSource.split('.')[0] === service &&
    (!account || account === event.account) &&
    (!region || region === event.region);
  return (value) => value === arn || (atHome && last.length > 0 && value === last);
}

const HEX_ID = /^[a-z][a-z-]{0,14}-(?:[0-9a-f]{8}|[0-9a-f]{17})$/i;

function isSessionOrKey(identifier: string): boolean {
  return /^arn:[^:]*:sts:/.test(identifier) || /^A[KS]IA[A-Z0-9]{8,}$/.test(identifier);
}

function callerIds({ caller }: CloudTrailEvent): (string | null)[] {
  return [caller.arn, caller.accessKeyId];
}
