/**
 * Turns of phrase that say the same as a plainer one, with the account in another place: “gave 123456789012
 * access to an ami” is “shared an ami with 123456789012”.
 */
export function reworded(text: string): string {
  return TURNS.reduce((said, [pattern, plain]) => said.replace(pattern, plain), text);
}

const TURNS: [pattern: RegExp, plain: string][] = [
  [
    /(?<!\w)(?:gave|gives?|given|granted|grants?|giving) (?:account |acct )?(\d{12}) (?:access|permissions?|rights?) (?:to|on) ([^,?.;]{1,80}?)(?=\s*(?:[,?.;]|$))/gi,
    'shared $2 with $1',
  ],
  [
    /(?<!\d)(\d{12}) ?(?:계정)?(?:에|에게|한테|으로|로) ([^\s,?.]{1,60}) (?=공유)/g,
    '$2 $1 계정에 ',
  ],
];
