import type { ConfigSays, Cost, Exception, Finding } from '../posture/finding.ts';
import { harmless } from '../prose.ts';
import type { Language } from '../reader.ts';

/**
 * What is said beside a finding: since when it is so and by whom, what Config says of it (`config` where it
 * contradicts, `agreement` where it says the same, `silence` where it says nothing and why), what it costs,
 * who accepted it, and who put it off. Plain sentences; instants in them are ISO 8601 UTC until they are
 * rendered, and names may stand in them that came from outside. `brief` is for who has ten seconds.
 */
export type Remark = {
  about: 'since' | 'config' | 'agreement' | 'silence' | 'cost' | 'exception' | 'snooze';
  text: string;
  brief: string;
};

export function remarksOn(finding: Finding, language: Language): Remark[] {
  const { since, config, cost, exception, snoozed } = finding;
  const remarks: (Remark | null)[] = [
    since ? shortened('since', language === 'ko' ? since.ko : since.detail) : null,
    config
      ? shortened(aboutConfig(config), (language === 'ko' && config.ko) || config.detail)
      : null,
    cost ? costWords(cost, language) : null,
    // That one has expired is told by the detail: the finding counts again because of it.
    exception && !exception.expired ? exceptionWords(exception, language) : null,
    snoozed ? snoozeWords(snoozed, language) : null,
  ];
  return remarks.filter((remark) => remark !== null);
}

function aboutConfig({ agrees }: ConfigSays): Remark['about'] {
  if (agrees === null) return 'silence';
  return agrees ? 'agreement' : 'config';
}

/** The first two clauses say what is so and who did it; why more is not known comes after them. */
function shortened(about: Remark['about'], text: string): Remark {
  return { about, text, brief: /^.*?(?:; |\. ).*?(?=; |\. )/s.exec(text)?.[0] ?? text };
}

/** `about 61 USD a month`, or the unit price where nobody knows the volume; with what that assumes. */
function costWords({ monthly, unitPrice, ko, assumptions }: Cost, language: Language): Remark {
  const { aMonth, unknown, assuming } = WORDS[language];
  const brief =
    monthly === null
      ? unknown(harmless((language === 'ko' && ko) || unitPrice))
      : aMonth(monthly.toLocaleString('en-US', { maximumFractionDigits: 2 }));
  const grounds = assumptions.map((one) => harmless(one[language], 300));
  const text = grounds.length > 0 ? `${brief} (${assuming}: ${grounds.join('; ')})` : brief;
  return { about: 'cost', text, brief };
}

function exceptionWords({ reason, owner, expires }: Exception, language: Language): Remark {
  const [until, who] = [harmless(expires, 20), harmless(owner, 100)];
  const text = WORDS[language].accepted(until, who, harmless(reason, 300));
  return { about: 'exception', text, brief: text };
}

function snoozeWords({ until, by }: { until: string; by: string }, language: Language): Remark {
  const text = WORDS[language].snoozed(harmless(until, 30), harmless(by, 100));
  return { about: 'snooze', text, brief: text };
}

const WORDS = {
  en: {
    aMonth: (dollars: string) => `about ${dollars} USD a month`,
    unknown: (unit: string) => `${unit}, volume unknown`,
    assuming: 'assuming',
    accepted: (until: string, owner: string, reason: string) =>
      `accepted until ${until} by ${owner}: ${reason}`,
    snoozed: (until: string, by: string) => `${by} does not want to be reminded before ${until}`,
  },
  ko: {
    aMonth: (dollars: string) => `월 약 ${dollars} USD`,
    unknown: (unit: string) => `${unit}, 양은 알 수 없음`,
    assuming: '가정',
    accepted: (until: string, owner: string, reason: string) =>
      `${until}까지 수용됨, 담당 ${owner}: ${reason}`,
    snoozed: (until: string, by: string) => `${by} 님이 ${until}까지 알림을 미룸`,
  },
} satisfies Record<Language, unknown>;
