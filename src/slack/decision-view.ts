/** The windows in which somebody says why: for a yes, for a no, and for a risk that is accepted instead. */
import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { Line } from '../core/prose.ts';
import type { ReplyTo } from '../core/request.ts';
import type { Telling } from '../core/telling.ts';
import { Decision } from './actions.ts';
import { said, titled } from './messages/findings.ts';
import { callsBlock, planBlocks } from './messages/fix-plan.ts';
import { view } from './modal.ts';
import { heading, label, note, paragraph } from './render.ts';

/** What a window is called when it is sent, and the job that it asks for. */
export const WINDOWS = {
  approve: 'approve-fix',
  decline: 'decline-fix',
  accept: 'accept-risk',
} as const;

/** The inputs of the windows; block and action are called alike. */
export const INPUTS = { reason: 'reason', owner: 'owner', expires: 'expires' } as const;

/** Where the message stands that asked for the window, and in whose words. */
const Place = {
  channel: z.string().max(40),
  ts: z.string().max(40).optional(),
  threadTs: z.string().max(40).optional(),
};
/** What a window of a decision carries, and one of an accepted risk. */
export const DecisionCarried = z.strictObject({ ...Decision.shape, ...Place });
export const AcceptanceCarried = z.strictObject({ finding: z.string().min(1).max(120), ...Place });

/** What is decided on, exactly, and why: required where the class wants a reason. */
export function decisionView(
  told: Extract<Telling, { kind: 'decision' }>,
  reader: ReplyTo,
): ModalView {
  const words = WORDS[reader.language];
  const { fix, decision } = told;
  const { riskClass } = fix.plan;
  const approving = decision === 'approve';
  const blocks: KnownBlock[] = [
    ...(approving ? [paragraph('bound', [[words.bound]], reader)] : []),
    ...planBlocks(told, reader),
    ...(approving ? [callsBlock(fix, reader)] : []),
    reasonInput(approving ? words.why[riskClass] : words.whyNot, reader, {
      optional: !approving || riskClass === 'A',
    }),
    note('hash', [[words.plan, { quote: fix.planHash.slice(0, 12) }]], reader),
  ];
  const carried: z.infer<typeof DecisionCarried> = {
    fix: fix.id,
    planHash: fix.planHash,
    reader: plainReader(reader.messageReader ?? reader),
    ...placeOf(reader),
  };
  const { title, submit } = words[decision];
  return asking(WINDOWS[decision], title, submit, blocks, carried, reader);
}

/** What is accepted, and the three things that an exception must say. */
export function acceptanceView(
  { finding }: Extract<Telling, { kind: 'acceptance' }>,
  reader: ReplyTo,
): ModalView {
  const words = WORDS[reader.language];
  const wrong: Line = [{ strong: titled(finding, reader) }, ' · ', { quote: finding.subject }];
  const input = (name: 'owner' | 'expires', text: string, element: InputBlock['element']) =>
    ({ type: 'input', block_id: INPUTS[name], label: plainText(text), element }) as const;
  const carried: z.infer<typeof AcceptanceCarried> = { finding: finding.id, ...placeOf(reader) };
  return asking(
    WINDOWS.accept,
    words.accept.title,
    words.accept.submit,
    [
      heading('title', words.accept.heading),
      paragraph('wrong', [wrong, [said(finding, reader).detail], [words.stays]], reader),
      reasonInput(words.whyAccept, reader, { optional: false }),
      input('owner', words.owner, {
        type: 'plain_text_input',
        action_id: INPUTS.owner,
        max_length: 100,
      }),
      input('expires', words.expires, { type: 'datepicker', action_id: INPUTS.expires }),
      note('approved', [[words.approved]], reader),
    ],
    carried,
    reader,
  );
}

function reasonInput(
  text: string,
  reader: ReplyTo,
  { optional }: { optional: boolean },
): InputBlock {
  return {
    type: 'input',
    block_id: INPUTS.reason,
    optional,
    label: plainText(text),
    hint: plainText(WORDS[reader.language].kept),
    element: {
      type: 'plain_text_input',
      action_id: INPUTS.reason,
      multiline: true,
      max_length: 500,
    },
  };
}

function asking(
  callback: string,
  title: string,
  submit: string,
  blocks: KnownBlock[],
  carried: object,
  reader: ReplyTo,
): ModalView {
  return {
    ...view(title, WORDS[reader.language].close, blocks),
    callback_id: callback,
    submit: { type: 'plain_text', text: label(submit, 24) },
    private_metadata: JSON.stringify(carried),
  };
}

function placeOf({ channel, messageTs, threadTs }: ReplyTo) {
  return { channel, ...(messageTs && { ts: messageTs }), ...(threadTs && { threadTs }) };
}

const plainReader = ({ language, timeZone }: Pick<ReplyTo, 'language' | 'timeZone'>) => ({
  language,
  timeZone,
});

const plainText = (words: string) => ({ type: 'plain_text', text: label(words, 150) }) as const;

const WORDS = {
  en: {
    approve: { title: 'Approve a fix', submit: 'Approve' },
    decline: { title: 'Decline a fix', submit: 'Decline' },
    accept: {
      title: 'Accept a risk',
      submit: 'Ask for approval',
      heading: 'Accept this risk for a time?',
    },
    close: 'Cancel',
    bound:
      'Your approval counts for exactly this. It is read again before, verified after, and recorded under your name.',
    plan: 'Only you see this window · plan ',
    why: {
      A: 'Reason (optional)',
      B: 'Reason (needed for class B)',
      C: 'Reason (needed for class C)',
    },
    whyNot: 'Why not?',
    whyAccept: 'Why may it stay as it is?',
    owner: 'Who answers for it: a person or a team',
    expires: 'Until which day, at the latest',
    kept: 'It stands in the message and in the audit log.',
    stays:
      'It stays wrong, and is shown as accepted wherever findings are shown. Nothing is changed in AWS.',
    approved: 'Somebody else has to approve it first.',
  },
  ko: {
    approve: { title: '수정 승인', submit: '승인' },
    decline: { title: '수정 거절', submit: '거절' },
    accept: {
      title: '위험 수용',
      submit: '승인 요청',
      heading: '이 위험을 한시적으로 수용할까요?',
    },
    close: '취소',
    bound:
      '표시된 내용에만 승인이 적용됩니다. 변경 전에 다시 읽고, 변경 후에 확인하며, 승인자 이름으로 기록합니다.',
    plan: '이 창은 본인에게만 보입니다 · 계획 ',
    why: { A: '사유 (선택)', B: '사유 (B등급은 필수)', C: '사유 (C등급은 필수)' },
    whyNot: '거절하는 이유',
    whyAccept: '그대로 두어도 되는 이유',
    owner: '책임자 또는 책임 팀',
    expires: '늦어도 언제까지',
    kept: '메시지와 감사 로그에 남습니다.',
    stays:
      '문제는 그대로 남고, 항목이 표시되는 모든 곳에 수용됨으로 표시됩니다. AWS에서는 아무것도 바뀌지 않습니다.',
    approved: '먼저 다른 사람이 승인해야 합니다.',
  },
};
