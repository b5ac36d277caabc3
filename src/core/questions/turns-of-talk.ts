import type { Turn } from './reworded.ts';

const END = '(?=\\s*(?:[,?.!;]|$))';

const NUMBERS = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** How people talk around a question: contractions, second thoughts, remarks. None of it restricts. */
export const TURNS_OF_TALK: Turn[] = [
  [/(?<![\w/])w\/o(?![\w/])/gi, 'without'],
  [/엠에프에이/g, 'mfa'],
  [/(?<![\w-])(what|who|where|when|how|why|which)'d(?![\w-])/gi, '$1 did'],
  [/(?<![\w-])(what|who|where|it|that)'s (been|had|got|gone)(?![\w-])/gi, '$1 has $2'],
  // “…, by?”
  [/\s(?:- |, ?)?by ?\?+\s*$/gi, ' by whom?'],
  // “which commit… err, which call …”: what is said first is taken back.
  [
    /(?<![\w-])(which|who|what|when) (?:[a-z']{1,14} ?){0,4}(?:\.{2,3}|…|-|,)? ?(?:err?|uh|um|sorry|no wait|wait,? no|i mean|correction|scratch that)[,.]? (?=\1 )/gi,
    '',
  ],
  [
    /(?<![\w-])(?:has |did |does )?(?:any|some)(?:one|body) (?:else )?(?:notice|noticed|see|seen)(?: that)? /gi,
    '',
  ],
  // A remark behind the question, which says nothing of where or by what: “nobody should be there”.
  [
    /([?.!] )(?:and )?(?:nobody|no one|none of us|we|they) (?:should(?:n't| not)?|never) (?:be|have|go|touch|use|do|need)(?: (?:there|in there|here|it|this|that|them|access))?[?.!]*$/gi,
    '$1',
  ],
  [
    /(?<=\w) at all(?=\s*(?:[,?.!]|$)| (?:in|on|since|during|this|last|today|yesterday)(?!\w))/gi,
    '',
  ],
  [new RegExp(`(?<=\\w) or (?:something|sth|so|nah|nope)${END}`, 'gi'), ''],
  // What made the asker ask.
  [
    /(?<![\w-])(?:we|i)(?: just)? (?:got|were|was) (?:an? )?(?:alert(?:ed)?|paged)(?: that| about| on| for)?[,:]?(?: |(?=[?.!]*$))/gi,
    '',
  ],
  [
    /(?:알림|알람|얼럿|alert|경보|경고|메일)(?:이|가|은|는|을|를)? ?(?:왔는데|와서|왔던데|오던데|떴는데|떠서|울렸는데|울려서|받았는데|받아서)(?![가-힣])/gi,
    '',
  ],
  [/(?<![가-힣])퇴사(?:했는데|했던데|하셨는데|하고 나서|하고)(?![가-힣])/g, ''],
  [/,? who (?:has |just )?(?:left|quit|resigned)(?: the company| us)?,/gi, ''],
  // “파라미터 그룹이든 뭐든”: anything.
  [/(?:[가-힣]{1,8} )?[가-힣]{1,8}(?:이)?든 ?(?:지 )?뭐든(?:지)?(?![가-힣])/g, ''],
  // “leaked?? AKIA…”: why somebody asks about a key, and nothing that a call would tell.
  [
    /^(?:leaked|compromised|유출(?:됐나|됐어|된건가|됨)?)\s*[?!]+\s*(?=[^?!]{0,20}\b(?:AKIA|ASIA))/gi,
    '',
  ],
  [/(?<![\w-])(how many|number of|count of) (?:distinct|unique|different) /gi, '$1 '],
  [/(?<![가-힣])서로 다른 (?=사람|사용자|유저|계정|주체)/g, ''],
  // “X 말고 다른 서비스”: the other one is whatever is left.
  [
    /(?<=\S (?:말고|빼고|제외하고)) (?:다른|그 외) (?=서비스|리전|계정|사람|사용자|유저|이벤트|호출)/g,
    ' ',
  ],
  // “writes only”, “only denied calls”: every slot restricts by itself.
  [
    /(?<![\w-])(writes?|write calls|denied|denials|failed|failures|errors|successful|successes|throttled)(?: calls| ones| events| attempts)? only(?![\w-])/gi,
    '$1',
  ],
  [
    /(?<![\w-])(?<!(?:with|have|has|had|did|who|that|which|by|can|could) )only (?:the )?(?=(?:writes|write calls|denied|failed|successful|throttled) (?:calls|ones|events|attempts|logins|sign-?ins))/gi,
    '',
  ],
  // “버킷마다”.
  [
    /(?<![가-힣])(계정|사용자|유저|사람|리전|버킷|이벤트|서비스|인스턴스|리소스|역할|에러|오류|주소|아이피|ip)(?:들)?마다(?![가-힣])/gi,
    '$1별',
  ],
  [/(?<![가-힣])(?:날|하루)마다(?![가-힣])/g, '날짜별'],
  [/(?<![가-힣])시간마다(?![가-힣])/g, '시간별'],
  // “region별”, “user별로”.
  [
    /(?<![\w-])(region|account|user|service|event|day|hour|date|bucket|resource|role|ip|api|action|principal|error|instance)s? ?별(?:로)?(?![가-힣])/gi,
    'per $1 ',
  ],
  // “top five users”.
  ...NUMBERS.map(
    (word, at): Turn => [
      new RegExp(`(?<=(?:^|[\\s,:])(?:top|latest|newest|last) )${word}(?=\\s+[a-z])`, 'gi'),
      String(at + 2),
    ],
  ),
  [
    /(?<=(?:AKIA|ASIA)[A-Z0-9]{8,40}) (?:was |got |has |has been |is )?leaked(?: (?:on|in|to|via) (?:github|gitlab|slack|pastebin|the internet|a public repo|public))?[.!,;](?= )/gi,
    '',
  ],
  [/, go[!.]*$/gi, ''],
  // “auditor request: …”.
  [
    /^(?:(?:an? |the )?(?:auditor|audit|security|compliance|manager|legal|hr)s?(?: team)?(?:'s)? (?:request|ask|question|ticket)|context|fyi|question|request|ticket): /gi,
    '',
  ],
  [/(?:것|거) ?같(?:은데|아요?|습니다|음)(?![가-힣])/g, ''],
  [/(?<![\w-])write (?=한|함|했|하)/gi, 'writes '],
  [/(?<=\w) at any (?:point|time|moment)(?![\w-])/gi, ''],
  // “none expected”, “urgent, possible breach”: why it is asked.
  [
    /(?<=[,.?!]) (?:there )?(?:(?:none|nothing) (?:is |was )?expected|should(?:n't| not)? be (?:any|none|zero))[.!]*$/gi,
    '',
  ],
  [
    /(?<=[,.?!]) (?:urgent(?:ly)?,? )?(?:it'?s |this is |maybe )?(?:an? )?(?:possible|potential|suspected|likely) (?:breach|incident|compromise|attack|intrusion|leak)[.!]*$/gi,
    '',
  ],
  // Whoever it was is asked to come forward.
  [
    /(?<![\w-])(?:please |pls |plz )?(?:own up|fess up|come forward)(?: (?:please|pls))?(?=\s*(?:[?.!]|$))/gi,
    '',
  ],
  [/(?<=사람|분|놈) ?(?:나오세요|나와주세요|나와라|자수하세요|손 ?드세요)(?=\s*(?:[?.!]|$))/g, ''],
  // “공유한사람”: a space that was left out.
  [
    /(?<=[가-힣])([한은운린든준간본온킨낸쓴긴뗀끈연난친꾼깬댄])(사람|사람들|분들)(?=이|은|을|들|\s|[?.!,]|$|누)/g,
    '$1 $2',
  ],
  [/쪽(?:입니다|이에요|이요|임|인데요|이고요)(?![가-힣])/g, '쪽에서'],
  [/(?<=기록|로그|이력|흔적)(?:이|가)? ?남아 ?(?=있)/g, ' '],
  [/(?<=확인|조회|검색|체크) ?가능(?:할까요|한가요|해요|하나요|합니까|할지요?|함)(?![가-힣])/g, ''],
  // “172.16.8.20, 172.16.8.21 두 IP에서”: they are named.
  [/(?<=[,와랑과] ?[\w.:-]{2,60} )(?:두|세|네) ?(?=ip|아이피|주소|계정|리전|버킷|인스턴스)/gi, ''],
  [/(?<![\w-])(?:grouped|broken down|split up) (?=(?:by|per) )/gi, ''],
  // “top users by bucket deletions”: the number of them, and nothing is grouped by buckets.
  [
    /(?<![\w-])by (?=(?:bucket|instance|role|user|account|resource|object|key|function) (?:deletions|deletes|creations|changes|terminations|launches|reads|writes|updates|uses)(?![\w-]))/gi,
    'by number of ',
  ],
  [/, (?:grouped|sorted|tallied)(?=,|\s*(?:[?.!]|$))/gi, ''],
];
