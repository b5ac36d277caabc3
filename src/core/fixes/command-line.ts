import type { FixPlan } from './fix.ts';
import type { Snippet } from './obstacle.ts';
import { shellWord } from './runbooks/words.ts';

/** How AWS's command line calls a service where it is not the API's own word. */
const SERVICES: { [service: string]: string } = { s3: 's3api', config: 'configservice' };

/**
 * The calls of a plan as somebody with rights of their own would send them: one line each, the parameters
 * as the API takes them. https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-skeleton.html
 */
export function commandLine(plan: Pick<FixPlan, 'calls' | 'region'>): Snippet {
  const lines = plan.calls.map(({ api, parameters, at }) => {
    const [service = '', operation = ''] = api.split(':');
    const command = `aws ${SERVICES[service] ?? service} ${kebab(operation)}`;
    const input = shellWord(JSON.stringify(parameters));
    return `${command} --region ${at?.region ?? plan.region} --cli-input-json ${input}`;
  });
  return { tool: 'cli', text: lines.join('\n') };
}

/** `PutMFADevice` is `put-mfa-device`: capitals that stand together are one word. */
const kebab = (operation: string) =>
  operation
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
