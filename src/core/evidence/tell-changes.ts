import { harmless, type Line, type Prose } from '../prose.ts';
import type { ChangedMember, ConfigChange } from './answer.ts';

const CHANGES = 5;
const MEMBERS = 12;

/** What AWS Config kept of the changed resources before and after, member by member. */
export function tellChanges(changes: ConfigChange[], ko: boolean): Prose {
  if (changes.length === 0) return [];
  const left = changes.length - CHANGES;
  return [
    [{ strong: ko ? '변경 전과 후 (AWS Config):' : 'Before and after (AWS Config):' }],
    ...changes.slice(0, CHANGES).flatMap((change) => tellChange(change, ko)),
    ...(left > 0 ? [[ko ? `… 그 밖에 리소스 ${left}개` : `… and ${left} more resources`]] : []),
  ];
}

function tellChange(change: ConfigChange, ko: boolean): Prose {
  const { resourceType, resource, account, region, before, after, deleted, members, unseen } =
    change;
  const head: Line = [
    { quote: resource },
    ' · ',
    { quote: resourceType },
    ' · ',
    { quote: account },
    ' · ',
    { quote: region },
    ...seen(before, after, deleted, ko),
  ];
  const left = members.length - MEMBERS;
  return [
    head,
    ...members.slice(0, MEMBERS).map((member) => tellMember(member, ko)),
    ...(left > 0 ? [[ko ? `  … 그 밖에 ${left}개 항목` : `  … and ${left} more`]] : []),
    ...(members.length === 0 && !deleted && unseen === undefined
      ? [[ko ? '  Config가 본 차이가 없습니다.' : '  Config saw no difference.']]
      : []),
    // A sentence of ours that may hold what AWS answered.
    ...(unseen === undefined
      ? []
      : [[ko ? '  알 수 없는 것: ' : '  Not known: ', harmless(unseen, 300)]]),
  ];
}

function seen(before: string | null, after: string | null, deleted: boolean, ko: boolean): Line {
  const none = ko ? '없음' : 'none';
  const first: Line = [ko ? ' · 전 ' : ' · before ', before === null ? none : { at: before }];
  if (deleted && after !== null)
    return [...first, ko ? ' · 삭제됨, 확인 ' : ' · gone, seen ', { at: after }];
  if (deleted) return [...first, ko ? ' · 삭제됨' : ' · gone'];
  return [...first, ko ? ' · 후 ' : ' · after ', after === null ? none : { at: after }];
}

function tellMember({ path, before, after }: ChangedMember, ko: boolean): Line {
  const absent = ko ? '(없음)' : '(absent)';
  const value = (text: string | null): Line[number] =>
    text === null ? absent : { quote: text, max: 120 };
  return ['• ', { quote: path, max: 120 }, ': ', value(before), ' → ', value(after)];
}
