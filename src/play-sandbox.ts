import { startBot } from './bot.ts';
import { readConfig } from './config.ts';
import { openLog } from './log.ts';
import { enterSandbox, startSandbox } from './sandbox/start.ts';
import { converse } from './sandbox/terminal.ts';
import { stopOnSignal } from './stop-on-signal.ts';

export type SandboxOptions = { terminal?: boolean; port?: number; scenario?: string };

/**
 * The sandbox for a person: the unchanged bot against a simulated organization, with a Slack to open in
 * the browser, or the same conversation in the terminal where that Slack does not exist or is not wanted.
 */
export async function playSandbox(options: SandboxOptions): Promise<void> {
  let stopping = false;
  const sandbox = await startSandbox({
    slack: options.terminal ? 'terminal' : 'local-slack',
    ...(options.port !== undefined && { port: options.port }),
    ...(options.scenario && { scenario: options.scenario }),
    slackEnded: (why) => {
      // Ctrl+C reaches everything that was started from the terminal, its Slack too.
      if (stopping) return;
      console.error(`The sandbox ends, because its Slack did: ${why}`);
      process.exit(1);
    },
  });
  enterSandbox(sandbox.environment);
  const bot = await startBot(readConfig(), openLog('warn'));
  const stop = async () => {
    stopping = true;
    await bot.stop();
    await sandbox.close();
  };
  stopOnSignal(stop);

  const { slack } = sandbox;
  if (!slack) throw new Error('the sandbox was started without a Slack');
  if (slack.kind === 'terminal') {
    if (sandbox.notice) console.log(sandbox.notice);
    await converse(slack, { input: process.stdin, output: process.stdout });
    await stop();
    return;
  }
  console.log(
    [
      '',
      `  Open   ${slack.pageUrl}`,
      '',
      '  and try, in #cloud-governance:',
      '    1. /trail posture                                   what is wrong with the audit trail of Bora Commerce',
      '    2. @trailwarden who deleted i-0a1b2c3d4e5f60718?     or in Korean: i-0a1b2c3d4e5f60718 누가 지웠어?',
      '    3. press “Fix…” under a finding as Alice, then change “Act as” to 박미나 and approve it',
      '',
      ...(slack.warning ? [`  Note: ${slack.warning}`, ''] : []),
      '  Stop it with Ctrl+C. Nothing is kept.',
    ].join('\n'),
  );
}
