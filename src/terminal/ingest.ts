import { harmless } from '../core/prose.ts';
import type { Language } from '../core/reader.ts';

type Trouble = { name: string; reason: string };

/** What `trailwarden ingest` did, as far as it is told. */
export type Taken = {
  files: number;
  known: number;
  events: number;
  duplicates: number;
  setAside: Trouble[];
  unlisted: Trouble[];
};

/** Troubles that are told one by one; the rest is counted. */
const TOLD = 20;

/** What was taken in, and by name what was not: a folder that cannot be read hides how much it holds. */
export function ingestTold(taken: Taken, directory: string, language: Language): string {
  const words = WORDS[language];
  const number = (count: number) => count.toLocaleString('en');
  const list = (title: string, troubles: Trouble[]) =>
    troubles.length === 0
      ? []
      : [
          title,
          ...troubles
            .slice(0, TOLD)
            .map(({ name, reason }) => `  ${harmless(name, 300)}: ${harmless(reason, 300)}`),
          ...(troubles.length > TOLD ? [`  ${words.more(number(troubles.length - TOLD))}`] : []),
        ];
  return [
    words.taken(number(taken.files), number(taken.events), directory),
    ...(taken.known > 0 ? [words.known(number(taken.known))] : []),
    ...(taken.duplicates > 0 ? [words.duplicates(number(taken.duplicates))] : []),
    ...list(words.setAside(number(taken.setAside.length)), taken.setAside),
    ...list(words.unlisted, taken.unlisted),
  ].join('\n');
}

const WORDS = {
  en: {
    taken: (files: string, events: string, directory: string) =>
      `${files} new log ${files === '1' ? 'file' : 'files'} with ${events} new ${events === '1' ? 'event' : 'events'} in ${directory}`,
    known: (files: string) => `${files} ${files === '1' ? 'file was' : 'files were'} there already`,
    duplicates: (events: string) =>
      `${events} ${events === '1' ? 'event was' : 'events were'} there already, from other files`,
    setAside: (files: string) => `${files} ${files === '1' ? 'file' : 'files'} set aside:`,
    unlisted: 'Could not be looked into:',
    more: (count: string) => `and ${count} more`,
  },
  ko: {
    taken: (files: string, events: string, directory: string) =>
      `${directory}에 새 로그 파일 ${files}개, 새 이벤트 ${events}건을 넣었습니다`,
    known: (files: string) => `파일 ${files}개는 이미 들어 있었습니다`,
    duplicates: (events: string) => `이벤트 ${events}건은 다른 파일로 이미 들어 있었습니다`,
    setAside: (files: string) => `읽지 못해 제외한 파일 ${files}개:`,
    unlisted: '목록을 읽지 못한 곳:',
    more: (count: string) => `그 밖에 ${count}개`,
  },
};
