import type { Ground } from '../../../src/aws/facts/reader.ts';
import type { Scenario } from '../../../src/sandbox/aws/scenario.ts';
import { sandbox } from '../../jobs/sandbox-scan.ts';

/** The home region of the simulated company. */
export const HOME = 'ap-northeast-2';

/** One reading over the wire, of the simulated company with what differs. */
export async function over<T>(
  read: (ground: Ground) => Promise<T>,
  change: (scenario: Scenario) => void = () => {},
): Promise<T> {
  const box = await sandbox(change);
  try {
    return await read({ aws: box.aws, now: box.simulated.world.now });
  } finally {
    await box.close();
  }
}

/** What a service answers, changed on its way to us. */
export function answering<Output>(
  client: { middlewareStack: { add: CallableFunction } },
  change: (output: Output) => void,
): void {
  client.middlewareStack.add(
    (next: CallableFunction) => async (args: unknown) => {
      const answer = await next(args);
      change(answer.output as Output);
      return answer;
    },
    { step: 'initialize' },
  );
}

export function trailOf({ trails }: Scenario, name: string) {
  const trail = trails.find((one) => one.name === name);
  if (!trail) throw new Error(`the company has no trail ${name}`);
  return trail;
}
