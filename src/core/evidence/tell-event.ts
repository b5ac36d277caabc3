import type { Line, Prose, Span } from '../prose.ts';
import type { AnswerEvent } from './answer.ts';
import { namesIn } from './identifiers.ts';
import { listed, PROOF, PROOF_SAYS, SUBJECT, spaced, VIA } from './tell-words.ts';

/**
 * Like events of one person, told as one: what was done to what, when, where and how, how well it is
 * proven, what the call said, and the event id to look it up by. Newest first in `group`; `copies` are
 * what other accounts recorded of the same calls.
 */
export function tellGroup(group: AnswerEvent[], copies: AnswerEvent[], ko: boolean): Prose {
  const [newest] = group;
  if (!newest) return [];
  const oldest = group.at(-1) ?? newest;
  const times: Line =
    newest.eventTime === null
      ? [ko ? '시각 없음' : 'no time recorded']
      : oldest.eventTime === newest.eventTime || oldest.eventTime === null
        ? [{ at: newest.eventTime }]
        : [{ at: oldest.eventTime }, ' – ', { at: newest.eventTime }];
  const where: Line = [
    ...times,
    ko ? ' · 계정 ' : ' · account ',
    { quote: newest.account || '?' },
    ' · ',
    { quote: newest.region || '?' },
    ` · ${VIA[newest.via][ko ? 'ko' : 'en']}`,
    ...(newest.sourceIPAddress
      ? [ko ? ' · 주소 ' : ' · address ', { quote: newest.sourceIPAddress }]
      : []),
  ];
  return [
    tellDeed(group, newest, ko),
    where,
    tellProof(newest, ko),
    ...tellDetails(group, ko),
    tellEvidence(group, newest, ko),
    tellCopies(group, copies, ko),
  ].filter((line) => line.length > 0);
}

/** “which secrets were read?” wants them all, as far as a line can be read. */
const TARGETS = 24;

function tellDeed(group: AnswerEvent[], event: AnswerEvent, ko: boolean): Line {
  const who: Span = { quote: event.person.name };
  const proof = ` (${PROOF[event.person.proof][ko ? 'ko' : 'en']})`;
  const what: Span = { quote: event.eventName };
  const targets = told(group.flatMap(({ resources }) => resources));
  const onto: Line = targets.length
    ? [
        ko ? ' — 대상 ' : ' on ',
        ...spaced(
          targets.slice(0, TARGETS).map((value) => ({ quote: value })),
          ', ',
        ),
        ...(targets.length > TARGETS ? [` … (+${targets.length - TARGETS})`] : []),
      ]
    : [];
  const times = group.length > 1 ? (ko ? ` ${group.length}회` : ` ${group.length} times`) : '';
  const ok = event.outcome === 'ok';
  if (ko)
    return [
      who,
      ` ${SUBJECT[event.person.proof]} `,
      what,
      ok ? ` 호출을${times} 실행했습니다` : ` 호출을${times} 시도했지만 실패했습니다: `,
      ...(ok ? [] : [{ quote: event.outcome }]),
      proof,
      ...onto,
    ];
  return ok
    ? [who, `${proof} called `, what, times, ...onto]
    : [who, `${proof} tried `, what, `${times}, which failed: `, { quote: event.outcome }, ...onto];
}

/** Each target once: a bare name says nothing beside the ARN that holds it. */
function told(resources: string[]): string[] {
  const named = new Set(resources.filter((one) => one.startsWith('arn:')).flatMap(namesIn));
  return [...new Set(resources)].filter((one) => one.startsWith('arn:') || !named.has(one));
}

function tellProof(event: AnswerEvent, ko: boolean): Line {
  const line: Line = [ko ? '근거: ' : 'Proof: ', PROOF_SAYS[event.person.proof][ko ? 'ko' : 'en']];
  const role = event.actor.type === 'AssumedRole' && event.actor.name !== event.person.name;
  if (role)
    line.push(ko ? ' · 호출 주체 ' : ' · called as ', {
      quote: event.actor.arn ?? event.actor.name,
    });
  const { chain = [], chainKo = chain } = event.person;
  for (const hop of ko ? chainKo : chain) line.push(' ← ', { quote: hop, max: 400 });
  return line;
}

function tellDetails(group: AnswerEvent[], ko: boolean): Prose {
  const values = new Map<string, Set<string>>();
  const targets = new Set(group.flatMap(({ resources }) => resources));
  for (const { name, value } of group.flatMap(({ details }) => details))
    if (!targets.has(value)) values.set(name, (values.get(name) ?? new Set()).add(value));
  const details = [...values].slice(0, 12).map(
    ([name, all]): Line => [
      { quote: name },
      '=',
      ...spaced(
        [...all].slice(0, 10).map((value) => ({ quote: value, max: 160 })),
        ',',
      ),
      ...(all.size > 10 ? [` … (+${all.size - 10})`] : []),
    ],
  );
  const lines: Prose = [];
  if (details.length > 0)
    lines.push([
      ko ? '상세: ' : 'Details: ',
      ...details.flatMap((d, n) => (n > 0 ? [' · ', ...d] : d)),
    ]);
  const shared = [...new Set(group.flatMap(({ sharedWith }) => sharedWith ?? []))];
  if (shared.length > 0)
    lines.push(listed(ko ? '접근이 허용된 계정: ' : 'Gives access to: ', shared));
  if (group[0]?.unclassified)
    lines.push([
      ko
        ? '분류되지 않은 이벤트: 카탈로그에 없는 이름입니다'
        : 'Unclassified: the catalogue knows no such event',
    ]);
  const message = group[0]?.errorMessage;
  if (message) lines.push([ko ? '오류: ' : 'Error: ', { quote: message, max: 400 }]);
  return lines;
}

function tellEvidence(group: AnswerEvent[], newest: AnswerEvent, ko: boolean): Line {
  const more = group.length - 1;
  return [
    ko ? '증거: 이벤트 ' : 'Evidence: event ',
    { quote: newest.eventID },
    ' · ',
    { quote: newest.eventSource },
    ` · ${ko ? '결과' : 'outcome'} `,
    { quote: newest.outcome },
    ko ? ' · 출처 ' : ' · read in ',
    { quote: newest.origin },
    ...(more > 0 ? [ko ? ` · 외 ${more}건` : ` · and ${more} more like it`] : []),
  ];
}

/** A call into another account is recorded there too, under another id. */
function tellCopies(group: AnswerEvent[], copies: AnswerEvent[], ko: boolean): Line {
  const ids = new Set(group.map(({ eventID }) => eventID));
  const also = copies.filter(({ copyOf }) => copyOf !== undefined && ids.has(copyOf));
  if (also.length === 0) return [];
  const shown = also
    .slice(0, 5)
    .map(
      ({ account, eventID }): Line => [
        { quote: account || '?' },
        ko ? ' (이벤트 ' : ' (event ',
        { quote: eventID },
        ')',
      ],
    );
  return [
    ko ? '같은 호출이 다른 계정에도 기록됨: ' : 'Also recorded in ',
    ...shown.flatMap((line, index) => (index > 0 ? [', ', ...line] : line)),
    ...(also.length > shown.length ? [` … (+${also.length - shown.length})`] : []),
  ];
}
