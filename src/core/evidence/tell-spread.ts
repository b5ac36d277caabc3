import type { Line, Prose } from '../prose.ts';
import type { Answer, Spread } from './answer.ts';
import { listed, namedCount, plural, spaced } from './tell-words.ts';

const GROUPS = 20;

/** What many events have in common: exact counts, also of those that are not shown. */
export function tellSpread(answer: Answer, ko: boolean): Prose {
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
  const bytes = answer.understood.plan?.measure === 'bytes';
  const left = answer.groups.length - GROUPS;
  const counts = answer.groups.slice(0, GROUPS).map(
    ({ key, count }): Line => [
      '• ',
      ...spaced(
        Object.values(key).map((value) => ({ quote: value })),
        ' · ',
      ),
      bytes ? `: ${sizeOf(count)}` : `: ${count}`,
    ],
  );
  return [
    head,
    between,
    ...counts,
    left > 0 ? [ko ? `… 그 밖에 ${left}개` : `… and ${left} more`] : [],
    listed(ko ? '주체: ' : 'Actors: ', actors.map(namedCount)),
    listed(ko ? '호출: ' : 'Calls: ', spread.eventNames.map(namedCount)),
    listed(ko ? '계정: ' : 'Accounts: ', spread.accounts),
    listed(ko ? '리전: ' : 'Regions: ', spread.regions),
  ].filter((line) => line.length > 0);
}

/** What the bot itself did: told, because it happened, but apart and in few words. */
export function tellOwn({ own, events }: Answer, ko: boolean): Prose {
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

/** `1.5 GB (1,500,000,000 bytes)`: as people speak of it, and exact. */
function sizeOf(bytes: number): string {
  const exact = `${bytes.toLocaleString('en-US')} bytes`;
  const unit = UNITS.findLast(([size]) => bytes >= size);
  return unit ? `${(bytes / unit[0]).toFixed(1)} ${unit[1]} (${exact})` : exact;
}

const UNITS: [size: number, name: string][] = [
  [1e3, 'kB'],
  [1e6, 'MB'],
  [1e9, 'GB'],
  [1e12, 'TB'],
];
