import type { Turn } from './reworded.ts';

const END = '(?=\\s*(?:[,?.!;]|$))';
const AUTOMATION =
  '(?:the |our |a |some )?(?:pipelines?|automation|ci|ci/cd|scripts?|bots?|terraform|machines?|code)';
const SOMEBODY = '(?:an? |some )?(?:person|human|people|humans|somebody|someone|engineer)';
const BY_HAND = `(?:by |through )?(?:hand|manually|${SOMEBODY})`;

/** What was done, in other words, often with its parts in another order. */
export const TURNS_OF_DOING: Turn[] = [
  [
    /(?<!\w)(?:gave|gives?|given|granted|grants?|giving) (?:account |acct )?(\d{12}) (?:access|permissions?|rights?) (?:to|on) ([^,?.;]{1,80}?)(?=\s*(?:[,?.;]|$))/gi,
    'shared $2 with $1',
  ],
  [
    /(?<!\d)(\d{12}) ?(?:계정)?(?:에|에게|한테|으로|로) ?([^\s,?.]{1,60}) (?=공유)/g,
    '$2 $1 계정에 ',
  ],
  // “ami-… was given to 123456789012”: an account is given nothing but what is shared with it.
  [
    /(?<![\w-])(?:given|handed(?: over)?|passed(?: on)?) to (?:account |acct )?(?=\d{12}(?!\d))/gi,
    'shared with ',
  ],
  [
    /(?:다른 회사|외부|타사|남의)? ?(?:계정 )?(?<!\d)(\d{12}) ?(?:계정)? ?(?:에게|한테|에|으로|로) ?(?:넘긴|넘겨준|넘겼|건넨|건네준)/g,
    '$1 계정에 공유한',
  ],
  // By a machine or by a person: which of them it was is asked, and neither is left out.
  [
    new RegExp(
      `(?<![\\w-])${BY_HAND},? or (?:was it |by |through |via )?${AUTOMATION}${END}`,
      'gi',
    ),
    'by terraform or a person',
  ],
  [
    new RegExp(
      `(?<![\\w-])(?:by |through |via )?${AUTOMATION},? or (?:was (?:it|that) )?${BY_HAND}${END}`,
      'gi',
    ),
    'by terraform or a person',
  ],
  [
    /(?:사람이|손으로|수동으로|수동) ?(?:한|된|바꾼|만든|지운)? ?(?:건지|거야|건가|인지|것인지) ?(?:아니면 )?(?:자동으로|자동화가|자동화로|파이프라인이|스크립트가|자동) ?(?:한|된|바꾼|만든|지운)? ?(?:건지|거야|건가|인지|것인지)/g,
    '테라폼이 한 거야 사람이 한 거야',
  ],
  [
    /(?<![\w-])or was (?:that|it) (?:by )?(?=(?:an? |some )?(?:person|human|somebody|someone)(?!\w))/gi,
    'or ',
  ],
  [
    /(?<![\w-])(?:spot )?reclaim(?:ed)?,? or (?:an? )?(?:human|person|someone|somebody)(?![\w-])/gi,
    'who terminated',
  ],
  // How it came about.
  [
    /(?<![\w-])what(?:'s| is| was) different (?:on|with|about|in|for)(?![\w-])/gi,
    'what changed on',
  ],
  [/(?<=바뀌어|변해|달라져|변경돼|변경되어|바꿔|고쳐) ?(?:왔|온)[가-힣]{0,4}/g, '었나'],
  [/(?<![\w-])(?:the )?(?:origin|provenance) of (?=\S{0,40}[\d:/-])/gi, 'who created '],
  [/(?<![\w-])whose (?:handiwork|creation|baby|brainchild) is(?![\w-])/gi, 'who created'],
  [
    /누구(?:의)? ?(?:작품|솜씨)(?:인가요|인지|이야|야|이죠|입니까|임|일까)?(?=\s*(?:[?.!,]|$))/g,
    '누가 만들었어',
  ],
  [
    /(?<![\w-])(?:stuff|anything|something|things) (?:running|going on|happening) (?:up |over |down )?(?=in(?!\w))/gi,
    'activity ',
  ],
  [/(?<![\w-])new resources(?![\w-])/gi, 'created resources'],
  [/(?:신규|새로운|새) 리소스/g, '생성된 리소스'],
  [
    /(?<![\w-])(running|going on|happening|doing|created|launched) (?:up|over|down) (?=in(?!\w))/gi,
    '$1 ',
  ],
  [/(?<![\w-])(bytes|data|gb|gigabytes|files|objects|records) out of(?![\w-])/gi, '$1 from'],
  [/(?<![\w-])(?:switched|flipped|changed|turned|set|moved) to public(?![\w-])/gi, 'made public'],
  [
    /(가능으로|퍼블릭으로|공개로|public으로) (?:돌린|돌렸|전환한|전환했|돌려|풀린|풀렸|풀어)/gi,
    '$1 바꾼',
  ],
  [
    /(?<![\w-])(?:vanished|disappeared|gone|missing) from (?:the )?(?:console|list|dashboard|ui)(?![\w-])/gi,
    'disappeared',
  ],
  // “… disappeared, who pulled it”: the same deed in other words.
  [
    /(?<=(?:disappeared|vanished|gone|missing)[^?!]{0,40}[,?-] ?(?:any idea |do we know |wondering )?who )(?:pulled|took|yanked|axed|ate) (?:it|that)(?![\w-])/gi,
    'deleted it',
  ],
  [
    /(?<![\w-])(?:is |was |are )?([\w:/.-]{1,80}) still (?:in use|being used)(?![\w-])/gi,
    'when was $1 used',
  ],
  [/,? (?:and )?(?:when (?:was (?:it|that) )?)?last seen(?: when)?(?=\s*(?:[?.!]|$))/gi, ''],
  [/(?<![\w-])(export(?:s|ed|ing)? [^,?.;]{1,80}?) to s3(?![\w-])/gi, '$1'],
  [/(?<=스냅샷[^,?.]{0,40})s3(?:로|에|으로) ?(?=익스포트|export)/gi, ''],
  [
    /(?<=(?:who|anyone|somebody|someone|anybody) )(?:re)?tagged (?=[a-z]{1,12}-[0-9a-f]{8,17}(?![\w-]))/gi,
    'changed tags on ',
  ],
  // Sign-ins.
  [
    /(?<![\w-])(?:bad|wrong|incorrect|mistyped|invalid) passwords?(?: attempts?| tries| logins?)?(?![\w-])/gi,
    'failed console logins',
  ],
  [
    /(?:비밀번호|비번|패스워드)(?:가|를|을)? ?(?:틀린|틀려|틀렸|오류|잘못 ?입력한|잘못 ?친)(?: ?(?:시도|로그인))?/g,
    '콘솔 로그인 실패한',
  ],
  // Logs that were kept from being written.
  [
    /(?<=로그|기록|로깅)(?:를|을|이|가)? ?(?:못|안) ?(?:남기게|남게|쌓이게|찍히게)(?: ?(?:손쓴|손 쓴|한|만든|해놓은))?/g,
    ' 끈',
  ],
  // One's own rights.
  [
    /(?<![\w-])(?:gave|granted|giving|grants?) (?:themselves|himself|herself|themself|yourself) (?:more |extra |new |additional )?(?:permissions?|rights?|privileges?|access)(?![\w-])|(?<![\w-])(?:raised|elevated|escalated|upgraded) (?:their|his|her) own (?:permissions?|rights?|privileges?|access)(?![\w-])/gi,
    'escalated privileges',
  ],
  [
    /(?:스스로|자기|본인|셀프로)(?:가|의)? ?(?:한테|에게)? ?권한(?:을)? ?(?:올린|올렸|높인|높였|상승시킨|부여한|준)/g,
    '권한 상승 한',
  ],
  // “flagged by s3-bucket-versioning-enabled”: a rule of Config by its name.
  [
    /(?<![\w-])(flagged|non-?compliant|failing|red) (?:by|under|against|for) (?:the )?(?=[a-z0-9]+-[a-z0-9-]*(?:enabled|disabled|prohibited|check|encrypted|required)(?![\w-]))/gi,
    '$1 rule ',
  ],
  [/(?<![\w-])(?:went|turned|gone|became) (?=non[-_ ]?compliant)/gi, 'became '],
  [/원인 ?제공자/g, '원인 변경한 사람'],
  [
    /(?<![\w-])outside (?:of )?(?:our |the )?(?:allowed|approved|permitted|sanctioned) regions?(?![\w-])/gi,
    'in regions not allowed',
  ],
  [/(?:허용|승인)(?:된)? 리전 (?:밖|외|이외)(?:에서|의|에)?/g, '허용 안 된 리전에서'],
  // “why did it go away? spot? asg? a human?”: guesses, each of which the answer would tell.
  [
    /(?<=why [^?!]{3,120}\?)(?: ?(?:an? |was it |the )?(?:spot|asg|auto ?scaling|human|person|someone|terraform|cloudformation|health check|scale-in)\?){1,4}/gi,
    '',
  ],
  // What AWS Config says of a thing.
  [
    /(?<![\w-])(?:does )?(?:aws )?config (?:currently |now )?(?:think|say|know|show|report|hold|have)s? (?:of|about|on|for)(?![\w-])/gi,
    'config says of',
  ],
];
