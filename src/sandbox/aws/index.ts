import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type Authorize, authorization, deniedByOrganization } from './authorization.ts';
import { faultOf } from './fault-codes.ts';
import { type FaultInput, type Faults, faults, seededChance, troubleOf } from './faults.ts';
import { identify, keyHolders } from './identity.ts';
import { checkQuota } from './quotas.ts';
import { forgetful, type Recorder, recorder } from './record-call.ts';
import { Scenario, type ScenarioFile } from './scenario.ts';
import { type Ending, type Log, serveAws, type WireCall } from './server.ts';
import { AwsFault, type Call, type Handlers, type World } from './service.ts';
import { HANDLERS } from './services/index.ts';
import { type Traffic, traffic } from './traffic.ts';
import { isHarmless, watch } from './unread.ts';
import { makeWorld } from './world.ts';

/** One call that reached the simulator. `outcome` is `ok`, an error code, `hang`, `reset` or `truncated`. */
export type CallSeen = {
  service: string;
  operation: string;
  /** Empty when nobody knows whose key it was. */
  account: string;
  region: string;
  at: Date;
  outcome: string;
};

export type RunningAws = {
  /** What `AWS_ENDPOINT_URL` must be; an IP literal, so that S3 clients choose path style. */
  url: string;
  port: number;
  world: World;
  faults: { add(fault: FaultInput): void; clear(): void };
  /** Every call so far, oldest first; none where the scenario does not record calls. */
  calls: CallSeen[];
  /** How much was asked, and how fast: per account, region and operation. */
  traffic: Pick<Traffic, 'counts' | 'peaks'>;
  close(): Promise<void>;
};

export type AwsOptions = {
  /** Default: any free port. */
  port?: number;
  now?: () => Date;
  /** The clock of the machine, in milliseconds: quotas are counted by it, whatever `now` says. */
  clock?: () => number;
  /** Where the simulator complains; default: stderr. */
  log?: Log;
  /** Seed of the faults that have a probability. */
  seed?: number;
  /** The operations that are simulated, by `service:Operation`; default: all of ours. */
  handlers?: Handlers;
};

/** Starts the simulated organization on 127.0.0.1. */
export async function startAws(
  scenario: ScenarioFile | Scenario,
  options: AwsOptions = {},
): Promise<RunningAws> {
  const parsed = Scenario.parse(scenario);
  const world = makeWorld(parsed, options.now, options.clock);
  for (const [key, holder] of keyHolders(parsed, world.now())) world.identities.set(key, holder);
  const struck = faults(parsed.faults, seededChance(options.seed ?? 1));
  const calls: CallSeen[] = [];
  const stage: Stage = {
    world,
    faults: struck,
    calls,
    traffic: traffic(),
    authorize: authorization(parsed),
    recorder: parsed.recordCalls ? recorder(world) : forgetful,
    handlers: options.handlers ?? HANDLERS,
  };
  const log = options.log ?? ((line: string) => void process.stderr.write(`${line}\n`));
  const server = serveAws((call) => answer(call, stage), log);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    world,
    faults: { add: struck.add, clear: struck.clear },
    calls,
    traffic: stage.traffic,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

type Stage = {
  world: World;
  faults: Faults;
  calls: CallSeen[];
  traffic: Traffic;
  authorize: Authorize;
  recorder: Recorder;
  handlers: Handlers;
};

/** From a decoded request to its ending: who is it, what strikes it, may it, what is the answer. */
async function answer(request: WireCall, stage: Stage): Promise<Ending> {
  const { world, calls, traffic: counted } = stage;
  const arrived = performance.now();
  const service = request.service.name;
  const { operation, region } = request;
  const seen: CallSeen = { service, operation, account: '', region, at: world.now(), outcome: '' };
  if (world.scenario.recordCalls) calls.push(seen);
  try {
    const caller = identify(world, { ...request, service });
    seen.account = caller.account;
    counted.saw(`${service}:${operation}`, caller.account, region, arrived);
    const { input, requestId } = request;
    const call: Call = { service, operation, input, region, caller, now: world.now(), requestId };
    const ending = await outcomeOf(call, request.userAgent, stage);
    seen.outcome =
      typeof ending === 'string' ? ending : ending.truncated === true ? 'truncated' : 'ok';
    return ending;
  } catch (error) {
    seen.outcome = error instanceof AwsFault ? error.code : 'InternalFailure';
    counted.ended(`${service}:${operation}`, seen.outcome);
    throw error;
  } finally {
    // Counted from its arrival: what it takes us to find the answer is part of what it takes.
    const left = arrived + world.scenario.latencyMs - performance.now();
    if (left > 0) await pause(left);
  }
}

async function outcomeOf(call: Call, userAgent: string, stage: Stage): Promise<Ending> {
  const { world } = stage;
  const target = { ...call, account: call.caller.account };
  const striking = stage.faults.strike(target);
  for (const { delayMs } of striking) if (delayMs) await pause(delayMs);
  const effect = striking.at(-1)?.effect ?? 'none';
  // What the network swallows before the service sees it leaves no record.
  if (effect === 'hang' || effect === 'reset') return effect;
  stage.recorder.publish();
  try {
    const trouble = striking.map(troubleOf).find((each) => each !== undefined);
    if (trouble === 'denied') throw deniedByOrganization(call, world);
    if (trouble) throw faultOf(call.service, trouble);
    const output = await handle(call, stage);
    stage.recorder.record(call, userAgent, { output });
    return { output, truncated: effect === 'truncate' };
  } catch (error) {
    if (error instanceof AwsFault && error.code !== 'NotImplemented') {
      stage.recorder.record(call, userAgent, { fault: error });
    }
    throw error;
  } finally {
    if (world.scenario.eventLagMs === 0) stage.recorder.publish();
  }
}

async function handle(call: Call, { handlers, authorize, world }: Stage): Promise<object> {
  const name = `${call.service}:${call.operation}`;
  const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
  if (!handler) throw new AwsFault('NotImplemented', `${name} is not simulated`, 501);
  checkQuota(call, world);
  authorize(call, world);
  const watched = watch(call.input);
  const output = ((await handler({ ...call, input: watched.input }, world)) ?? {}) as object;
  const overlooked = watched.unread().filter((parameter) => !isHarmless(name, parameter));
  if (overlooked.length > 0) {
    const what = `${overlooked.join(', ')} of ${name}`;
    throw new AwsFault('NotImplemented', `${what} is not simulated`, 501);
  }
  return output;
}
