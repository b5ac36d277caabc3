/** Longer questions are not questions; the limit also bounds the work of every step after it. */
export const LONGEST_QUESTION = 2_000;
/** What is read of the words as they were sent, with the wrapping and the spaces that are taken off. */
export const LONGEST_READ = 2 * LONGEST_QUESTION;

/**
 * The words as they were meant: one Unicode form, plain quotes, Slack's wrapping taken off, nothing
 * invisible, single spaces. Slack mentions stay as `<@U…>` for the vocabulary to resolve.
 */
export function normalise(words: string): string {
  return (
    words
      .slice(0, LONGEST_READ)
      .normalize('NFKC')
      .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Variation_Selector}\u115f\u1160\u3164\uffa0]/gu, '')
      // Letters that form no syllable are laughter and tears: ㅋㅋ, ㅠㅠ.
      .replace(/[\u1100-\u11ff\u3130-\u318f]+/g, ' ')
      .replace(/<mailto:([^|>]*)(?:\|[^>]*)?>/g, ' $1 ')
      .replace(
        /<(?:https?:\/\/)([^|>]*)(?:\|([^>]*))?>/g,
        (_, address, label) => ` ${label ?? address} `,
      )
      .replace(/<#[A-Z0-9]+\|?([^>]*)>/g, ' ')
      .replace(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g, ' <@$1> ')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
      .replace(/[\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d\u300e\u300f]/g, '"')
      .replace(/[\u2018\u2019\u201a\u2032]/g, "'")
      .replace(/[\u2010-\u2015\u2212]/g, '-')
      .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
      .trim()
  );
}

/** Words without what only people see: case, spaces and hyphens. The key of the lexicon. */
export function squeeze(words: string): string {
  return words.toLowerCase().replace(/[\s\-_'·]+/g, '');
}
