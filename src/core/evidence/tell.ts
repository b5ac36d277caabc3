import { harmless, type Line, type Prose } from '../prose.ts';
import type { Answer, AnswerEvent, Spread } from './answer.ts';
import { tellCoverage } from './tell-coverage.ts';
import { tellCoverageAnswer } from './tell-coverage-answer.ts';
import { tellGroup } from './tell-event.ts';
import { listed, spaced } from './tell-words.ts';

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
  if (answer.understood.plan?.shape === 'coverage')
    return [...tellCoverageAnswer(answer, ko), ...echo, ...tellSimulated(answer, ko)];
  const body = answer.verdict === 'found' ? tellFound(answer, ko) : tellNothing(answer, ko);
  return [...body, ...tellCoverage(answer, ko), ...echo, ...tellSimulated(answer, ko)];
}

function tellFound(answer: Answer, ko: boolean): Prose {
  const copies = answer.events.filter(({ copyOf }) => copyOf !== undefined);
  const groups = alike(answer.events.filter(({ own, copyOf }) => !own && copyOf === undefined));
  const [only] = groups;
  const others = callsIn(answer) - (answer.own?.count ?? 0);
  const alone = groups.length === 1 && only?.length === others;
  const told = groups.slice(0, TOLD);
  const untold = others - told.flat().length;
  return [
    ...(only && alone && !isCounted(answer)
      ? tellGroup(only, copies, ko)
      : [...tellSpread(answer, ko), ...told.flatMap((group) => tellGroup(group, copies, ko))]),
    ...(untold > 0 ? [[ko ? `… 그 밖에 ${untold}건` : `… and ${untold} more`]] : []),
    ...tellOwn(answer, ko),
  ];
}

/** Who asks how many wants the number, also where it is one. */
function isCounted({ groups, understood }: Answer): boolean {
  return groups.length > 0 || understood.plan?.shape === 'count';
}

function callsIn({ calls, total }: Answer): number {
  return calls ?? total;
}

/** What the bot itself did: told, because it happened, but apart and in few words. */
function tellOwn({ own, events }: Answer, ko: boolean): Prose {
  if (!own) return [];
  const { count, spread } = own;
  const shown = events.find((event) => event.own);
  const between: Line =
    spread.first && spread.last
      ? spread.first === spread.last
        ? [' · ', { at: spread.first }]
        : [' · ', { at: spread.first }, ' – ', { at: spread.last }]
      : [];
  const failed =
    spread.failed > 0 ? (ko ? ` · 실패 ${spread.failed}건` : ` · ${spread.failed} failed`) : '';
  return [
    [
      { strong: ko ? '봇 자신의 호출: ' : "The bot's own calls: " },
      ko ? `${count}건 · ` : `${count} · `,
      ...listed('', spread.eventNames.map(namedCount)),
      failed,
      ...between,
      ...(shown ? [ko ? ' · 이벤트 ' : ' · event ', { quote: shown.eventID }] : []),
    ],
  ];
}

/** What many events have in common: exact counts, also of those that are not shown. */
function tellSpread(answer: Answer, ko: boolean): Prose {
  const { spread, total, calls } = answer;
  if (!spread) return [];
  const [accounts, regions] = [spread.accounts.length, spread.regions.length];
  const actors = callersIn(answer, spread);
  const names = peopleIn(
    answer,
    actors.map(({ name }) => name),
  );
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
        { strong: calls === undefined ? `${total}건` : `호출 ${calls}건 (기록 ${total}건)` },
        ' · ',
        ...who,
        ` · 계정 ${accounts}개 · 리전 ${regions}개${failed}`,
      ]
    : [
        {
          strong:
            calls === undefined
              ? `${total} ${plural(total, 'event')}`
              : `${calls} ${plural(calls, 'call')} (${total} records)`,
        },
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
    listed(ko ? '주체: ' : 'Actors: ', actors.map(namedCount)),
    listed(ko ? '호출: ' : 'Calls: ', spread.eventNames.map(namedCount)),
    listed(ko ? '계정: ' : 'Accounts: ', spread.accounts),
    listed(ko ? '리전: ' : 'Regions: ', spread.regions),
  ].filter((line) => line.length > 0);
}

/** The people, where all events are shown and their people known; else the callers as recorded. */
function peopleIn({ events, total, spread }: Answer, actors: string[]): string[] {
  return events.length === total || !spread
    ? [...new Set(events.map(({ person }) => person.name))]
    : actors;
}

/** Who called, the bot itself last. */
function callersIn({ own }: Answer, { actors }: Spread): Spread['actors'] {
  const bots = new Set(own?.spread.actors.map(({ name }) => name));
  return [
    ...actors.filter(({ name }) => !bots.has(name)),
    ...actors.filter(({ name }) => bots.has(name)),
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
  // A sentence of our own that may hold the asker's words: running text, made harmless.
  const lines: Prose = [
    [
      harmless(
        answer.reason ?? (ko ? '질문을 이해하지 못했습니다.' : 'I did not understand.'),
        600,
      ),
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

function namedCount({ name, count }: { name: string; count: number }): string {
  return count > 1 ? `${name} ×${count}` : name;
}

function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}
