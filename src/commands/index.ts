import { Command, CommanderError, Option } from 'commander';
import { ConfigError } from '../config.ts';
import type { SandboxOptions } from '../play-sandbox.ts';
import type { AskOptions } from './ask.ts';
import type { ShowOptions, VerifyOptions } from './audit.ts';
import type { DigestOptions } from './digest.ts';
import type { DoctorOptions } from './doctor.ts';
import type { FixOptions } from './fix.ts';
import type { FixesOptions } from './fixes.ts';
import type { IngestOptions } from './ingest.ts';
import type { PostureOptions } from './posture.ts';
import { type ExitCode, UsageError } from './usage.ts';

// A verb's file is loaded when the verb is run: the SDKs and the databases take a second to load, and
// `--help` needs none of them.

/** Runs one command line (`process.argv`) and answers its exit code. */
export async function runCommand(argv: string[]): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const program = commands((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv);
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof ConfigError || error instanceof UsageError || isScenarioError(error)) {
      process.stderr.write(`${error.message}\n`);
      return 2;
    }
    throw error;
  }
}

function commands(done: (code: ExitCode) => void): Command {
  const program = new Command('trailwarden')
    .description(
      'Governs the audit trail of an AWS organization: posture, who did what, and fixes.',
    )
    .exitOverride()
    .addHelpText('after', EXIT_CODES);
  const sandbox = () =>
    new Option('--sandbox', 'against a fresh simulated organization instead of yours');

  program
    .command('posture')
    .description('scan the organization and print findings, coverage, and what was not visible')
    .option('--account <id...>', 'only these accounts (id or name)')
    .option('--ou <ou>', 'only accounts under this OU (id, name or path)')
    .option('--framework <id>', 'by control of a framework, such as pci-dss-4, "cis 3.0" or isms-p')
    .option(
      '--logs <path...>',
      'count what things cost in these log files and folders, not in the archive',
    )
    .option('--fresh', 'read every account anew, also those that Config proves unchanged')
    .option(
      '--all',
      'also what passes, and of each finding what exactly was found, since when, its cost and what to do',
    )
    .option('--language <language>', 'en or ko (default: of the configuration)')
    .option('--json', 'one JSON document')
    .option('--csv', 'one line for each finding, for spreadsheets')
    .option('--html [file]', 'one page with the coverage map, to this file or to stdout')
    .addOption(sandbox())
    .action(async (options: PostureOptions) =>
      done(await (await import('./posture.ts')).posture(options)),
    );

  program
    .command('ask [question]')
    .description('who did what: "who deleted i-0abc?", "i-0abc 누가 지웠어?"')
    .option('--logs <path...>', 'search only these log files and folders; no AWS call is made')
    .option('--now <iso>', 'the moment from which relative times are measured')
    .option('--tz <zone>', 'your time zone, such as Asia/Seoul')
    .option('--json', 'one JSON document')
    .option('--jsonl', 'questions from stdin, one {"id", "question", "now"?, "tz"?} a line')
    .option('--csv', 'every event as one row, for spreadsheets; the answer goes to stderr')
    .option('--exact', 'print the exact form of the question, and search nothing')
    .option('--after <exact>', 'the question before, in exact form: "and last month?" changes it')
    .addHelpText('after', ASK_EXAMPLES)
    .addOption(sandbox())
    .action(async (question: string | undefined, options: AskOptions) =>
      done(await (await import('./ask.ts')).ask(question, options)),
    );

  program
    .command('ingest [places...]')
    .description(
      'load log files into the local archive: paths, s3://bucket/prefix, or what the configuration names',
    )
    .option('--archive <directory>', 'the archive (default: of the configuration)')
    .option('--all', 'list all of a bucket, also what was followed before')
    .option('--json', 'one JSON document')
    .addOption(sandbox())
    .action(async (places: string[], options: IngestOptions) =>
      done(await (await import('./ingest.ts')).ingest(places, options)),
    );

  program
    .command('digest')
    .description("compose today's digest and send it to its channel")
    .option('--channel <id>', 'only this channel')
    .option('--dry-run', 'print it instead of sending it (with --sandbox always)')
    .option('--json', 'print it as one JSON document (with --dry-run)')
    .addOption(sandbox())
    .action(async (options: DigestOptions) =>
      done(await (await import('./digest.ts')).digest(options)),
    );

  program
    .command('fix <finding> [subject]')
    .description(
      'show the plan of a fix (or `fix <fix-id> <arn>`); --request asks for it in Slack, where it is approved',
    )
    .option('--plan', 'show the plan (the default)')
    .option('--request [who]', 'ask for it; with --sandbox in this name: alice, bob, mina, jun')
    .option(
      '--approve <who>',
      'approve it in this name, with --sandbox; twice for class C',
      collect,
    )
    .option('--json', 'the plan as one JSON document')
    .addOption(sandbox())
    .action(async (finding: string, subject: string | undefined, options: FixOptions) =>
      done(
        await (await import('./fix.ts')).fix(finding, { ...options, ...(subject && { subject }) }),
      ),
    );

  program
    .command('fixes')
    .description('list what waits for approval and what was done')
    .option('--json', 'one JSON document')
    .addOption(sandbox())
    .action(async (options: FixesOptions) =>
      done(await (await import('./fixes.ts')).fixes(options)),
    );

  const audit = program
    .command('audit')
    .description('the log of every question and every step of every fix');
  audit
    .command('verify')
    .description('prove that no entry was changed, taken out or put in; exit code 1 where one was')
    .option('--checkpoint <number:hash>', 'also that it is the log of this checkpoint')
    .option('--store <file>', 'the store (default: of the configuration)')
    .option('--json', 'one JSON document')
    .action(async (options: VerifyOptions) =>
      done(await (await import('./audit.ts')).verifyAudit(options)),
    );
  audit
    .command('show')
    .description('print the newest entries')
    .option('--last <count>', 'so many (default: 50)', wholeNumber)
    .option('--since <iso>', 'none that is older')
    .option('--fix <id>', 'only those of one fix')
    .option('--action <action>', 'only those of this kind, such as question or fix-approved')
    .option('--store <file>', 'the store (default: of the configuration)')
    .option('--json', 'one JSON document a line')
    .action(async (options: ShowOptions) =>
      done(await (await import('./audit.ts')).showAudit(options)),
    );

  program
    .command('doctor')
    .description('check configuration, roles, permissions and Slack scopes')
    .option('--json', 'one JSON document')
    .addOption(sandbox())
    .action(async (options: DoctorOptions) =>
      done(await (await import('./doctor.ts')).doctor(options)),
    );

  program
    .command('sandbox')
    .description('a simulated organization and a Slack to open in the browser')
    .option('--terminal', 'the conversation in this terminal instead of the browser')
    .option('--port <port>', 'the port of the page', portNumber)
    .option('--scenario <file>', 'another organization, in the format of src/sandbox/company.yml')
    .action(async (options: SandboxOptions) => {
      const { playSandbox } = await import('../play-sandbox.ts');
      await playSandbox(options);
    });

  helpful(program, 'trailwarden');
  return program;
}

/** What went wrong with a verb is answered by the help of that verb. */
function helpful(command: Command, path: string): void {
  command.showHelpAfterError(`(${path} --help shows what there is)`);
  for (const one of command.commands) helpful(one, `${path} ${one.name()}`);
}

/** Known by name: its module would load the simulator, which most commands do not need. */
function isScenarioError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ScenarioError';
}

/** An option that may be given several times. */
const collect = (one: string, before: string[] = []): string[] => [...before, one];

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new UsageError('--port: expected a number from 1 to 65535, such as 3900');
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0 && number <= 1_000_000) return number;
  throw new UsageError('--last: expected a number from 1 to 1000000, such as 50');
}

const ASK_EXAMPLES = `
Examples:
  trailwarden ask "who deleted instance i-0a1b2c3d4e5f60718?"
  trailwarden ask "지난주에 finance-reports 버킷 정책 누가 바꿨어?" --tz Asia/Seoul
  trailwarden ask "failed console logins in the last 24 hours" --csv > logins.csv
  trailwarden ask "오늘 콘솔 로그인한 사람" --logs ./AWSLogs --json
  trailwarden ask "verb:delete resource:i-0a1b2c3d4e5f60718 since:7d account:prod"
  trailwarden ask "지난달은?" --after "verb:delete resource:i-0a1b2c3d4e5f60718 since:7d"
Exit codes: 0 answered; 1 unclear, not understood or not knowable; 2 bad usage;
3 answered, but not everything could be seen.`;

const EXIT_CODES = `
Exit codes: 0 done; 1 done, with failing findings or an unanswered question;
2 bad usage or configuration; 3 could not see everything that was asked for.`;
