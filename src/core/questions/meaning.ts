import type { Plan, Verb } from './plan.ts';

/** What a word or phrase says, apart from names, times and places. */
export type Meaning =
  | { says: 'verb'; verbs: Verb[] }
  | { says: 'type'; type: string }
  | { says: 'service'; source: string }
  | { says: 'who' }
  | { says: 'asked'; group: Plan['groupBy'][number] | null }
  | { says: 'count' }
  | { says: 'activity' }
  | { says: 'outcome'; outcome: Plan['outcome'] }
  | { says: 'permission' }
  | { says: 'public' }
  | { says: 'world' }
  | { says: 'external' }
  | { says: 'no-mfa' }
  /** `NoSuchBucket`: an error as AWS spells it. */
  | { says: 'error-code'; code: string }
  | { says: 'port' }
  | { says: 'port-number'; port: number }
  | { says: 'principal'; kind: 'user' | 'role' | 'account' }
  | { says: 'root' }
  | { says: 'credentials' }
  | { says: 'whose' }
  | { says: 'ip' }
  | { says: 'via'; via: Plan['via'][number] }
  | { says: 'by' }
  | { says: 'aux'; passive: boolean }
  | { says: 'towards' }
  | { says: 'place' }
  | { says: 'anaphor' }
  | { says: 'and' }
  /** “각각”, “how many times each”: of several things, one by one. */
  | { says: 'each' }
  | { says: 'everywhere' }
  | { says: 'latest' }
  | { says: 'history' }
  | { says: 'per'; group: Plan['groupBy'][number] }
  | { says: 'direction'; ending: 'Ingress' | 'Egress' }
  /** “outside …”, “… 말고”: what stands beside it is left out. */
  | { says: 'except'; side: 'before' | 'after' }
  /** “top”, “가장 많은”: counted, and the greatest first. */
  | { says: 'rank' }
  | { says: 'not-root' }
  | { says: 'first' }
  | { says: 'why' }
  | { says: 'cause' }
  | { says: 'became' }
  | { says: 'went' }
  | { says: 'bytes' }
  | { says: 'manual' }
  | { says: 'admin' }
  | { says: 'cross-account' }
  | { says: 'no-final-snapshot' }
  | { says: 'not-allowed' }
  | { says: 'tool'; name: string }
  | { says: 'counter' }
  | { says: 'rule' }
  | { says: 'anomaly'; detector: string | null }
  | { says: 'compliance' }
  | { says: 'property'; property: 'unencrypted' | 'encryption' | 'versioning' | 'configuration' }
  | { says: 'set'; set: string }
  | { says: 'nothing' }
  | {
      says: 'refused';
      why: Why;
    };

/** What people say that this parser hears and cannot search for. */
export type Why =
  | 'negation'
  | 'comparison'
  | 'country'
  | 'regions'
  | 'state'
  | 'compliance'
  | 'before'
  | 'action'
  | 'possible';
