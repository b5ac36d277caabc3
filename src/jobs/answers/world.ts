import type { DetectionRule } from '../../core/detections/rule.ts';
import type {
  Answer,
  AnswerCoverage,
  AnswerEvent,
  ConfigChange,
} from '../../core/evidence/answer.ts';
import type { Asked } from '../../core/evidence/conclude.ts';
import type { ConfigEdge } from '../../core/evidence/config-edge.ts';
import type { Located } from '../../core/evidence/located.ts';
import type { EventSource } from '../../core/evidence/source.ts';
import type { TrailsSeen } from '../../core/evidence/trails-seen.ts';
import type { IdentityUser } from '../../core/evidence/users.ts';
import type { Scan } from '../../core/posture/finding.ts';
import type { Plan, Vocabulary } from '../../core/questions/plan.ts';
import type { Language, Reader } from '../../core/reader.ts';
import type { Reading } from '../../core/reading.ts';

/** What answering needs of the world. */
export type World = {
  now(): Date;
  vocabulary(): Promise<Vocabulary>;
  /** The complete ones first: what one of them has seen to the end, the next need not search again. */
  sources: EventSource[];
  progress?: (done: number, of: number) => void;
  /** How many events are handed over one by one; a screenful unless more are wanted. */
  listed?: number;
  /** Told before a search that takes long: about so many seconds, for so many requests. */
  expect?: (seconds: number, requests: number) => void;
  /** The bot's own principals (ARNs, or names of roles), whose calls are told apart from people's. */
  self?(): Promise<string[]>;
  /** The organization's accounts; null where they cannot be listed. */
  organizationAccounts?(): Promise<string[] | null>;
  /** The trails of accounts as they are now: what they record, and whom they reach. */
  trails?(accounts: string[] | 'all'): Promise<TrailsSeen>;
  /** The newest scan of the whole organization that is kept; null where there is none. */
  lastScan?(): Promise<Scan | null>;
  /** AWS Config, where it may be asked. */
  config?: ConfigEdge;
  /** Where a resource is or was, and what else it is called, as AWS Config knows it. */
  locate?(resource: string): Promise<Reading<Located[]>>;
  /** What Config kept of the changed resources before and after these calls; of the first few of them. */
  configChanges?(events: AnswerEvent[], language: Language): Promise<ConfigChange[]>;
  /** The answer before this one in the same conversation. */
  previous?: { plan: Plan; coverage: AnswerCoverage };
  /** Who is in the organization's identity store, and where Identity Center records its sign-ins. */
  people?: {
    describe(userId: string, identityStoreArn: string): Promise<Reading<IdentityUser | null>>;
    list(): Promise<Reading<{ people: IdentityUser[]; cut: boolean }>>;
    home(): Promise<{ account: string; region: string } | null>;
  };
  /** The rules of the named detectors (`policies/detections/`). */
  detections?: DetectionRule[];
  /** True where the sources tell of a simulated organization. */
  simulated?: boolean;
};

/** Answers the plans of one shape, without the text. */
export type Answerer = (asked: Asked, reader: Reader, world: World) => Promise<Answer>;
