/** What the audit log says of itself, for the terminal. */
import type { AuditEntry, Broken, ChainVerdict, Checkpoint } from '../core/audit.ts';
import { clock, harmless, type Line, type Prose } from '../core/prose.ts';

/** Whether the chain holds, and what that proves. */
export function verdictProse(
  verdict: ChainVerdict,
  { checkpoint, head }: { checkpoint: Checkpoint | undefined; head: Checkpoint | undefined },
): Prose {
  if (!verdict.ok) {
    return [
      [{ strong: `Broken at entry ${verdict.brokenAt}: ` }, WRONG[verdict.why], '.'],
      [
        verdict.brokenAt > 1
          ? `The entries before it hold: 1 to ${verdict.brokenAt - 1}. `
          : 'Nothing before it holds. ',
        'Keep the file as evidence, and compare it with a backup from before.',
      ],
    ];
  }
  const whole: Line = [
    { strong: `${verdict.entries} ${verdict.entries === 1 ? 'entry' : 'entries'}, none broken: ` },
    'each is what its hash says and follows from the one before.',
  ];
  if (checkpoint) {
    return [
      whole,
      [
        `The checkpoint ${checkpoint.seq}:${checkpoint.hash.slice(0, 12)}… is in it: entries 1 to ${checkpoint.seq} are the ones that were there when it was taken. `,
        'For what came later, the same is proved by a later checkpoint.',
      ],
    ];
  }
  return [
    whole,
    [
      'This alone does not prove that the whole file was not written anew by somebody who can write it. A checkpoint from outside does, such as the ones that are posted in Slack every day: --checkpoint <number>:<hash>.',
    ],
    ...(head ? [[`Checkpoint of now: ${head.seq}:${head.hash}`]] : []),
  ];
}

const WRONG: { [why in Broken['why']]: string } = {
  altered: 'its text is not the one that its hash was made of',
  unlinked: 'it does not follow from the entry before it',
  missing: 'it is not there, or another one stands in its place',
  'cut-off': 'the log was longer, and its end is missing',
  'not-noted': 'it was put behind the end of the log',
  'not-the-checkpoint':
    'it is not the entry of which the checkpoint was taken: the log was written anew',
};

/** Entries, one after the other: number, time, who, what. */
export function entriesProse(entries: AuditEntry[], timeZone: string): Prose {
  return entries.map(({ seq, at, actor, action, details }) => [
    `${seq}  ${clock(at, timeZone)}  `,
    { strong: action },
    '  ',
    { quote: called(actor), max: 80 },
    '  ',
    { quote: harmless(JSON.stringify(details), 600), max: 600 },
  ]);
}

function called(actor: AuditEntry['actor']): string {
  if (actor === 'trailwarden') return actor;
  if ('terminal' in actor) return `${actor.terminal} (terminal)`;
  return actor.email ?? `${actor.name} (${actor.slackId})`;
}
