/**
 * Turns of phrase that say the same as a plainer one, with the account in another place: “gave 123456789012
 * access to an ami” is “shared an ami with 123456789012”.
 */
export function reworded(text: string): string {
  return TURNS.reduce((said, [pattern, plain]) => said.replace(pattern, plain), text);
}

const TURNS: [pattern: RegExp, plain: string][] = [
  [/(?<![\w/])w\/o(?![\w/])/gi, 'without'],
  [/엠에프에이/g, 'mfa'],
  // Times, as other people write them.
  [
    /(?<![\w-])(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)\/(?=\d{4}-\d{2}-\d{2}T)([\d:TZ+-]{16,25})/g,
    'from $1 to $2',
  ],
  [/(?<![\w-])(\d{4}-\d{2}-\d{2})T(?=\d{2}:\d{2} ?[~–-] ?\d{1,2}:\d{2})/g, '$1 '],
  [/(\d{1,2}:\d{2}) ?이상 ?(\d{1,2}:\d{2}) ?(?:미만|이하)에?(?![가-힣])/g, '$1~$2'],
  [/(?<![\w-])(since|after|before|until|till|by|from|between|and|to) noon(?![\w-])/gi, '$1 12pm'],
  [/(?<![\w-])since midnight(?![\w-])/gi, 'since 12am'],
  [/(?<![가-힣])정오(?=부터|까지|에|쯤|경| 이후|이후| 이전|이전)/g, '낮 12시'],
  [/(?<![가-힣])자정(?=부터| 이후|이후)/g, '오전 0시'],
  [/(?<![\w-])y'?day(?![\w-])/gi, 'yesterday'],
  [/(\d월|지난 ?달|저번 ?달|이번 ?달) 한 ?달(?:간|동안)?(?![가-힣])/g, '$1'],
  [/올해 들어(?:서)?(?![가-힣])/g, '올해'],
  [/(?<![가-힣])밤 사이(?:에)?(?![가-힣])/g, '밤사이'],
  [
    /(?<!\w)(?:gave|gives?|given|granted|grants?|giving) (?:account |acct )?(\d{12}) (?:access|permissions?|rights?) (?:to|on) ([^,?.;]{1,80}?)(?=\s*(?:[,?.;]|$))/gi,
    'shared $2 with $1',
  ],
  [
    /(?<!\d)(\d{12}) ?(?:계정)?(?:에|에게|한테|으로|로) ([^\s,?.]{1,60}) (?=공유)/g,
    '$2 $1 계정에 ',
  ],
];
