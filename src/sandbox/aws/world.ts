import type { JsonObject } from '../../core/json.ts';
import type { CallerIdentity } from './service.ts';

/** The state of the simulated organization: made from a scenario, changed by calls. */
export type World = {
  /** The simulated time; live calls and stories share it. */
  now(): Date;
  /** Sessions and long-lived keys by access key id. */
  identities: Map<string, CallerIdentity & { expires?: Date }>;
  /** CloudTrail records by `account/region`, in order of time, oldest first. */
  events: Map<string, JsonObject[]>;
};
