import type { Turn } from './reworded.ts';

/** What may follow the name of an occasion, and tells when it was. */
const WHEN =
  '(?=\\(?(?:20\\d\\d-|\\d{1,2}[:/]\\d|\\d{1,2} ?[ap]m|\\d{1,2}(?:st|nd|rd|th)?[ ,]|yesterday|today|this |last |mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))';
const OCCASION =
  '(?:the |our |that )?(?:(?:prod|production) )?(?:outage|incident|deploy(?:ment)?|release|rollout|maintenance|migration|change|freeze|cutover|go-live|launch|failover|game ?day)(?: (?:window|freeze|night|call|weekend))?';

/** Times, as people write and say them. */
export const TURNS_OF_TIME: Turn[] = [
  [
    /(?<![\w-])(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)\/(?=\d{4}-\d{2}-\d{2}T)([\d:TZ+-]{16,25})/g,
    'from $1 to $2',
  ],
  [/(?<![\w-])(\d{4}-\d{2}-\d{2})T(?=\d{2}:\d{2} ?[~–-] ?\d{1,2}:\d{2})/g, '$1 '],
  // A space before the hours, and no seconds: what follows is where they end, and no offset.
  [/(?<![\w-])(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}) ?[–-] ?(\d{2}:\d{2})(?![\d:])/g, '$1 $2~$3'],
  [/(\d{1,2}:\d{2}) ?이상 ?(\d{1,2}:\d{2}) ?(?:미만|이하)에?(?![가-힣])/g, '$1~$2'],
  [/(?<![\w-])(since|after|before|until|till|by|from|between|and|to) noon(?![\w-])/gi, '$1 12pm'],
  [/(?<![\w-])since midnight(?![\w-])/gi, 'since 12am'],
  [/(?<![가-힣])정오(?=부터|까지|에|쯤|경| 이후|이후| 이전|이전)/g, '낮 12시'],
  [/(?<![가-힣])자정(?=부터| 이후|이후)/g, '오전 0시'],
  [/(?<![\w-])y'?day(?![\w-])/gi, 'yesterday'],
  [/(\d월|지난 ?달|저번 ?달|이번 ?달) 한 ?달(?:간|동안)?(?![가-힣])/g, '$1'],
  [/올해 들어(?:서)?(?![가-힣])/g, '올해'],
  [/(?<![가-힣])밤 사이(?:에)?(?![가-힣])/g, '밤사이'],
  // “어제치”, “오늘자”: what belongs to the day.
  [
    /(?<![가-힣])(오늘|어제|그제|이번 ?주|지난 ?주|이번 ?달|지난 ?달)(?:치|자|분|꺼)(?=\s|만|로|[,?.!]|$)/g,
    '$1',
  ],
  [/(?<![가-힣])(오늘|어제|그제|그저께) 하루(?: ?(?:동안|종일|만))?(?![가-힣])/g, '$1'],
  // “어제 배포 때”, “월요일 배포 이후로”: the day tells when it was.
  [
    /(?<![가-힣])(오늘|어제|그제|그저께|[월화수목금토일]요일) ?(?:배포|장애|릴리즈|릴리스|점검|작업) ?(?:때|당시|중)(?:에)?(?![가-힣])/g,
    '$1',
  ],
  [
    /(?<![가-힣])(오늘|어제|그제|그저께|[월화수목금토일]요일) ?(?:배포|장애|릴리즈|릴리스|점검|작업) ?(?:이후로?|이후에|부터|하고 나서|뒤로|뒤에)(?![가-힣])/g,
    '$1부터',
  ],
  [
    /(?<![\w-])since ((?:어제|오늘|그제|[월화수목금토일]요일)(?: ?(?:오전|오후|새벽|아침|저녁|밤|낮))?(?: ?\d{1,2}시)?(?: ?\d{1,2}분| ?반)?)(?![가-힣])/gi,
    '$1부터',
  ],
  // “between 9 and 11 this morning”: the half of the day is said once.
  [
    /(?<![\w-])(between|from) (\d{1,2}) (and|to|until|till) (\d{1,2}) this morning(?![\w-])/gi,
    '$1 $2am $3 $4am today',
  ],
  [
    /(?<![\w-])(between|from) (\d{1,2}) (and|to|until|till) (\d{1,2}) this (?:afternoon|evening)(?![\w-])/gi,
    '$1 $2pm $3 $4pm today',
  ],
  [
    /(?<![\w-])(between|from) (\d{1,2}) (and|to|until|till) (\d{1,2}) yesterday morning(?![\w-])/gi,
    '$1 $2am $3 $4am yesterday',
  ],
  [
    /(?<![\w-])(between|from) (\d{1,2}) (and|to|until|till) (\d{1,2}) yesterday (?:afternoon|evening)(?![\w-])/gi,
    '$1 $2pm $3 $4pm yesterday',
  ],
  [
    /(?<![\w-])(january|february|april|june|july|august|september|october|november|december|today|yesterday|(?:this|last) (?:week|month|year)) only(?![\w-])/gi,
    '$1',
  ],
  // “since the deploy on Tuesday”: when it was is told beside it; an occasion alone stays, and is asked about.
  [
    new RegExp(`(?<![\\w-])(?:since|after) ${OCCASION}(?:,| on| at| of| from)? ${WHEN}`, 'gi'),
    'since ',
  ],
  [
    new RegExp(`(?<![\\w-])(?:during|in|around) ${OCCASION}(?:,| on| at| of| from)? ${WHEN}`, 'gi'),
    '',
  ],
];
