/** What do the words after `/trail`, a mention or in a direct message ask for? Pure. */
import { mayFollow } from '../core/questions/follow-up.ts';

export type Command =
  | { kind: 'help'; notUnderstood?: string }
  | { kind: 'posture'; scope: { account?: string; ou?: string }; framework?: string }
  | { kind: 'digest' }
  /** With a subject, `finding` is the id of a fix; `findings` are several for one plan. */
  | { kind: 'fix'; finding: string; subject?: string; findings?: string[] }
  | { kind: 'way-back'; fix: string }
  | { kind: 'fixes' }
  | { kind: 'stop-fixes' | 'start-fixes'; reason: string | null }
  | { kind: 'snooze'; finding: string; days: number }
  | { kind: 'accept'; finding: string }
  | { kind: 'question'; words: string };

const HELP = ['help', '도움말', '도움', '?'];
const POSTURE = ['posture', 'scan', '점검'];
const DIGEST = ['digest', '요약'];
const FIX = ['fix', '수정', '고치기'];
const BACK = ['back', 'undo', '되돌리기'];
const FIXES = ['fixes', '수정목록', '수정들'];
const STOP = ['stop', '중지', '정지'];
const START = ['start', '재개', '시작'];
const SNOOZE = ['snooze', '미루기'];
const ACCEPT = ['accept', '수용'];
const ASK = ['ask', '질문'];

/** Longer than any question; the rest is noise or an attack. */
const MAX_WORDS = 2_000;

/** The command; words that are none but look like a question are one, and what is neither is said back. */
export function readCommand(text: string): Command {
  const words = text.trim().slice(0, MAX_WORDS);
  const [first = '', ...others] = words.split(/\s+/);
  const verb = first.toLowerCase();
  const rest = others.join(' ');
  if (words === '' || (HELP.includes(verb) && rest === '')) return { kind: 'help' };
  if (POSTURE.includes(verb) && isName(others)) return { kind: 'posture', ...readScope(others) };
  if (DIGEST.includes(verb) && rest === '') return { kind: 'digest' };
  const ofFixes = readFixes(verb, others);
  if (ofFixes) return ofFixes;
  if (ASK.includes(verb) && rest !== '') return { kind: 'question', words: rest };
  if (looksLikeQuestion(words) || mayFollow(words)) return { kind: 'question', words };
  return { kind: 'help', notUnderstood: words };
}

/** What fixes are spoken of by; null for anything else. */
function readFixes(verb: string, others: string[]): Command | null {
  const [first = '', second, ...more] = others.map(unquoted);
  const list = FIXES.includes(verb) || (FIX.includes(verb) && first === '목록');
  if (list) return readList(FIXES.includes(verb) ? others : others.slice(1));
  if (first === '') return null;
  if (FIX.includes(verb)) {
    if (second === undefined) return { kind: 'fix', finding: first };
    const all = [first, second, ...more];
    if (all.every(isFinding) && all.length <= MOST_FINDINGS)
      return { kind: 'fix', finding: first, findings: all };
    return more.length === 0 && !isFinding(first)
      ? { kind: 'fix', finding: first, subject: second }
      : null;
  }
  if (BACK.includes(verb) && second === undefined) return { kind: 'way-back', fix: first };
  if (ACCEPT.includes(verb) && second === undefined) return { kind: 'accept', finding: first };
  const days = Number(/^(\d{1,2})(d|일)?$/.exec(second ?? '7')?.[1]);
  if (SNOOZE.includes(verb) && more.length === 0 && days >= 1)
    return { kind: 'snooze', finding: first, days };
  return null;
}

function readList([what = '', ...reason]: string[]): Command | null {
  const said = reason.join(' ').slice(0, 300) || null;
  if (what === '') return { kind: 'fixes' };
  if (STOP.includes(what.toLowerCase())) return { kind: 'stop-fixes', reason: said };
  return START.includes(what.toLowerCase()) ? { kind: 'start-fixes', reason: said } : null;
}

/** One plan over more things than that nobody can read. */
const MOST_FINDINGS = 50;
const isFinding = (word: string) => /^[0-9a-f]{10}$/.test(word);

/** What may follow `posture`: a name of a few words (`cis 3.0`, `ou Shared Services`), but no question. */
function isName(words: string[]): boolean {
  return words.length <= 2 || (words.length <= 6 && !looksLikeQuestion(words.join(' ')));
}

/**
 * Twelve digits or a name are an account, which may turn out to be the name of an OU or of a framework;
 * `ou-…` and paths are an OU; `account X`, `ou X` and `framework X` say it outright.
 */
function readScope(words: string[]): Omit<Extract<Command, { kind: 'posture' }>, 'kind'> {
  const [kind = '', ...rest] = words;
  if (kind === '') return { scope: {} };
  const name = unquoted(rest.join(' '));
  if (rest.length > 0) {
    if (KINDS.ou.includes(kind.toLowerCase())) return { scope: { ou: name } };
    if (KINDS.account.includes(kind.toLowerCase())) return { scope: { account: name } };
    if (KINDS.framework.includes(kind.toLowerCase())) return { scope: {}, framework: name };
  }
  const place = unquoted(words.join(' '));
  return {
    scope: /^(ou-|r-)/.test(place) || place.includes('/') ? { ou: place } : { account: place },
  };
}

const KINDS = {
  ou: ['ou', '조직단위'],
  account: ['account', '계정'],
  framework: ['framework', 'by', '프레임워크'],
};

const unquoted = (word: string) => word.replace(/^[`'"<]+|[`'">]+$/g, '');

/** A question mark, a word that asks, a verb that people ask about, or an identifier of AWS. */
function looksLikeQuestion(words: string): boolean {
  return (
    /[?？]/.test(words) ||
    /\b(who|what|when|where|which|why|how|did|was|were|has|show|list|find|tell|top)\b/i.test(
      words,
    ) ||
    /(누가|누구|언제|무엇|뭐|어디|어떤|왜|몇|했|됐|바꿨|삭제|변경|생성|종료|보여|찾아|알려)/.test(
      words,
    ) ||
    /\b(i|sg|vpc|subnet|vol|ami|eni|rtb|igw|nat)-[0-9a-f]{8,17}\b|arn:aws/i.test(words)
  );
}

/** A mention without the mention: `<@U0TRAIL> who…` becomes `who…`, with Slack's own escapes undone. */
export function withoutMention(text: string, botUser: string): string {
  return text
    .replaceAll(`<@${botUser}>`, ' ')
    .replaceAll(new RegExp(`<@${botUser}\\|[^>]*>`, 'g'), ' ')
    .replace(/<(?:https?:\/\/|mailto:)[^>|]*\|([^>]*)>/g, '$1')
    .replace(/<((?:https?:\/\/|mailto:)[^>|]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}
