/** What a fix will do, for whoever decides: in its message, and in the window in which they say why. */
import type { KnownBlock } from '@slack/types';
import { ACCEPT_RISK } from '../../core/fixes/accept-risk.ts';
import { differenceProse } from '../../core/fixes/difference-words.ts';
import type { FixPlan, FixRecord } from '../../core/fixes/fix.ts';
import { canonicalJson } from '../../core/json.ts';
import type { Cost, Finding } from '../../core/posture/finding.ts';
import { type Line, type Prose, withInstants } from '../../core/prose.ts';
import type { Bilingual, Reader } from '../../core/reader.ts';
import { remarksOn } from '../../core/report/remarks.ts';
import { bullets, paragraph, sentence } from '../render.ts';
import { said, titled } from './findings.ts';
import { FIX_WORDS, type FixWords } from './fix-words.ts';

export type ToldPlan = {
  fix: FixRecord;
  finding?: Finding;
  /** Why it matters, as the rule says. */
  means?: Bilingual;
  /** How people call the account. */
  account?: string;
};

const CALLS_SHOWN = 5;
/** Longer parameters are cut in the middle; the thread has all of them, and the hash covers them. */
const CALL_CHARACTERS = 260;

/** Whether the change is to come, is made, or was only ever proposed. */
export function tense({ state, outcome }: FixRecord): 'coming' | 'made' | 'proposed' {
  if (outcome?.kind === 'applied') return 'made';
  return ['proposed', 'approved', 'claimed', 'applying'].includes(state) ? 'coming' : 'proposed';
}

export function titleOf({ fix, direction }: FixPlan, words: FixWords): string {
  if (fix === ACCEPT_RISK) return direction === 'back' ? words.titleRiskBack : words.titleRisk;
  return direction === 'back' ? words.titleBack : words.title;
}

/** What is wrong and why that matters, whose it is, what changes and what does not, what it costs. */
export function planBlocks(told: ToldPlan, reader: Reader): KnownBlock[] {
  const { plan } = told.fix;
  const words = FIX_WORDS[reader.language];
  // What a fix brings is told of the fix alone: its way back takes just that away again.
  const keeps = plan.direction === 'back' ? [] : plan.blast.keeps;
  return [
    paragraph(
      'wrong',
      [...wrongLines(told, reader), ...meaning(told, reader), ...where(told, words)],
      reader,
    ),
    bullets('diff', [{ strong: changesTitle(told.fix, words) }], changes(plan, reader), reader),
    paragraph('blast', blast(plan, reader), reader),
    ...(keeps.length > 0
      ? [bullets('keeps', [{ strong: words.keeps }], keeps.slice(0, 6).map(own(reader)), reader)]
      : []),
  ];
}

export function callsBlock({ plan }: FixRecord, reader: Reader): KnownBlock {
  const words = FIX_WORDS[reader.language];
  if (callsOf(plan).length === 0) return paragraph('calls', [[words.noCalls]], reader);
  const lines = callsOf(plan).map(
    ({ api, parameters }): Line => [
      { quote: api, max: 80 },
      ' ',
      { quote: canonicalJson(parameters), max: CALL_CHARACTERS },
    ],
  );
  const left = lines.length - CALLS_SHOWN;
  const shown = left > 0 ? [...lines.slice(0, CALLS_SHOWN), [`… +${left}`]] : lines;
  return bullets('calls', [{ strong: words.calls }], shown, reader);
}

/** Of a plan over several things, the calls of each in its turn. */
export const callsOf = (plan: FixPlan) => plan.parts?.flatMap(({ calls }) => calls) ?? plan.calls;

export function wrongLines({ finding, fix }: ToldPlan, reader: Reader): Prose {
  const words = FIX_WORDS[reader.language];
  if (fix.plan.direction === 'back') {
    return [[words.takesBack, { quote: fix.undoes ?? fix.plan.fix, max: 80 }]];
  }
  if (!finding) return [[words.for, { quote: fix.plan.fix, max: 80 }]];
  return [[words.wrong[tense(fix)], { strong: wrongWords(finding, reader) }]];
}

/** The sentence that says how it is; the title alone says how it should be. */
function wrongWords(finding: Finding, reader: Reader): string {
  return said(finding, reader).detail || titled(finding, reader);
}

function meaning({ finding, means, fix }: ToldPlan, reader: Reader): Prose {
  if (fix.plan.direction === 'back' || !finding) return [];
  const words = FIX_WORDS[reader.language];
  const since = remarksOn(finding, reader.language).find(({ about }) => about === 'since');
  return [
    ...(means ? [[words.means, sentence(means[reader.language], 500)]] : []),
    ...(since ? [[words.since, ...inZone(since.text)]] : []),
  ];
}

/** A sentence in which names may stand that came from outside, its instants in the reader's zone. */
const inZone = (text: string): Line => withInstants(text, (one) => sentence(one, 300));

function where({ fix: { plan }, account }: ToldPlan, words: FixWords): Prose {
  if (!plan.parts) return [aboutLine(plan, words, account)];
  const [first] = plan.parts;
  const several = words.several(plan.parts.length);
  return [[several, ...(first ? aboutLine(first, words) : [])]];
}

export function aboutLine(plan: FixPlan, words: FixWords, account?: string): Line {
  return [
    { quote: plan.resource, max: 200 },
    words.inAccount,
    { quote: account ?? plan.account, max: 80 },
    ' · ',
    { quote: plan.region, max: 30 },
  ];
}

function changesTitle(fix: FixRecord, words: FixWords): string {
  const several = (fix.plan.parts?.length ?? 1) > 1;
  return `${words.changes[tense(fix)]}${several ? words.ofCanary : ''}`;
}

/** As a person reads it; of a plan over several things that of the first. */
export function changes(plan: FixPlan, { language }: Reader): Prose {
  const { before, after } = plan.parts?.[0] ?? plan;
  return differenceProse(before, after, language);
}

function blast({ blast, cost, direction }: FixPlan, reader: Reader): Prose {
  const words = FIX_WORDS[reader.language];
  const { accounts, feels, irreversible } = blast;
  if (direction === 'back') return [[words.asBefore]];
  const reach = accounts.length > 1 ? words.accounts(accounts.length) : '';
  return [
    [words.feels, ...own(reader)(feels), reach],
    ...(irreversible ? [[{ strong: words.irreversible }, ...own(reader)(irreversible)]] : []),
    ...(cost ? [[words.cost, sentence(costWords(cost, reader), 500)]] : []),
  ];
}

/** Our own sentences; the names in them may come from outside. */
const own =
  ({ language }: Reader) =>
  (text: Bilingual): Line => [sentence(text[language], 400)];

function costWords({ monthly, unitPrice, ko, assumptions }: Cost, { language }: Reader): string {
  const words = FIX_WORDS[language];
  const unit = language === 'ko' ? (ko ?? unitPrice) : unitPrice;
  const price =
    monthly === null
      ? words.costUnknown(unit)
      : words.perMonth(monthly.toLocaleString('en-US', { maximumFractionDigits: 2 }));
  const assuming = assumptions.map((one) => one[language]).join('; ');
  return assuming ? `${price} (${assuming})` : price;
}
