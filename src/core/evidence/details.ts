import { overlaid } from '../questions/catalogue/overlay.ts';
import { sharedWith } from './content.ts';
import { denialOf } from './denial.ts';
import type { CloudTrailEvent } from './event.ts';
import { namesIn, withoutRoot } from './identifiers.ts';
import { type Leaf, leavesOf } from './leaves.ts';
import { member, withoutVersion } from './parse-event.ts';
import { redactedValue } from './redact.ts';

const DETAIL_LIMIT = 12;
const RESOURCE_LIMIT = 20;

/** Says nothing about what was done, or must not be repeated. */
const NOISE =
  /(token|password|secret$|clientRequest|idempotency|requestId$|dryRun|maxResults|_return|packedPolicySize|userData|zipFile|publicKey|^assumedRoleId$|expiration|^x-amz-|^host$|signature|^version$|^sid$)/i;

/** Members that name what was touched. */
const NAMING =
  /(ids?|arns?|names?|buckets?|keys?|identifier|alias|repository|trail|function|queueUrl|path|parameter)$/i;
const NOT_NAMING =
  /(owner|requester|assertion|account|request|client|vpc|token|type|image|subnet|attribute|policy\w*|session|instance\s?type|key\s?name)(ids?|names?)?$/i;

/** Members that name something else: a tag's key, a state, a reservation. */
const ASIDE =
  /\.(\w*(state|status|tagset)|tags?|reservation|filter|placement|groupSet|networkInterface)\w*(\.|$)/i;

/** What the call said: the scalars of its request and, where it made something, the new ids. */
export function detailsOf(event: CloudTrailEvent): { name: string; value: string }[] {
  const leaves = leavesOf(event);
  const asked = leaves.filter(({ path }) => path.startsWith('requestParameters.'));
  const answered = leaves.filter(
    ({ path }) => path.startsWith('responseElements.') && /(Id|Arn|aRN|MFAUsed)$/.test(path),
  );
  const beside = leaves.filter(({ path }) =>
    /^(serviceEventDetails|additionalEventData)\./.test(path),
  );
  const seen = new Set<string>();
  return [...refusedIn(event), ...[...asked, ...answered, ...beside].map(named)]
    .filter(({ name, value }) => {
      const known = seen.has(`${name}=${value}`);
      seen.add(`${name}=${value}`);
      return !known && !NOISE.test(name) && value.length > 0 && value.length <= 2048;
    })
    .slice(0, DETAIL_LIMIT)
    .map(({ name, value }) => ({ name, value: redactedValue(name, value) }));
}

function named({ path, value }: Leaf): { name: string; value: string } {
  return { name: nameOf(path), value };
}

/** Of a refused call whose parameters were lost, what the message still tells. */
function refusedIn(event: CloudTrailEvent): { name: string; value: string }[] {
  const denial = member(event.record.requestParameters) ? null : denialOf(event);
  if (!denial) return [];
  const { action, resource, because } = denial;
  return [
    { name: 'action', value: action },
    ...(resource ? [{ name: 'resource', value: resource }] : []),
    ...(because ? [{ name: 'because', value: because }] : []),
  ];
}

/** The things that were touched, the ones that were asked about first. */
export function resourcesOf(event: CloudTrailEvent, wanted: string[]): string[] {
  const leaves = leavesOf(event);
  const named = (place: string) =>
    leaves
      .filter(({ path }) => path.startsWith(place) && isNaming(path))
      // A path of IAM (`/`, `/team/`) is a folder that names stand in, no thing of its own.
      .filter(({ path }) => event.eventSource !== 'iam.amazonaws.com' || nameOf(path) !== 'path')
      .map(({ value }) => value);
  const request = named('requestParameters');
  const own = [
    ...leaves.filter(({ path }) => /^resources\.\d+\.(ARN|arn)$/.test(path)).map((l) => l.value),
    ...leaves.filter(({ path }) => path === 'errorMessage').map((l) => l.value),
  ];
  const made =
    request.length === 0 ||
    /^(Create|Run|Allocate|Import|Restore|Copy|Register)/.test(event.eventName)
      ? named('responseElements')
      : [];
  const asked = wanted.filter((id) =>
    leaves.some(
      ({ value }) =>
        withoutRoot(value) === withoutRoot(id) ||
        (value.startsWith('arn:') && namesIn(value).includes(id)),
    ),
  );
  const domains = new Set(asked.map(withoutRoot));
  const again = (value: string) => !asked.includes(value) && domains.has(withoutRoot(value));
  const first = overlaid(event.eventSource, withoutVersion(event.eventName))?.ids ?? [];
  const told = first.flatMap((test) =>
    leaves.filter(({ path }) => test.test(path)).map(({ value }) => value),
  );
  const all = [...asked, ...told, ...request, ...made, ...named('serviceEventDetails'), ...own];
  return [...new Set(all)]
    .filter(
      (value) =>
        // `*`, `/` and their like name nothing.
        /[\p{L}\p{N}]/u.test(value) &&
        value.length <= 512 &&
        !/\s{2,}|\n/.test(value) &&
        !again(value),
    )
    .slice(0, RESOURCE_LIMIT);
}

export { sharedWith };

function isNaming(path: string): boolean {
  const name = nameOf(path);
  return (
    !ASIDE.test(path) &&
    NAMING.test(name) &&
    !NOISE.test(name) &&
    (!NOT_NAMING.test(name) || /policyArn/i.test(name))
  );
}

/** The last word of a path that is no list index: `instancesSet.items.0.instanceId` -> `instanceId`. */
function nameOf(path: Leaf['path']): string {
  const words = path.split('.').filter((word) => !/^\d+$|^items?$|^content$|^member$/.test(word));
  return words.at(-1) ?? path;
}
