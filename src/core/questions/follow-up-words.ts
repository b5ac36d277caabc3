import { nothingExcepted, type Plan } from './plan.ts';

/** What is asked of the answer before as a whole. */
export type Act = 'more' | 'csv' | 'again' | 'wider' | 'else' | 'when' | 'where' | 'why' | 'how';

/** Politeness and filler around what is meant. */
const AROUND =
  /^(?:(?:please|pls|ok(?:ay)?|and|so|then|now|hey|can you|could you|would you|좀|그럼|그러면|그리고|근데|혹시)[\s,]+)+|(?:[\s,]+(?:please|pls|thanks|thank you|too|now|좀))+$/gi;

const ACTS: [act: Act, pattern: RegExp][] = [
  [
    'csv',
    /^(?:(?:export|download|save|send|give me|get|dump|put)\s*)?(?:(?:it|this|that|them|these|those|all|everything|all of (?:it|them)|the (?:events|results?|list))\s*)?(?:(?:as|to|in|into)\s+)?(?:an?\s+)?(?:csv|excel|spreadsheet)(?:\s+(?:file|export))?$/i,
  ],
  ['csv', /^export(?:\s+(?:it|this|that|them|all|everything|the (?:events|results?|list)))?$/i],
  [
    'csv',
    /^(?:(?:이거|이걸|그거|결과|전부|모두|다|전체)(?:를|을)?\s*)?(?:csv|엑셀|스프레드시트)\s*(?:파일)?(?:로|으로)?\s*(?:내보내기|내보내|뽑아|받|다운로드|다운|저장|추출|보내)?\s*(?:해|고\s*싶어)?\s*(?:줘|줘요|주세요|줄래|주실래요|달라|요|기)?$/i,
  ],
  ['csv', /^(?:전부\s*|모두\s*|다\s*)?(?:내보내|추출해?)\s*(?:줘|줘요|주세요|줄래)?$/],
  [
    'more',
    /^(?:(?:show|list|see|give|tell)(?:\s+me)?\s+)?(?:some\s+)?(?:more|the rest|the others|all of (?:them|it)|the next(?: ones)?|next(?: page)?)(?:\s+(?:events|results))?$/i,
  ],
  ['more', /^(?:show|list)(?:\s+me)?\s+(?:all|everything)$/i],
  [
    'more',
    /^(?:더|나머지|나머지도|다음|계속|전부|모두|다)\s*(?:보여|보고\s*싶어|알려|말해|있어|볼래)?\s*(?:줘|줘요|주세요|줄래|요)?$/,
  ],
  [
    'again',
    /^(?:(?:run|ask|search|try|do|check)(?: it| this| that)? )?again$|^(?:re-?run|refresh|retry)(?: it)?$/i,
  ],
  [
    'again',
    /^(?:다시|한\s*번\s*더|재검색|새로고침)\s*(?:해|찾아|검색해|봐|돌려|확인해)?\s*(?:줘|줘요|주세요|봐)?$/,
  ],
  [
    'wider',
    /^(?:widen|extend|expand|look|go|search|longer|further|farther)(?:\s+(?:it|the|time|window|range|period|further|farther|back|more|longer))*$|^(?:more time|earlier|a longer (?:time|period|window))$/i,
  ],
  [
    'wider',
    /^(?:기간|시간|범위)(?:을|를)?\s*(?:더\s*)?(?:늘려|넓혀|길게)\s*(?:해)?\s*(?:줘|줘요|주세요|봐)?$|^더\s*(?:이전|옛날|예전|과거)(?:도|까지|은|는)?$/,
  ],
  [
    'else',
    /^(?:who|anyone|anybody|someone|somebody)\s+else(?:\s+(?:did|does|has done)(?:\s+(?:it|that|this|so))?)?$|^was there (?:anyone|anybody) else$|^others?$|^(?:any )?other (?:people|persons|users)$/i,
  ],
  [
    'else',
    /^(?:또|그\s*외|그\s*밖|다른|이\s*외)(?:에|에는|엔|에도)?\s*(?:누구|누가|사람|사람들|사용자)(?:은|는|이|도|야|예요|죠|지)?\s*(?:또)?\s*(?:있어|있나|있나요|있어요|했어|했나|했나요|했어요|더\s*있어)?$/,
  ],
  [
    'why',
    /^(?:but\s+)?why(?:\s+(?:was that|did (?:it|that) happen|so))?$|^왜\s*(?:그랬어|그랬지|그래|그런\s*거야|요)?$/i,
  ],
  [
    'when',
    /^when(?:\s+(?:was (?:that|it)|did (?:it|that) happen))?$|^언제\s*(?:야|였어|예요|요|그랬어|했어)?$/i,
  ],
  [
    'where',
    /^(?:from\s+)?where(?:\s+from)?(?:\s+was (?:that|it))?$|^어디(?:서|에서)?\s*(?:야|였어|예요|요|그랬어|했어)?$/i,
  ],
  [
    'how',
    /^how(?:\s+(?:was (?:that|it) done|did (?:they|he|she) do (?:it|that)))?$|^어떻게\s*(?:했어|한\s*거야|요|했지)?$/i,
  ],
];

export function actIn(text: string): Act | null {
  const bare = text.replace(AROUND, '').trim();
  return ACTS.find(([, pattern]) => pattern.test(bare))?.[0] ?? null;
}

/** The slots that a follow-up may change. */
export type Change = Partial<
  Pick<
    Plan,
    | 'time'
    | 'accounts'
    | 'regions'
    | 'actor'
    | 'alsoActors'
    | 'atLeast'
    | 'outcome'
    | 'addresses'
    | 'via'
    | 'readOnly'
    | 'content'
    | 'groupBy'
    | 'order'
    | 'limit'
  >
> & { except?: Partial<Plan['except']> };

/** The plan with these slots changed; whoever counts by something asks how many. */
export function changed(plan: Plan, { except, ...slots }: Change): Plan {
  const merged = { ...plan.except };
  for (const key of Object.keys(nothingExcepted()) as (keyof Plan['except'])[]) {
    const more = except?.[key];
    if (more) Object.assign(merged, { [key]: [...plan.except[key], ...more] });
  }
  const counts = slots.groupBy !== undefined && slots.groupBy.length > 0;
  return { ...plan, ...slots, except: merged, ...(counts && { shape: 'count' as const }) };
}

/** Said of a question before, these are whole; within a question they would mean other things. */
const PHRASES: [pattern: RegExp, change: Change][] = [
  [
    /(?:includ(?:e|ing)|with|also)\s+(?:the\s+)?(?:denied|failed|refused|failures)(?:\s+(?:ones|calls|attempts|events))?/i,
    { outcome: 'any' },
  ],
  [
    /^(?:the\s+)?(?:denied|failed|refused)(?:\s+(?:ones|calls|attempts|events))?\s+(?:too|as well)$/i,
    { outcome: 'any' },
  ],
  [
    /(?:거부|실패)(?:된|한|당한)?\s*(?:것|거|건|호출|시도|이벤트)?(?:들)?(?:도|까지)\s*(?:요|포함|같이|함께)?\s*(?:해서|해줘|해주세요|보여줘|알려줘)?/,
    { outcome: 'any' },
  ],
  [/^(?:all|any) outcomes?$|^(?:모든|전체) 결과$/i, { outcome: 'any' }],
  [
    /^(?:the\s+)?(?:denied|refused|unauthori[sz]ed|forbidden)(?:\s+(?:ones|calls|attempts|events))?$/i,
    { outcome: 'denied' },
  ],
  [
    /^(?:the\s+)?(?:failed|unsuccessful)(?:\s+(?:ones|calls|attempts|events))?$|^(?:the\s+)?(?:failures|errors)$/i,
    { outcome: 'failed' },
  ],
  [
    /^(?:the\s+)?successful(?:\s+(?:ones|calls|attempts|events))?$|^(?:the\s+)?(?:successes|those that succeeded)$/i,
    { outcome: 'ok' },
  ],
  [/^(?:권한\s*)?거부(?:된|당한)?\s*(?:것|거|호출|시도|이벤트)?$/, { outcome: 'denied' }],
  [/^실패(?:한)?\s*(?:것|거|호출|시도|이벤트)?$/, { outcome: 'failed' }],
  [/^성공(?:한)?\s*(?:것|거|호출|시도|이벤트)?$/, { outcome: 'ok' }],
  [
    /^(?:the\s+)?(?:writes?|changes|modifications)$|^(?:변경|쓰기|수정)(?:한\s*것|된\s*것)?$/i,
    { readOnly: false },
  ],
  [/^(?:the\s+)?reads?$|^(?:조회|읽기)(?:한\s*것)?$/i, { readOnly: true }],
  [
    /(?:(?:in|across|over)\s+)?(?:all|every)(?:\s+of)?(?:\s+(?:the|our))?\s+accounts?|(?:모든|전체|전)\s*계정(?:에서|에)?/i,
    { accounts: 'all' },
  ],
  [
    /(?:(?:in|across|over)\s+)?(?:all|every)(?:\s+of)?(?:\s+(?:the|our))?\s+regions?|(?:모든|전체|전)\s*리전(?:에서|에)?/i,
    { regions: 'all' },
  ],
  [/^everywhere$|^(?:모든|전체)\s*(?:곳|범위)(?:에서)?$/i, { accounts: 'all', regions: 'all' }],
  [
    /(?:the\s+)?(?:oldest|earliest)(?:\s+(?:ones?|events?))?\s+first|오래된\s*(?:순서?(?:대로|로)?|것부터)/i,
    { order: 'oldest' },
  ],
  [
    /(?:the\s+)?(?:newest|latest|most recent)(?:\s+(?:ones?|events?))?\s+first|최신\s*(?:순서?(?:대로|로)?|것부터)/i,
    { order: 'newest' },
  ],
  [
    /(?:(?:count|group|grouped|broken down|(?:break|split) (?:(?:it|that|this|them|those) )?(?:down|up)?)\s+)?(?:by|per)\s+(?:person|people|users?|principal|who)$|(?:사람|사용자|유저)별(?:로)?/i,
    { groupBy: ['actor'] },
  ],
  [
    /(?:(?:count|group|grouped|broken down|(?:break|split) (?:(?:it|that|this|them|those) )?(?:down|up)?)\s+)?(?:by|per)\s+accounts?$|계정별(?:로)?/i,
    { groupBy: ['account'] },
  ],
  [
    /(?:(?:count|group|grouped|broken down|(?:break|split) (?:(?:it|that|this|them|those) )?(?:down|up)?)\s+)?(?:by|per)\s+regions?$|리전별(?:로)?/i,
    { groupBy: ['region'] },
  ],
  [
    /(?:(?:count|group|grouped|broken down|(?:break|split) (?:(?:it|that|this|them|those) )?(?:down|up)?)\s+)?(?:by|per)\s+days?$|^daily$|(?:일|날짜)별(?:로)?/i,
    { groupBy: ['day'] },
  ],
  [
    /(?:(?:count|group|grouped|broken down|(?:break|split) (?:(?:it|that|this|them|those) )?(?:down|up)?)\s+)?(?:by|per)\s+(?:events?|calls?|event names?)$|(?:이벤트|호출)별(?:로)?/i,
    { groupBy: ['event'] },
  ],
  [
    /(?:(?:count|group|grouped|broken down|(?:break|split) (?:(?:it|that|this|them|those) )?(?:down|up)?)\s+)?(?:by|per)\s+(?:ips?|addresse?s?|ip addresse?s?)$|(?:ip|아이피|주소)별(?:로)?/i,
    { groupBy: ['address'] },
  ],
];

const NEGATED =
  /\b(?:not|no|except|excluding|without|but|outside|other than)\b|말고|빼고|제외|아닌|않은/i;

/** The phrases of the words as changes, and the words without them. Where something is negated, none is taken. */
export function withPhrases(words: string): { patch: Change; rest: string } {
  if (NEGATED.test(words)) return { patch: {}, rest: words };
  let rest = words;
  let patch: Change = {};
  for (const [pattern, change] of PHRASES) {
    const match = pattern.exec(rest);
    if (!match) continue;
    patch = { ...patch, ...change };
    rest = `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}`.trim();
  }
  const way = /^(?:the\s+)?(console|cli|terraform|cloudformation|sdk)$/i.exec(rest);
  return { patch, rest: way ? `via ${way[1]}` : rest };
}
