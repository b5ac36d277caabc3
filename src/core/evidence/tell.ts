import type { Line, Prose, Span } from '../prose.ts';
import type { Answer, AnswerEvent, ProofGrade } from './answer.ts';
import { namesIn } from './identifiers.ts';
import { tellCoverage } from './tell-coverage.ts';

/** How many groups of like events are told one by one; the rest is counted. */
const TOLD = 10;

/**
 * An answer in words, in the asker's language. The first lines say who, what, when, where and how well
 * it is proven; then the evidence; then what was searched and what was not. Composed from the answer
 * document alone, so that what is said can always be checked against it.
 */
export function tellAnswer(answer: Answer): Prose {
  const ko = answer.lang === 'ko';
  const echo: Line[] = answer.understood.echo
    ? [[ko ? '이해한 질문: ' : 'Understood: ', { quote: answer.understood.echo, max: 600 }]]
    : [];
  if (answer.verdict === 'unclear' || answer.verdict === 'not-understood')
    return [...tellUnanswered(answer, ko), ...tellSimulated(answer, ko)];
  const body = answer.verdict === 'found' ? tellFound(answer, ko) : tellNothing(answer, ko);
  return [...body, ...tellCoverage(answer, ko), ...echo, ...tellSimulated(answer, ko)];
}

function tellFound(answer: Answer, ko: boolean): Prose {
  const groups = alike(answer.events);
  const [only] = groups;
  const lines: Prose =
    groups.length === 1 && only && answer.groups.length === 0 && answer.total === only.length
      ? tellGroup(only, ko)
      : [
          ...tellSpread(answer, ko),
          ...groups.slice(0, TOLD).flatMap((group) => tellGroup(group, ko)),
        ];
  const untold = answer.total - groups.slice(0, TOLD).flat().length;
  if (untold > 0 && groups.length > 1)
    lines.push([ko ? `… 그 밖에 ${untold}건` : `… and ${untold} more`]);
  return lines;
}

/** What many events have in common: exact counts, also of those that are not shown. */
function tellSpread(answer: Answer, ko: boolean): Prose {
  const { spread, total } = answer;
  if (!spread) return [];
  const [accounts, regions] = [spread.accounts.length, spread.regions.length];
  const names = peopleIn(answer);
  const who: Line = [
    ...spaced(
      names.slice(0, 3).map((name) => ({ quote: name, max: 80 })),
      ', ',
    ),
    ...(names.length > 3 ? [ko ? ` 외 ${names.length - 3}` : ` and ${names.length - 3} more`] : []),
  ];
  const failed =
    spread.failed > 0 ? (ko ? ` · 실패 ${spread.failed}건` : ` · ${spread.failed} failed`) : '';
  const head: Line = ko
    ? [
        { strong: `${total}건` },
        ' · ',
        ...who,
        ` · 계정 ${accounts}개 · 리전 ${regions}개${failed}`,
      ]
    : [
        { strong: `${total} ${plural(total, 'event')}` },
        ' by ',
        ...who,
        ` · ${accounts} ${plural(accounts, 'account')} · ${regions} ${plural(regions, 'region')}${failed}`,
      ];
  const between: Line =
    spread.first && spread.last ? [{ at: spread.first }, ' – ', { at: spread.last }] : [];
  const counts = answer.groups.slice(0, 20).map(
    ({ key, count }): Line => [
      '• ',
      ...spaced(
        Object.values(key).map((value) => ({ quote: value })),
        ' · ',
      ),
      `: ${count}`,
    ],
  );
  return [
    head,
    between,
    ...counts,
    listed(ko ? '주체: ' : 'Actors: ', spread.actors.map(namedCount)),
    listed(ko ? '호출: ' : 'Calls: ', spread.eventNames.map(namedCount)),
    listed(ko ? '계정: ' : 'Accounts: ', spread.accounts),
    listed(ko ? '리전: ' : 'Regions: ', spread.regions),
  ].filter((line) => line.length > 0);
}

/** The people, where all events are shown and their people known; else the callers as recorded. */
function peopleIn({ events, total, spread }: Answer): string[] {
  return events.length === total
    ? [...new Set(events.map(({ person }) => person.name))]
    : (spread?.actors ?? []).map(({ name }) => name);
}

function tellGroup(group: AnswerEvent[], ko: boolean): Prose {
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
  ].filter((line) => line.length > 0);
}

function tellDeed(group: AnswerEvent[], event: AnswerEvent, ko: boolean): Line {
  const who: Span = { quote: event.person.name };
  const proof = ` (${PROOF[event.person.proof][ko ? 'ko' : 'en']})`;
  const what: Span = { quote: event.eventName };
  const targets = told(group.flatMap(({ resources }) => resources));
  const onto: Line = targets.length
    ? [
        ko ? ' — 대상 ' : ' on ',
        ...spaced(
          targets.slice(0, 12).map((value) => ({ quote: value })),
          ', ',
        ),
        ...(targets.length > 12 ? [` … (+${targets.length - 12})`] : []),
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

/** Only people are addressed as people; each ends in the particle of the one who acts. */
const SUBJECT: Record<ProofGrade, string> = {
  direct: '님이',
  'proven-chain': '님이',
  declared: '님이',
  'session-name-only': '세션이',
  service: '서비스가',
  unresolved: '주체가',
};

function tellProof(event: AnswerEvent, ko: boolean): Line {
  const line: Line = [ko ? '근거: ' : 'Proof: ', PROOF_SAYS[event.person.proof][ko ? 'ko' : 'en']];
  const role = event.actor.type === 'AssumedRole' && event.actor.name !== event.person.name;
  if (role)
    line.push(ko ? ' · 호출 주체 ' : ' · called as ', {
      quote: event.actor.arn ?? event.actor.name,
    });
  for (const hop of event.person.chain ?? []) line.push(' ← ', { quote: hop });
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

function tellNothing(answer: Answer, ko: boolean): Prose {
  switch (answer.verdict) {
    case 'none':
      return [
        ko
          ? [{ strong: '아니요.' }, ' 그런 이벤트가 없습니다. 물어보신 범위는 모두 확인했습니다.']
          : [
              { strong: 'No.' },
              ' There is no such event, and everything that was asked for was searched.',
            ],
      ];
    case 'none-visible':
      if (answer.coverage.accounts.searched === 0)
        return [
          ko
            ? [
                { strong: '아무것도 볼 수 없었습니다.' },
                ' 그래서 있었는지 없었는지 말할 수 없습니다.',
              ]
            : [{ strong: 'Nothing could be seen,' }, ' so nothing can be said either way.'],
        ];
      return [
        ko
          ? [
              { strong: '찾지 못했습니다.' },
              ' 다만 볼 수 없었던 곳이 있어서 없었다고 할 수는 없습니다.',
            ]
          : [{ strong: 'None found,' }, ' but not everything could be seen, so this is not a no.'],
      ];
    default:
      return [
        [{ strong: ko ? '알 수 없습니다: ' : 'This cannot be known: ' }, answer.reason ?? '', '.'],
      ];
  }
}

function tellUnanswered(answer: Answer, ko: boolean): Prose {
  const lines: Prose = [
    [
      {
        quote: answer.reason ?? (ko ? '질문을 이해하지 못했습니다.' : 'I did not understand.'),
        max: 600,
      },
    ],
  ];
  for (const [index, { echo }] of (answer.readings ?? []).entries())
    lines.push([`${index + 1}. `, { quote: echo, max: 600 }]);
  return lines;
}

function tellSimulated(answer: Answer, ko: boolean): Prose {
  return answer.simulated
    ? [
        [
          ko
            ? '시뮬레이션 조직입니다. 실제 이벤트가 아닙니다.'
            : 'Simulated organization: none of this is real.',
        ],
      ]
    : [];
}

/** Like events in one: same person, call, account, region and outcome; each group newest first. */
function alike(events: AnswerEvent[]): AnswerEvent[][] {
  const groups = new Map<string, AnswerEvent[]>();
  const newestFirst = events.toSorted((a, b) =>
    (b.eventTime ?? '').localeCompare(a.eventTime ?? ''),
  );
  for (const event of newestFirst) {
    const { person, eventName, account, region, outcome, via } = event;
    const key = JSON.stringify([
      person.name,
      person.proof,
      eventName,
      account,
      region,
      outcome,
      via,
    ]);
    groups.set(key, [...(groups.get(key) ?? []), event]);
  }
  // People stand together, the one who acted last comes first.
  const people = [...new Set([...groups.values()].map(([first]) => first?.person.name))];
  return people.flatMap((name) =>
    [...groups.values()].filter(([first]) => first?.person.name === name),
  );
}

function listed(label: string, values: string[]): Line {
  if (values.length === 0) return [];
  const shown = values.slice(0, 40);
  return [
    label,
    ...spaced(
      shown.map((value) => ({ quote: value })),
      ', ',
    ),
    ...(values.length > shown.length ? [` … (+${values.length - shown.length})`] : []),
  ];
}

function namedCount({ name, count }: { name: string; count: number }): string {
  return count > 1 ? `${name} ×${count}` : name;
}

function spaced(spans: Span[], between: string): Line {
  return spans.flatMap((span, index) => (index > 0 ? [between, span] : [span]));
}

function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}

/** The fixed words for how well it is known who it was (reference: questions, 3). */
const PROOF: Record<ProofGrade, { en: string; ko: string }> = {
  direct: { en: 'direct', ko: '직접' },
  'proven-chain': { en: 'proven chain', ko: '증명된 연결' },
  declared: { en: 'declared', ko: '선언됨' },
  'session-name-only': { en: 'by session name only – not proof', ko: '세션 이름뿐 – 증거 아님' },
  service: { en: 'service action, no person', ko: '서비스 동작, 사람 아님' },
  unresolved: { en: 'unresolved', ko: '확인되지 않음' },
};

const PROOF_SAYS: Record<ProofGrade, { en: string; ko: string }> = {
  direct: {
    en: 'the record itself names who called',
    ko: '기록 자체에 호출한 사람이 적혀 있습니다',
  },
  'proven-chain': {
    en: 'every hop is linked by the key that was issued',
    ko: '발급된 키로 모든 단계가 이어집니다',
  },
  declared: {
    en: 'declared when the session was made, unchangeable since',
    ko: '세션을 만들 때 선언되었고 이후 바꿀 수 없습니다',
  },
  'session-name-only': {
    en: 'only the session name says so, and whoever assumes the role chooses it',
    ko: '세션 이름만 근거이며, 역할을 맡는 쪽이 마음대로 정할 수 있습니다',
  },
  service: { en: 'an AWS service or workload acted', ko: 'AWS 서비스나 워크로드가 수행했습니다' },
  unresolved: {
    en: 'the trace ends before a person',
    ko: '사람에게 닿기 전에 흔적이 끊깁니다',
  },
};

const VIA: Record<AnswerEvent['via'], { en: string; ko: string }> = {
  console: { en: 'console', ko: '콘솔' },
  cli: { en: 'CLI', ko: 'CLI' },
  sdk: { en: 'SDK', ko: 'SDK' },
  iac: { en: 'infrastructure as code', ko: 'IaC' },
  service: { en: 'through a service', ko: '서비스 경유' },
};
