/**
 * One request to change something, from the proposal to its end. The same message is rewritten at every
 * step, so that the channel holds one true account of it.
 */
import type { KnownBlock } from '@slack/types';
import { consoleLink } from '../../core/console-link.ts';
import { ACCEPT_RISK } from '../../core/fixes/accept-risk.ts';
import { valid } from '../../core/fixes/approval.ts';
import type { FixRecord, Member } from '../../core/fixes/fix.ts';
import { canTakeSomeBack } from '../../core/fixes/way-back-of-some.ts';
import type { Line, Prose, Span } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import { ACTIONS, carried, LINKS, writeDecision } from '../actions.ts';
import { type ButtonWords, buttons } from '../buttons.ts';
import { fitted, type Message } from '../fit.ts';
import { heading, note, paragraph, sentence } from '../render.ts';
import { simulatedLine } from '../words.ts';
import {
  aboutLine,
  callsBlock,
  changes,
  planBlocks,
  type ToldPlan,
  tense,
  titleOf,
  wrongLines,
} from './fix-plan.ts';
import { stateMark, stateWords } from './fix-states.ts';
import { outcomeLines, story } from './fix-story.ts';
import { chaptersOf } from './fix-thread.ts';
import { FIX_WORDS, type FixWords } from './fix-words.ts';
import { snoozeMenu } from './instead-of-fix.ts';

export type ToldFix = ToldPlan & { approvers: string; simulated?: boolean };

export function fixMessage(told: ToldFix, reader: Reader): Message {
  const { fix, simulated, approvers } = told;
  const words = FIX_WORDS[reader.language];
  const title = titleOf(fix.plan, words);
  const status = `${stateMark(fix.state)} ${stateOf(fix, reader)}`;
  const message = fitted(
    {
      text: summary(told, `${title}: ${status}. `, reader),
      head: [
        heading('title', title),
        paragraph('status', [[{ strong: status }]], reader),
        ...(simulated ? [note('simulated', [simulatedLine(reader.language)], reader)] : []),
        ...planBlocks(told, reader),
      ],
      items: [[callsBlock(fix, reader)]],
      tail: [
        paragraph('story', story(fix, approvers, reader), reader),
        ...choices(told, reader),
        note('ids', [idsLine(fix, words)], reader),
      ],
      more: () => [words.thread.calls],
    },
    reader,
  );
  return { ...message, thread: chaptersOf(fix, reader).flatMap(({ replies }) => replies) };
}

/**
 * What screen readers hear: what it is, whose it is, what it changes, how it ended. In the tense of the
 * state, as the message itself. Names, because ids cannot be heard.
 */
function summary(told: ToldFix, opening: string, reader: Reader): Prose {
  const { fix, account } = told;
  const words = FIX_WORDS[reader.language];
  const what = wrongLines(told, reader).flat();
  const changed = changes(fix.plan, reader)
    .slice(0, 4)
    .flatMap((line, at): Line => (at > 0 ? ['; ', ...line] : line));
  const people: Line = [...words.asked(named(fix.requestedBy))];
  for (const { by } of fix.approvals.slice(0, APPROVALS))
    people.push(', ', ...words.said(named(by)));
  if (fix.declinedBy) people.push(', ', ...words.refused(named(fix.declinedBy)));
  if (fix.state === 'proposed') people.push('. ', words.expires, { at: fix.expiresAt });
  const end = fix.outcome ? outcomeLines(fix.outcome, reader) : [];
  return [
    [opening, ...what],
    [...aboutLine(fix.plan, words, account), '.'],
    [words.changes[tense(fix)], ': ', ...changed, '.'],
    [...people, '.'],
    ...end.slice(0, 2),
  ];
}

/** More than two are needed of nobody. */
const APPROVALS = 4;

const named = (member: Member): Span => ({ quote: member.name, max: 60 });

/** Nothing can be pressed that could not work: what is decided has no buttons any more. */
function choices({ fix, finding }: ToldFix, reader: Reader): KnownBlock[] {
  const words = FIX_WORDS[reader.language];
  const about = sentence(fix.plan.resource, 60);
  const spoken = (label: string) => `${label} ${about}`;
  if (fix.state === 'proposed') {
    const decision = writeDecision({ fix: fix.id, planHash: fix.planHash, reader });
    const sleeps = finding && fix.plan.direction === 'forward' && fix.plan.fix !== ACCEPT_RISK;
    return [
      buttons('decide', [
        {
          actionId: ACTIONS.approveFix,
          value: decision,
          label: words.approve,
          spoken: spoken(words.approve),
          style: 'primary',
        },
        {
          actionId: ACTIONS.declineFix,
          value: decision,
          label: words.decline,
          spoken: spoken(words.decline),
        },
        ...(sleeps ? [snoozeMenu(finding.id, reader)] : []),
        ...consoleButton(fix, words),
      ]),
    ];
  }
  const back: ButtonWords = {
    actionId: ACTIONS.requestWayBack,
    value: carried(fix.id),
    label: words.wayBack,
    spoken: spoken(words.wayBack),
  };
  const shown = [
    ...(undoable(fix) ? [back] : []),
    ...(fix.finishedAt ? consoleButton(fix, words) : []),
  ];
  return shown.length > 0 ? [buttons('undo', shown)] : [];
}

/** Only what was changed can be taken back, and only where there is a way. */
function undoable(fix: FixRecord): boolean {
  const { state, outcome, plan } = fix;
  if (canTakeSomeBack(fix)) return true;
  if (state !== 'applied' || outcome?.kind !== 'applied' || plan.direction === 'back') return false;
  if (plan.fix === ACCEPT_RISK) return true;
  return (plan.parts ?? [plan]).some(({ wayBack }) => wayBack.length > 0);
}

function consoleButton({ plan }: FixRecord, words: FixWords): ButtonWords[] {
  const { resource, region } = plan.parts?.[0] ?? plan;
  const url = consoleLink(resource, region);
  if (url === null) return [];
  const spoken = `${words.console}: ${sentence(resource, 60)}`;
  return [{ actionId: LINKS.openConsole, url, label: words.console, spoken }];
}

function stateOf(fix: FixRecord, reader: Reader): string {
  const words = FIX_WORDS[reader.language];
  if (fix.outcome?.kind === 'already-sound') return words.alreadySoundState;
  if (fix.outcome?.kind === 'not-visible') return words.notVisibleState;
  const state = stateWords(fix.state, reader.language);
  if (fix.state !== 'proposed' || fix.needed < 2) return state;
  return `${state} · ${words.given(valid(fix).length, fix.needed)}`;
}

function idsLine(fix: FixRecord, words: FixWords): Line {
  const { finding, riskClass } = fix.plan;
  return [
    words.request,
    { quote: fix.id, max: 60 },
    ...(finding ? [' · ', words.finding, { quote: finding, max: 60 }] : []),
    ` · ${words.risk(riskClass)} · `,
    words.plan,
    { quote: fix.planHash.slice(0, 12) },
  ];
}
