import { accessSync, constants, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Framework, findFramework } from '../core/posture/framework.ts';
import { harmless } from '../core/prose.ts';
import type { Language } from '../core/reader.ts';
import { reportOf } from '../core/report/report.ts';
import { exitCodeOf } from '../jobs/scan-posture.ts';
import { frameworks } from '../policies.ts';
import { drawn, sheetOf } from '../terminal/ink.ts';
import { postureCsv } from '../terminal/posture/csv.ts';
import { postureJson } from '../terminal/posture/json.ts';
import { posturePage } from '../terminal/posture/page.ts';
import { postureTable } from '../terminal/posture/table.ts';
import { progressBar } from '../terminal/progress.ts';
import type { Trailwarden } from '../wire.ts';
import { inTrailwarden, print } from './stage.ts';
import { type ExitCode, UsageError } from './usage.ts';

export type PostureOptions = {
  account?: string[];
  ou?: string;
  framework?: string;
  /** Log files and folders, to count what things cost. */
  logs?: string[];
  fresh?: boolean;
  all?: boolean;
  language?: string;
  json?: boolean;
  csv?: boolean;
  /** The file to write; true: on stdout. */
  html?: string | true;
  sandbox?: boolean;
};

/** Scans, and prints what a person reads in ten seconds, or a document for other programs and readers. */
export function posture(options: PostureOptions): Promise<ExitCode> {
  const wanted = [options.json, options.csv, options.html].filter(Boolean);
  if (wanted.length > 1)
    throw new UsageError('One of --json, --csv and --html: there is one document at a time.');
  const framework = frameworkOf(options.framework);
  const language = languageOf(options.language);
  // A scan takes minutes: that its report has nowhere to go is said before.
  if (typeof options.html === 'string') accessible(options.html);
  return inTrailwarden(options, (trailwarden) =>
    scanned(options, { framework, language }, trailwarden),
  );
}

function frameworkOf(words: string | undefined): Framework | null {
  if (words === undefined) return null;
  const found = findFramework(words, frameworks());
  if (found) return found;
  const ids = frameworks().map(({ id }) => id);
  throw new UsageError(
    `There is no framework ${JSON.stringify(harmless(words))}; there are ${ids.join(', ')}.`,
  );
}

function languageOf(words: string | undefined): Language | null {
  if (words === undefined || words === 'en' || words === 'ko') return words ?? null;
  throw new UsageError('--language: expected en or ko');
}

async function scanned(
  options: PostureOptions,
  asked: { framework: Framework | null; language: Language | null },
  trailwarden: Trailwarden,
): Promise<ExitCode> {
  const said = {
    ...(options.account && { accounts: options.account }),
    ...(options.ou && { ou: options.ou }),
  };
  const found = await trailwarden.find(said);
  if ('unknown' in found) {
    const { accounts, units } = found.instead;
    const alike = [...accounts.slice(0, 3), ...units.slice(0, 3)].map((name) => harmless(name, 60));
    throw new UsageError(
      `No account and no OU of this organization is called ${JSON.stringify(harmless(found.unknown))}: an id, a name, or the path of an OU is meant, such as ${alike.join(', ')}.`,
    );
  }
  if ('unseen' in found) {
    const reason = harmless(found.unseen, 400);
    process.stderr.write(`The accounts of the organization could not be listed: ${reason}\n`);
    return 3;
  }
  const language = asked.language ?? trailwarden.config.language;
  const bar = progressBar('accounts');
  const listed = (accounts: number) => {
    if (accounts % A_PAGE === 0) bar.say(LISTED[language](accounts));
  };
  const scanning = { logs: options.logs ?? [], fresh: options.fresh ?? false, listed };
  const scan = await trailwarden.scan(found.scope, bar.show, scanning).finally(bar.stop);
  const { config } = trailwarden;
  const wanted = {
    language,
    timeZone: config.timeZone,
    framework: asked.framework,
    all: options.all ?? false,
  };
  if (options.json) await printed(postureJson(scan, wanted.framework));
  else if (options.csv) await printed(postureCsv(scan, wanted.language));
  else if (options.html !== undefined) write(posturePage(reportOf(scan), wanted), options.html);
  else {
    const sheet = sheetOf(process.stdout);
    print(drawn(postureTable(reportOf(scan), wanted, sheet), sheet));
  }
  return exitCodeOf(scan);
}

/** Organizations lists so many accounts at a time: more often there is nothing new to say. */
const A_PAGE = 20;

const LISTED = {
  en: (accounts: number) =>
    `listing the organization: ${accounts.toLocaleString('en')} accounts so far`,
  ko: (accounts: number) =>
    `조직의 계정 목록을 읽는 중: 지금까지 ${accounts.toLocaleString('en')}개`,
};

/** On stdout as fast as its reader takes it: nothing piles up in memory. */
async function printed(pieces: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(pieces), process.stdout, { end: false });
}

/** To the file that was named, saying so on stderr, or to stdout. */
function write(page: string, file: string | true): void {
  if (file === true) {
    process.stdout.write(page);
    return;
  }
  orUnwritable(file, () => writeFileSync(file, page));
  process.stderr.write(`Written to ${file}\n`);
}

function accessible(file: string): void {
  orUnwritable(file, () => accessSync(dirname(resolve(file)), constants.W_OK));
}

function orUnwritable(file: string, attempt: () => void): void {
  try {
    attempt();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new UsageError(`--html: ${file} could not be written (${code})`);
  }
}
