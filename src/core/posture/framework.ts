import { z } from 'zod';
import type { Finding, Scan, Status } from './finding.ts';

const Text = z.strictObject({ en: z.string().min(1), ko: z.string().min(1) });
type Text = z.infer<typeof Text>;

/** The checks that serve a control, each with who says so: names of the file's `mappedBy`. */
const Checks = z.record(z.string(), z.array(z.string()).min(1));

/**
 * One file of `policies/frameworks/`; this schema is its whole grammar. A framework of which several
 * versions are in use lists them, oldest first, and each control says what it is called in which.
 */
const FrameworkFile = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9.-]+$/),
    /** What findings call it (`controls` of `posture --json`). */
    key: z.string().min(1),
    title: Text,
    /** What else people call it. */
    aliases: z.array(z.string().min(1)).default([]),
    /** What a reader of a report by this framework must know. */
    note: Text.optional(),
    versions: z.array(z.string()).min(1).optional(),
    mappedBy: z.record(z.string(), Text),
    controls: z
      .array(
        z.strictObject({
          /** Of a framework with versions: by version, or by the first and last (`1.4 - 2.0`). */
          id: z.union([z.string().min(1), z.record(z.string(), z.string().min(1))]),
          /** Our own words: the texts of most frameworks are licensed. */
          title: Text,
          checks: Checks,
        }),
      )
      .min(1),
  })
  .superRefine((file, context) => {
    const refuse = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    file.controls.forEach(({ id, checks }, index) => {
      const path = ['controls', index];
      if ((typeof id === 'string') === (file.versions !== undefined))
        refuse([...path, 'id'], 'an id for each version, where there are versions; else one id');
      for (const range of typeof id === 'string' ? [] : Object.keys(id))
        if (versionsIn(range, file.versions ?? []).length === 0)
          refuse([...path, 'id'], `\`${range}\` is none of ${file.versions?.join(', ')}`);
      for (const [check, sources] of Object.entries(checks))
        for (const source of sources)
          if (!(source in file.mappedBy))
            refuse([...path, 'checks', check], `\`mappedBy\` does not name \`${source}\``);
    });
    for (const { key, controls } of expanded(file)) {
      const ids = controls.map(({ id }) => id);
      const doubled = ids.find((id, index) => ids.indexOf(id) !== index);
      if (doubled !== undefined) refuse(['controls'], `${key} has the control ${doubled} twice`);
    }
  });

/** A parsed file, as the frameworks that it holds: one, or one for each version. */
export const Frameworks = FrameworkFile.transform(expanded);

/** One framework, with the controls that a check of ours speaks of. The others are not claimed. */
export type Framework = {
  id: string;
  key: string;
  aliases: string[];
  title: Text;
  note: Text | null;
  /** Whose mapping it is; the sources of each control's mapping are names of this. */
  mappedBy: { [source: string]: Text };
  controls: Control[];
};
export type Control = { id: string; title: Text; checks: { [check: string]: string[] } };

type File = z.output<typeof FrameworkFile>;

function expanded({ versions, controls, note, ...file }: File): Framework[] {
  const whole = { ...file, note: note ?? null };
  if (!versions)
    return [
      { ...whole, controls: controls.map((control) => ({ ...control, id: `${control.id}` })) },
    ];
  return versions.map((version) => ({
    ...whole,
    id: `${file.id}-${version}`,
    key: `${file.key} ${version}`,
    title: { en: `${file.title.en} ${version}`, ko: `${file.title.ko} ${version}` },
    // The bare name means the newest.
    aliases: [file.id, file.key, ...file.aliases].flatMap((name) => [
      ...[version, version.replace(/\.0$/, ''), `v${version}`].map((one) => `${name} ${one}`),
      ...(version === versions.at(-1) ? [name] : []),
    ]),
    controls: controls.flatMap(({ id, ...control }) => {
      const range = Object.entries(id).find(([range]) =>
        versionsIn(range, versions).includes(version),
      );
      return range ? [{ ...control, id: range[1] }] : [];
    }),
  }));
}

/** `1.4 - 2.0` among all versions; nothing where a version is unknown. */
function versionsIn(range: string, versions: string[]): string[] {
  const [first = '', last = first] = range.split(' - ');
  const [from, to] = [versions.indexOf(first), versions.indexOf(last)];
  return from < 0 || to < from ? [] : versions.slice(from, to + 1);
}

/** The `controls` of a finding of this check: ids of controls by the framework's key. */
export function controlsOf(check: string, frameworks: Framework[]): Finding['controls'] {
  const controls: Finding['controls'] = {};
  for (const { key, controls: all } of frameworks) {
    const ids = all.filter(({ checks }) => check in checks).map(({ id }) => id);
    if (ids.length > 0) controls[key] = ids;
  }
  return controls;
}

/** The framework that somebody means by its id, its key or another name: `pci`, `CIS 3.0`, `isms-p`. */
export function findFramework(words: string, frameworks: Framework[]): Framework | undefined {
  const wanted = bare(words);
  return frameworks.find(({ id, key, aliases }) =>
    [id, key, ...aliases].some((name) => bare(name) === wanted),
  );
}

/** Letters, digits and dots, so that `ISMS-P`, `isms p` and `ismsp` are one. */
function bare(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}.]/gu, '');
}

export type JudgedControl = {
  control: Control;
  /** All findings of its checks, in the order of the scan: worst first. */
  findings: Finding[];
  /** Null: this scan judged none of its checks. An accepted fault is as wrong as any. */
  worst: Status | null;
};

/**
 * Every control that a check speaks of, in the order of the framework, with what the scan says of it. Of an
 * account whose trails could not be asked for, nobody knows what is around them: a control of those is not
 * met by what was seen of the others, and that finding stands with it.
 */
export function byControl(
  { findings, coverage }: Pick<Scan, 'findings' | 'coverage'>,
  { controls }: Framework,
): JudgedControl[] {
  const unread = unreadTrails(findings, coverage);
  return controls.map(({ checks, ...control }) => {
    const own = findings.filter(({ check }) => check in checks);
    const open = Object.keys(checks).some((check) => OF_SEEN_TRAILS.has(check)) ? unread : [];
    const its = own.length > 0 ? [...own, ...open.filter(({ check }) => !(check in checks))] : own;
    const worst = WORST_FIRST.find((status) => its.some((finding) => finding.status === status));
    return { control: { checks, ...control }, findings: its, worst: worst ?? null };
  });
}

/** What says that the trails of an account are unseen: its record is open, and it is not on the coverage map. */
function unreadTrails(findings: Finding[], coverage: Scan['coverage']): Finding[] {
  const open = findings.filter(
    ({ check, status }) => check === 'trail-logging' && OPEN.includes(status),
  );
  if (open.length === 0) return [];
  const mapped = new Set(coverage.map(({ account }) => account));
  return open.filter(({ subject, owner }) => subject === owner && !mapped.has(subject));
}

const OPEN: Status[] = ['ERROR', 'NOT_VISIBLE'];

/** The checks whose subjects are trails that an account sees, and what those deliver to: without them there is no finding. */
export const OF_SEEN_TRAILS: ReadonlySet<string> = new Set([
  'alarms-for-sensitive-calls',
  'data-events-feedback-loop',
  'log-archive-account',
  'log-bucket-access-logging',
  'log-bucket-immutable',
  'log-bucket-lifecycle',
  'log-bucket-mfa-delete',
  'log-bucket-not-public',
  'log-bucket-object-lock',
  'log-bucket-policy',
  'log-bucket-versioning',
  'log-group-retention',
  'trail-cloudwatch-logs',
  'trail-delivery',
  'trail-duplicates',
  'trail-kms-encryption',
  'trail-kms-key-usable',
  'trail-log-file-validation',
  'trail-notifications',
  'trail-tags',
]);

const WORST_FIRST: Status[] = ['FAIL', 'ERROR', 'NOT_VISIBLE', 'PASS', 'NOT_APPLICABLE'];
