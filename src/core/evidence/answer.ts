import type { Plan } from '../questions/plan.ts';
import type { Language } from '../reader.ts';
import type { Gap } from './source.ts';

export type Verdict =
  | 'found'
  | 'none'
  | 'none-visible'
  | 'unknowable'
  | 'unclear'
  | 'not-understood';

export type ProofGrade =
  | 'direct'
  | 'proven-chain'
  | 'declared'
  | 'session-name-only'
  | 'service'
  | 'unresolved';

export type AnswerEvent = {
  eventID: string;
  eventTime: string | null;
  eventSource: string;
  eventName: string;
  account: string;
  region: string;
  outcome: string;
  sourceIPAddress: string | null;
  actor: { arn: string | null; name: string; type: string | null };
  person: { name: string; proof: ProofGrade /** How we know, hop by hop. */; chain?: string[] };
  resources: string[];
  via: 'console' | 'cli' | 'sdk' | 'iac' | 'service';
};

export type AnswerCoverage = {
  from: string;
  to: string;
  accounts: { searched: number; of: number };
  regions: { searched: number; of: number };
  categories: string[];
  sources: string[];
  gaps: Gap[];
};

/** The document of `ask --json`, schemaVersion 1. */
export type Answer = {
  schemaVersion: 1;
  id: string;
  question: string;
  lang: Language;
  verdict: Verdict;
  understood: { echo: string; plan: Plan | null };
  total: number;
  events: AnswerEvent[];
  groups: { key: { [slot: string]: string }; count: number }[];
  coverage: AnswerCoverage;
  text: string;
  /** True when the events come from a simulated organization. */
  simulated?: boolean;
};
