/** Who reads what we write: the language of the words and the zone of the clock times. */
export type Language = 'en' | 'ko';
export type Reader = {
  language: Language;
  /** IANA time zone, as Slack's `users.info` gives it. */
  timeZone: string;
};

/** A text of our own in both languages. */
export type Bilingual = { en: string; ko: string };

/** Korean where there is Hangul; people mix both, and the mix is asked in Korean. */
export function languageOf(words: string): Language {
  return /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/u.test(words) ? 'ko' : 'en';
}
