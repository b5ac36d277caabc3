import type { CallerIdentity } from './caller-identity.ts';
import type { Scenario } from './scenario.ts';

/** One decoded request. `input` has the shape of the SDK's command input, dates as `Date`. */
export type Call = {
  service: string;
  operation: string;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the SDK's own and differs per operation.
  input: any;
  region: string;
  caller: CallerIdentity;
  now: Date;
  requestId: string;
};

/** Answers one operation with the shape of the SDK's command output, or throws an `AwsFault`. */
export type Handler = (call: Call, world: World) => unknown;

/** Keyed `service:Operation` by signing name, such as `cloudtrail:DescribeTrails`. */
export type Handlers = { [operation: string]: Handler };

/**
 * An error as AWS answers it; `status` defaults to what the service's schema says for the code, and
 * `headers` go with the answer (S3 names a bucket's region in one).
 */
export class AwsFault extends Error {
  readonly code: string;
  readonly status: number | undefined;
  readonly headers: { [name: string]: string };
  constructor(
    code: string,
    message: string,
    status?: number,
    headers: { [name: string]: string } = {},
  ) {
    super(message);
    this.code = code;
    this.status = status;
    this.headers = headers;
  }
}

/** Declared here so that the wire and the services agree; its members are in `world.ts`. */
export type World = import('./world.ts').World & { scenario: Scenario };
