import { addressIn } from '../evidence/address.ts';
import { isDenial } from '../evidence/match.ts';
import { withoutVersion } from '../evidence/parse-event.ts';
import { bursts } from './bursts.ts';
import type { ByGroup, ByName, BySight } from './detector.ts';
import { isServiceLinked, principalNamed, principalOf } from './principal.ts';

/** One principal who was refused many different calls within minutes: somebody is trying doors. */
export const DENIED_BURST: ByGroup = {
  id: 'denied-burst',
  kind: 'by-group',
  threshold: ['calls', 'minutes'],
  looks: { outcome: 'denied', groupBy: ['account', 'actor', 'event'] },
  suspects(groups, { calls = 0 }) {
    const tried = new Map<string, { account: string; actor: string; names: Set<string> }>();
    for (const { key } of groups) {
      const { account = '', actor = '', event = '' } = key;
      const principal = principalNamed(account, actor);
      const known = tried.get(principal) ?? {
        account,
        actor: actor.split('/')[0] ?? '',
        names: new Set<string>(),
      };
      known.names.add(event);
      tried.set(principal, known);
    }
    return [...tried.values()]
      .filter(({ names }) => names.size >= calls)
      .map(({ account, actor }) => ({ account, actor }));
  },
  find: (events, { calls = 0, minutes = 0 }) =>
    bursts(
      events.filter(({ outcome }) => isDenial(outcome)),
      {
        minutes,
        enough: calls,
        kindOf: principalOf,
        alike: ({ eventSource, eventName }) => `${eventSource} ${withoutVersion(eventName)}`,
      },
    ),
};

/** Writes in a region in which the account wrote nothing in the days before. */
export const NEW_REGION: BySight = {
  id: 'new-region',
  kind: 'by-sight',
  threshold: ['days'],
  looks: { readOnly: false, groupBy: ['account', 'region', 'actor'], via: [] },
  trait: ({ account, region, actor }) =>
    account && region && !isServiceLinked(actor ?? '') ? `${account} ${region}` : null,
  subject: ({ account = '' }) => account,
  mayBeNew: false,
  concerns: () => true,
};

/** A write that this principal never made in the days before. */
export const FIRST_SEEN_CALL: BySight = {
  id: 'first-seen-call',
  kind: 'by-sight',
  threshold: ['days'],
  looks: {
    readOnly: false,
    groupBy: ['account', 'actor', 'source', 'event'],
    via: ['console', 'cli', 'sdk', 'iac'],
  },
  trait: ({ account = '', actor = '', source = '', event = '' }) =>
    isServiceLinked(actor) ? null : `${principalNamed(account, actor)} ${source} ${event}`,
  subject: ({ account = '' }) => account,
  mayBeNew: false,
  concerns: () => true,
};

/** A user's long-lived key that is used from a network from which this user never called in the days before. */
export const NEW_ADDRESS_FOR_KEY: BySight = {
  id: 'new-address-for-key',
  kind: 'by-sight',
  threshold: ['days', 'prefix', 'prefix6'],
  looks: { readOnly: null, groupBy: ['account', 'actor', 'address'], via: ['cli', 'sdk', 'iac'] },
  trait: ({ account = '', actor = '', address = '' }, { prefix = 32, prefix6 = 128 }) => {
    const network = networkOf(address, prefix, prefix6);
    // Sessions of roles are no long-lived keys; services call from names, not from addresses.
    return network === null || actor.includes('/') ? null : `${account}/${actor} ${network}`;
  },
  subject: ({ account = '', actor = '' }) => principalNamed(account, actor),
  // The key of a new user is told where keys are created.
  mayBeNew: true,
  concerns: ({ caller }) => /^AKIA/.test(caller.accessKeyId ?? ''),
};

/** What CloudTrail itself calls unusual: rates of calls and of errors. */
export const AWS_INSIGHTS: ByName = {
  id: 'aws-insights',
  kind: 'by-name',
  threshold: [],
  names: [],
  insights: true,
  find: (events) =>
    events.filter(
      ({ record }) =>
        record.eventType === 'AwsCloudTrailInsight' || record.eventCategory === 'Insight',
    ),
};

/** `203.0.113.10` with 24 bits is `203.0.113`; null for what is no address. */
export function networkOf(address: string, prefix: number, prefix6: number): string | null {
  if (!addressIn(address, address) || !/^[0-9a-f.:]+$/i.test(address)) return null;
  if (address.includes(':')) {
    const groups = expanded(address);
    return groups?.slice(0, Math.ceil(prefix6 / 16)).join(':') ?? null;
  }
  const parts = address.split('.');
  return parts.length === 4 ? parts.slice(0, Math.ceil(prefix / 8)).join('.') : null;
}

function expanded(address: string): string[] | null {
  const [left = '', right] = address.toLowerCase().split('::');
  const head = left === '' ? [] : left.split(':');
  const tail = right === undefined || right === '' ? [] : right.split(':');
  const missing = right === undefined ? 0 : 8 - head.length - tail.length;
  const groups = [...head, ...Array<string>(Math.max(0, missing)).fill('0'), ...tail];
  return groups.length === 8 ? groups.map((group) => group.replace(/^0+(?=.)/, '')) : null;
}
