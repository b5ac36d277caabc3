import type { Plan } from './plan.ts';

/**
 * Questions about the bot and about what is recorded: how far back, which accounts, are data events on.
 * They are told by whole turns of phrase; `rest` is what else was said, which must restrict nothing that
 * a plan cannot hold.
 */
export function aboutUs(text: string): { about: NonNullable<Plan['about']>; rest: string } | null {
  const low = text.toLowerCase();
  for (const [about, pattern, unless] of TURNS) {
    const match = pattern.exec(low);
    if (!match || unless?.test(low)) continue;
    // The spans of the question keep their places.
    const gone = ' '.repeat(match[0].length);
    const rest = text.slice(0, match.index) + gone + text.slice(match.index + gone.length);
    return { about, rest };
  }
  return null;
}

/** Some words between, of no name, place or exception, and that say neither whose nor for what. */
const GAP =
  '(?:(?!except|but |other|outside|without|말고|빼고|제외|외에|\\bby |\\bfor |\\bof the |\\bfrom the |\\bin the |\\bteam)[^\\ue000,.?!]){0,24}?';
/** Somebody did something: that is a search for who it was. */
const DONE =
  /\b(?:who|whom|anyone|anybody|someone|somebody|turned|stopped|disabled|deleted|changed|enabled|started)\b|누가|누구|사람|껐|끈 |바꿨|삭제|변경|비활성화한|중지한/;

const TURNS: [about: NonNullable<Plan['about']>, pattern: RegExp, unless?: RegExp][] = [
  [
    'last-search',
    new RegExp(
      `(?:what|which|where)${GAP}(?:did|have|had) you ${GAP}(?:search(?:ed)?|look(?:ed)?|check(?:ed)?|cover(?:ed)?|scan(?:ned)?|quer(?:y|ied))(?: (?:in|at|over|through|for))?(?: (?:that|just now|for that|there|last time|exactly))*|what was (?:just )?searched|(?:search|searched|query) (?:scope|range|window)|(?:scope|range|coverage) of (?:the |that |your |this |my )?(?:last |previous )?(?:search|answer|query)|how (?:much|many accounts) did you (?:search|cover|look at)`,
    ),
    /\bwho\b/,
  ],
  [
    'last-search',
    /(?:(?:방금|직전|아까|마지막|지난번|이번) ?(?:에 ?)?)?(?:한 ?)?(?:검색|조회|질의|탐색)(?:한|했던|된)? ?(?:범위|기간|대상|구간)(?:가|는|은|이|를)? ?(?:어떻게 돼|어떻게 되|어디|뭐|무엇|얼마|알려|보여|였|이었|야|인지)?[가-힣]*|(?:방금|아까|직전) ?(?:뭘|무엇을|어디를?|어디까지|어느 계정을?) ?(?:검색|조회|찾아|뒤져|뒤졌|봤|확인)[가-힣]*|(?:어디를?|어디까지|뭘|무엇을) ?(?:검색|뒤져|뒤졌|찾아 ?봤|훑)[가-힣]*/,
    /누가|누구|사람/,
  ],
  // “that last answer - did it include dev?”, “방금 그 답변 어느 계정까지 뒤져본 거예요”.
  [
    'last-search',
    new RegExp(
      `(?:so )?(?:(?:that|the|your|this) )?(?:last|previous|latest) (?:answer|result|search|reply|one)s?(?: of yours)?[ ,:-]*(?:did (?:it|that|you)|does (?:it|that)|was that|has it)${GAP}(?:includ(?:e|ed|es|ing)|cover(?:ed|s|ing)?|look(?:ed)?(?: at| in| into)?|search(?:ed)?|check(?:ed)?|count(?:ed)?|skip(?:ped)?)|(?:did|does) (?:that|this|it|the|your)(?: (?:last|previous))?(?: (?:answer|result|search|reply))?${GAP}(?:include|cover|take in|look at|skip)(?: (?:the|all|every))*`,
    ),
    /\bwho\b/,
  ],
  [
    'last-search',
    /(?:방금|아까|직전|마지막|지난번|그|이) ?(?:그 ?)?(?:답변|답|대답|결과|검색|조회)(?:은|는|이|가|에|에서|에는|엔)? ?(?:어느 ?계정|어디|어떤 ?계정|무슨 ?계정|어느 ?리전|몇 ?개 ?계정|계정|리전)?(?:을|를|까지|도|이|가)? ?(?:다 |전부 |모두 )?(?:뒤져|뒤졌|봤|본|확인|검색|조회|포함|찾아)[가-힣 ]{0,12}/,
    /누가|누구|사람/,
  ],
  [
    'history',
    new RegExp(
      `(?:what is |what's |tell me )?(?:the )?(?:oldest|earliest|furthest|first) (?:day|date|event|time|point|month|record|thing)(?: that)? (?:i|you|we) (?:can|could|have|are able to)${GAP}(?:ask|see|search|go|look|find|query|know|have)(?: (?:you|back|up|about|for|to))*`,
    ),
    /\bwho\b/,
  ],
  [
    'accounts',
    /(?:do|can|could) you (?:even |actually |really |currently )?(?:(?:have|get) (?:any )?(?:eyes|visibility|insight|coverage|access|a view)(?: on| into| to| over| in| of)?|see(?: into| inside)?|cover|reach|look into)(?= |$|[?.!])(?: (?:everything|anything|all|things|stuff))?(?: in| of| on| inside)?/,
    /\bwho\b|\btrails?\b|cloud ?trail|\blogg|\brecord|\bconfig\b|how far|how long|\bwhy\b|\bwhat (?:happened|changed)|\bdata events?|\bif\b|\bwhether\b|\bdid\b|\bwas\b|\bevents?\b|\bthe last\b/,
  ],
  [
    'accounts',
    /(?:너|네가|니가|당신|봇)?(?:는|은|가|이)? ?(?:access|엑세스|액세스|접근|조회|열람)(?:가|이|을|를|도)? ?(?:안|못) ?(?:되는|돼는|되고|하는|가능한|되)[가-힣]{0,3} ?(?:계정|어카운트|accounts?)(?:이|가|은|는|들)?(?: ?(?:어디|뭐|무엇|있|어느)[가-힣]{0,8})*/,
    /누가|누구|사람/,
  ],
  [
    'data-events',
    new RegExp(
      `(?:is|are|do|does|have|has)(?: we| you)?${GAP}(?:lambda (?:invokes?|invocations?|calls)|(?:dynamodb|table) (?:item )?(?:reads?|writes?|operations?)|function invocations?|object (?:access(?:es)?|calls?|gets?|puts?))${GAP}(?:recorded|logged|captured|tracked|kept|collected|audited|covered|visible|logging|recording)`,
    ),
    DONE,
  ],
  [
    'data-events',
    /(?:객체|오브젝트|object|람다 ?(?:호출|실행)|lambda ?(?:호출|실행|invoke))(?: ?(?:접근|조회|읽기|다운로드|호출|수준|레벨))?(?:까지|도|은|는|이|가|를|을)? ?(?:다 |전부 )?(?:로깅|기록|수집|남|저장|로그)[가-힣 ]{0,16}/i,
    DONE,
  ],
  [
    'history',
    new RegExp(
      `how (?:far|long) (?:back|ago|in the past)(?: in time)?(?:${GAP}(?:can|could|do|does|are|is) (?:you|we|i|the|it|your)[^\\ue000?!.,]{0,40})?|how far (?:can|do|could) (?:you|we|i) (?:go|look|search|see)(?: back)?|how (?:much (?:of )?(?:the )?(?:history|past|logs?|events?|data|back)|many (?:days|weeks|months|years)(?: (?:of )?(?:history|past|logs?|events?|data|back))?)[^\\ue000?!.,]{0,40}(?:you|we|keep|kept|retain|retained|search|searchable|available|have)[^\\ue000?!.,]{0,24}|how long (?:do|are|is|will)[^\\ue000?!.,]{0,40}(?:keep|kept|retain|retained|stored|store|available|searchable)|(?:what|when)(?:'s| is) the (?:oldest|earliest)(?:(?! (?:for|of|on|about|by|from) )[^\\ue000?!.,]){0,40}|(?:retention|lookback|look-back)(?: period| window)?`,
    ),
    /\bwho\b|changed|set\b|deleted|reduced|modified/,
  ],
  [
    'history',
    /(?:언제|어디|얼마|며칠|몇 ?(?:일|주|달|개월|년)|얼마나)(?:까지|나|치| ?전까지| ?동안)?[가-힣 ]{0,14}?(?:과거|옛날|이전|예전|오래된|거슬러|뒤로|소급)[가-힣 ]{0,24}|(?:과거|이전|예전|옛날)[가-힣 ]{0,10}(?:언제|어디|얼마나|며칠|몇 ?(?:일|달|개월|년))[가-힣 ]{0,24}|(?:언제|며칠|몇 ?(?:일|주|달|개월|년)) ?(?:전)?(?:까지|치) ?[가-힣 ]{0,10}(?:조회|검색|볼 수|찾을 수|가능)[가-힣 ]{0,16}|(?:로그|기록|이벤트|데이터)?[가-힣 ]{0,4}(?:보관|보존|유지) ?(?:기간|기한|주기)[가-힣 ]{0,16}|언제부터[가-힣 ]{0,10}(?:로그|기록|데이터|이벤트)[가-힣 ]{0,8}(?:있|남아|쌓)[가-힣]*/,
    /누가|누구|사람|변경|바꿨|줄였|줄인/,
  ],
  [
    'accounts',
    new RegExp(
      `(?:(?:which|what|any|list|show|are there)(?: the)?(?: any)?(?: aws)? accounts?${GAP}(?:can(?:not| not|'?t)|can you not|could(?: not|n'?t)|are(?: not|n'?t)|do(?: not|n'?t)|unable|fail|missing|invisible|out of reach|blind|unreachable|inaccessible|have no access|lack)${GAP}(?:you )?(?:see|search|read|reach|access|cover|query|look into|visible|reachable|visibility|able|accessible|searchable|covered|readable|to see|to search|to reach)?|(?:which|what) accounts? (?:can|do) you (?:not )?(?:see|search|cover|have access to|read|reach)|accounts?${GAP}(?:you )?(?:can(?:not|'?t| not)|are unable to) (?:see|search|read|reach|access)|blind ?spots?|(?:do|can) you (?:see|cover|have access to|reach|search) (?:all|every)(?: of)?(?: our| the| aws)? accounts?|what can(?:'?t| not|not) you see|where are you blind)(?: in)?`,
    ),
    /\bwho\b|\btrails?\b|cloud ?trail|\blogg(?:ed|ing)\b|\brecord(?:ed|ing)\b/,
  ],
  [
    'accounts',
    /(?:조회|검색|접근|확인|열람)(?:이|가|을|를)? ?(?:안|못|불가)[가-힣 ]{0,10}(?:계정|어카운트)[가-힣 ]{0,14}|(?:못 ?보|안 ?보이|안 ?보여|볼 수 없|보이지 않|보지 못|접근 불가|접근 못|권한(?:이|가)? 없)[가-힣 ]{0,8}(?:계정|어카운트)[가-힣 ]{0,14}|(?:어떤|어느|무슨)? ?(?:계정|어카운트)[가-힣 ]{0,8}(?:못 ?보|안 ?보이|안 ?보여|볼 수 없|보이지 않|조회(?:가)? ?(?:안|못|불가)|검색(?:이)? ?(?:안|못|불가)|접근(?:이)? ?(?:안|못|불가))[가-힣 ]{0,14}|사각 ?지대[가-힣 ]{0,14}|(?:모든|전체) 계정[가-힣 ]{0,6}(?:볼 수 있|다 보|조회 가능|조회할 수 있|검색 가능)[가-힣 ]{0,10}/,
    /누가|누구|사람/,
  ],
  [
    'data-events',
    /(?:(?:is|are|do|does|have|has)(?: we| you)? )?(?:(?:recording|logging|capturing|collecting|tracking|auditing|record|log|capture|collect|track) )?(?:any |all |the )?(?:(?:s3 |lambda |dynamodb )?data (?:plane )?events?|object[- ]level (?:logging|events?|calls?|access|reads?)|(?:object |s3 )(?:reads?|gets?|downloads?)|data[- ]event (?:logging|recording))(?:[^\ue000?!.,]{0,16}?(?:logg(?:ed|ing)|record(?:ed|ing)|captur(?:ed|ing)|\bon\b|enabled|turned on|tracked|collected|audited|kept))?|(?:do|does) (?:we|you|cloudtrail) (?:log|record|capture|track)[^\ue000?!.,]{0,16}(?:data events?|object reads?|object[- ]level|downloads?|reads?)/,
    DONE,
  ],
  [
    'data-events',
    /(?:s3 ?|람다 ?)?(?:데이터 ?(?:플레인 ?)?이벤트|객체 ?이벤트|오브젝트 ?(?:수준|레벨)? ?이벤트|객체 ?(?:수준|레벨) ?(?:로깅|로그|이벤트|기록)?|객체 ?(?:읽기|다운로드|접근|조회))(?:가|는|도|를|이|은)? ?(?:로깅|기록|수집|저장|로그|남|켜|활성화|잡히|쌓)[가-힣 ]{0,12}|데이터 ?이벤트[가-힣 ]{0,10}/,
    DONE,
  ],
  [
    'trails',
    new RegExp(
      `(?:is|are|do|does|has|have)(?: we| you)?${GAP}(?:cloud ?trail|the trail|trails?|logging|audit logs?|auditing|api calls)${GAP}(?:(?:turned |switched )?on|enabled|running|active|logging|working|recording|recorded|logged|covered|set up|in place|everywhere)(?: (?:in|for|on|across))?|(?:is|are|do|does)(?: we| you)? (?:every|all|each)(?: of)?(?: our| the)?(?: aws)? (?:accounts?|regions?)${GAP}(?:logged|recorded|covered|logging|audited|have (?:cloud ?trail|a trail|logging)|send|report)(?: to cloudtrail)?|(?:which|what|any|are there)(?: any)? (?:accounts?|regions?)${GAP}(?:without|not|no|lack(?:ing)?|missing|unlogged|do(?: not|n'?t) have)${GAP}(?:cloud ?trail|trails?|logging|logged|recorded|covered|logs)(?: (?:by|in|with|on)(?: an?| any| the)? (?:cloud ?trail|trails?))?|does every account (?:have|log)[^\\ue000?!.,]{0,20}|what is (?:being )?(?:recorded|logged)|(?:do|does)(?: we)? ${GAP}(?:have|use) cloud ?trail(?: (?:on|enabled|everywhere|in))*`,
    ),
    /\b(?:who|anyone|anybody|someone|somebody|turned off|stopped|disabled|deleted|changed|was)\b/,
  ],
  [
    'trails',
    /(?:(?:멤버|member) ?)?(?:계정|accounts?) ?(?:들 ?)?(?:전부|모두|다|마다|전체) ?(?:cloud ?trail|클라우드 ?트레일|트레일|trail)? ?(?:logging|로깅|로그|기록)?(?:이|가|은|는|도)? ?(?:켜져|활성화|되고|돌고|남고)[가-힣 ]{0,14}|(?:cloud ?trail|클라우드 ?트레일|트레일|추적|로깅|감사 ?로그|로그|api 호출)(?:이|가|은|는|도|을|를)? ?(?:다 |전부 |모두 |잘 |제대로 |켜져|켜진|켜졌|꺼져|꺼진|활성화|작동|동작|기록|수집|남고|남아|돌고|돌아)[가-힣 ]{0,14}(?:계정[가-힣 ]{0,8})?|(?:cloud ?trail|클라우드 ?트레일|트레일|로깅|로그|추적)(?:이|가|은|는)? ?(?:없는|안 ?(?:켜진|남는|쌓이는|도는)|빠진|누락된|미설정)[가-힣 ]{0,3}(?:계정|리전)[가-힣 ]{0,8}|(?:모든|전체) ?계정[가-힣 ]{0,6}(?:기록|로깅|감사|커버)[가-힣 ]{0,12}/,
    /누가|누구|사람|껐|끈 |바꿨|삭제|변경|이력|내역|중지/,
  ],
];

/** Words that go on from a question before: without one there is nothing to go on from. */
export function goesOn(text: string): boolean {
  return FOLLOW_UP.test(text.trim().toLowerCase().replace(/\s+/g, ' '));
}

const FOLLOW_UP =
  /^(?:(?:and|what about|how about|ok,? and|now|then|also|same|only|just|but)\b.{0,60}|(?:show|give|list|see)(?: me| us)? (?:more|the rest|all of (?:them|it)|everything|next)|more|next(?: page)?|(?:export|download|save|send|give me|as|get)(?: it| this| that| them| these| me)?(?: (?:as|to|in|a|the))* ?(?:csv|json|excel|spreadsheet|file)(?: file| export| please)*|(?:who|what|where|anyone|anything|anybody) else\b.{0,30}|again|run (?:it |that )?again|repeat)[?!. ]*$|^(?:그럼|그러면|그리고|또|똑같이|같은 (?:걸|거|조건|질문))\s?.{0,30}$|^\S{0,12} ?\S{0,12}(?:은요?|는요?|도요?)[?!. ]*$|^(?:더|나머지|다음|전부 다|계속)(?: ?(?:보여|알려|줘|페이지|있어|없어)[가-힣 ]*)?[?!. ]*$|^(?:csv|엑셀|json|파일)(?:로|으로)? ?(?:내보내|저장|받|다운|뽑|줘|변환|추출)[가-힣 ]*[?!. ]*$|^또 ?(?:누구|누가|뭐|다른)[가-힣 ]*[?!. ]*$|^(?:다른|그 외) (?:사람|계정|리전|건)[가-힣 ]*[?!. ]*$/;
