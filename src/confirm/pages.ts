/** What a person sees behind the link, in their language. */
import type { FixRecord } from '../core/fixes/fix.ts';
import { html, type Markup } from '../core/markup.ts';
import type { Bilingual, Language } from '../core/reader.ts';

export type PageKind =
  | 'unknown-link'
  | 'expired-link'
  | 'not-open'
  | 'somebody-else'
  | 'refused'
  | 'lost-track'
  | 'unreachable'
  | 'taken'
  | 'no-such-page';

/** A page that only says something. `because` may come from the provider. */
export function notice(kind: PageKind, language: Language, because?: string): Markup {
  const said = because === undefined ? null : html`<p><code>${because}</code></p>`;
  return page(
    language,
    html`<h1>${TITLE[kind][language]}</h1><p>${TEXT[kind][language]}</p>${said}`,
  );
}

/** What is about to be confirmed, and the button that does it. */
export function consentPage(
  { id, plan, planHash, requestedBy }: FixRecord,
  { reason, email, consent }: { reason: string | null; email: string; consent: string },
  language: Language,
): Markup {
  const words = CONSENT[language];
  const row = (label: string, value: string) => html`<dt>${label}</dt><dd>${value}</dd>`;
  // A plan over several holds the calls of all its parts, each with its place.
  const calls = plan.calls.map(({ api, parameters, at = plan }) =>
    row(`${api} · ${at.account} ${at.region}`, JSON.stringify(parameters)),
  );
  return page(
    language,
    html`<h1>${words.title}</h1>
<dl>${[
      row(words.fix, `${plan.fix} (${words.riskClass} ${plan.riskClass})`),
      row(words.where, `${plan.account} ${plan.region}`),
      row(words.resource, plan.resource),
      row(words.feels, plan.blast.feels[language]),
      ...(plan.blast.irreversible
        ? [row(words.irreversible, plan.blast.irreversible[language])]
        : []),
      row(words.requestedBy, requestedBy.email ?? requestedBy.name),
      ...(reason === null ? [] : [row(words.reason, reason)]),
      row(words.you, email),
      row(words.hash, `${id} · ${planHash}`),
    ]}</dl>
<details><summary>${words.calls(calls.length)}</summary><dl>${calls}</dl></details>
<form method="post" action="confirm"><input type="hidden" name="consent" value="${consent}"><button>${words.button}</button></form>
<p>${words.otherwise}</p>`,
  );
}

/** The one style that the pages have, and that their policy allows by its hash. */
export const STYLE = `body{font:16px/1.5 system-ui,sans-serif;margin:3rem auto;max-width:44rem;padding:0 1rem;color:#1d1c1d}
dt{font-weight:600;margin-top:.6rem}dd{margin:0;overflow-wrap:anywhere}button{font:inherit;padding:.6rem 1.4rem;margin:1.4rem 0;background:#007a5a;color:#fff;border:0;border-radius:4px}
code{overflow-wrap:anywhere}`;

function page(language: Language, body: Markup): Markup {
  const style = { markup: `<style>${STYLE}</style>` };
  return html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Trailwarden</title>${style}</head><body>${body}</body></html>`;
}

const CONSENT = {
  en: {
    title: 'Confirm this fix',
    fix: 'Fix',
    riskClass: 'class',
    where: 'Account and region',
    resource: 'What is changed',
    feels: 'What changes for whom',
    irreversible: 'No full way back',
    requestedBy: 'Asked for by',
    reason: 'Your reason',
    you: 'You are signed in as',
    hash: 'Request and hash of the plan',
    calls: (count: number) => `The exact calls (${count})`,
    button: 'Approve exactly this',
    otherwise: 'Close this page to leave it undecided. To decline, use the message in Slack.',
  },
  ko: {
    title: '이 조치를 확인해 주세요',
    fix: '조치',
    riskClass: '등급',
    where: '계정과 리전',
    resource: '변경 대상',
    feels: '영향',
    irreversible: '완전히 되돌릴 수 없음',
    requestedBy: '요청한 사람',
    reason: '승인 사유',
    you: '로그인한 계정',
    hash: '요청과 계획의 해시',
    calls: (count: number) => `실제 호출 (${count}건)`,
    button: '이 내용 그대로 승인',
    otherwise: '결정하지 않으려면 이 페이지를 닫으세요. 거절은 Slack 메시지에서 할 수 있습니다.',
  },
};

const TITLE: { [kind in PageKind]: Bilingual } = {
  'unknown-link': { en: 'This link is not known', ko: '알 수 없는 링크입니다' },
  'expired-link': { en: 'This link has expired', ko: '만료된 링크입니다' },
  'not-open': { en: 'There is nothing to confirm any more', ko: '더 이상 확인할 것이 없습니다' },
  'somebody-else': { en: 'This link is for somebody else', ko: '다른 사람의 링크입니다' },
  refused: { en: 'The sign-in does not do', ko: '로그인이 인정되지 않았습니다' },
  'lost-track': { en: 'The sign-in was begun elsewhere', ko: '다른 곳에서 시작된 로그인입니다' },
  unreachable: { en: 'Nobody could be signed in', ko: '로그인할 수 없었습니다' },
  taken: { en: 'Your approval was taken', ko: '승인을 접수했습니다' },
  'no-such-page': { en: 'There is no such page', ko: '없는 페이지입니다' },
};

const TEXT: { [kind in PageKind]: Bilingual } = {
  'unknown-link': {
    en: 'It was used already, it was changed on its way, or the bot was restarted. Nothing was approved. Press Approve in Slack again.',
    ko: '이미 사용했거나, 내용이 바뀌었거나, 봇이 다시 시작되었습니다. 아무것도 승인하지 않았습니다. Slack에서 승인을 다시 눌러 주세요.',
  },
  'expired-link': {
    en: 'Nothing was approved. Press Approve in Slack again.',
    ko: '아무것도 승인하지 않았습니다. Slack에서 승인을 다시 눌러 주세요.',
  },
  'not-open': {
    en: 'The request was decided, has expired, or its plan is another one now. Nothing was approved. The message in Slack says what became of it.',
    ko: '이미 결정되었거나, 만료되었거나, 계획이 달라졌습니다. 아무것도 승인하지 않았습니다. 결과는 Slack 메시지에서 볼 수 있습니다.',
  },
  'somebody-else': {
    en: 'You signed in with another e-mail address than the one that Slack has of whoever pressed Approve. Nothing was approved.',
    ko: 'Slack에서 승인을 누른 사람과 로그인한 이메일 주소가 다릅니다. 아무것도 승인하지 않았습니다.',
  },
  refused: { en: 'Nothing was approved.', ko: '아무것도 승인하지 않았습니다.' },
  'lost-track': {
    en: 'Nothing was approved. Open the link from Slack again, and go on in the same browser.',
    ko: '아무것도 승인하지 않았습니다. Slack의 링크를 다시 열고 같은 브라우저에서 계속해 주세요.',
  },
  unreachable: {
    en: 'The sign-in of the organization did not answer as it should. Nothing was approved. Try again later.',
    ko: '회사 로그인이 제대로 응답하지 않았습니다. 아무것도 승인하지 않았습니다. 잠시 후 다시 시도해 주세요.',
  },
  taken: {
    en: 'What becomes of it is told in Slack: in the message of the fix, or to you alone where it does not count.',
    ko: '결과는 Slack에서 알려 드립니다. 조치 메시지에 표시되며, 인정되지 않으면 본인에게만 알립니다.',
  },
  'no-such-page': {
    en: 'Links that confirm an approval come from Slack.',
    ko: '승인을 확인하는 링크는 Slack에서 받을 수 있습니다.',
  },
};
