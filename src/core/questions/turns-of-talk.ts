import type { Turn } from './reworded.ts';

const END = '(?=\\s*(?:[,?.!;]|$))';
/** Words without a name, a number or a sign in them. */
const PLAIN_EN = "(?:[a-z']{1,12} ){0,4}";

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
  // A remark behind the question, of no name: “nobody should be there”.
  [
    new RegExp(
      `([?.!] )(?:and )?(?:nobody|no one|none of us|we|they) (?:should(?:n't| not)?|never) (?:be|have|go|touch|use|do|need)(?: ${PLAIN_EN}[a-z']{1,12})?[?.!]*$`,
      'gi',
    ),
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
  // “top five users”.
  ...NUMBERS.map(
    (word, at): Turn => [
      new RegExp(`(?<=(?:^|[\\s,:])(?:top|latest|newest|last) )${word}(?=\\s+[a-z])`, 'gi'),
      String(at + 2),
    ],
  ),
  [/, (?:grouped|sorted|tallied)(?=,|\s*(?:[?.!]|$))/gi, ''],
];
