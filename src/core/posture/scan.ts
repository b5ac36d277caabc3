import { wasSeen } from '../reading.ts';
import { configWord } from './config/config-word.ts';
import type { PostureFacts, PostureSettings } from './facts.ts';
import {
  type CoverageCell,
  type Finding,
  type Scan,
  type ScannedAccount,
  type Status,
  severityRank,
} from './finding.ts';
import { controlsOf, type Framework } from './framework.ts';
import { judge, type Subject } from './judge.ts';
import { known } from './known.ts';
import { coverageMap } from './recorded/coverage-map.ts';
import type { Rule } from './rule.ts';
import { subjectsOf } from './subjects/index.ts';
import type { SubjectKind } from './vocabulary.ts';

/** All rules over all facts, worst first, each finding with the controls that its check serves. */
export function findingsOf(
  rules: Rule[],
  facts: PostureFacts,
  settings: PostureSettings,
  frameworks: Framework[],
): Finding[] {
  const all = known(facts);
  const kinds = new Map<SubjectKind, Subject[]>();
  return rules
    .flatMap((rule) => {
      const controls = controlsOf(rule.id, frameworks);
      const subjects = kinds.get(rule.every) ?? subjectsOf(rule.every, all, settings);
      kinds.set(rule.every, subjects);
      if (subjects.length === 0) return [{ ...nothingToJudge(rule, facts), controls }];
      return subjects.map((subject) => {
        const finding = judge(rule, subject, facts.readAt);
        return { ...finding, controls, config: configWord(rule, subject, finding.status, all) };
      });
    })
    .sort(worstFirst);
}

/** No subject at all: not applicable, but only where everybody who could have one was seen. */
function nothingToJudge(rule: Rule, facts: PostureFacts): Finding {
  const subject = facts.organization.id || facts.organization.self || 'organization';
  const dark = facts.accounts.find(({ trails }) => !wasSeen(trails))?.trails;
  const list = facts.organization.accounts;
  const doubt = dark && !wasSeen(dark) ? dark : wasSeen(list) ? null : list;
  const [first = ''] = Object.keys(rule.must);
  const fact = doubt
    ? { unseen: doubt.unseen }
    : {
        notApplicable: {
          en: `in what was asked there is nothing of the kind (${rule.every.replaceAll('-', ' ')})`,
          ko: `조회한 범위에 판단할 대상(${rule.every.replaceAll('-', ' ')})이 없습니다`,
        },
      };
  return judge(
    { ...rule, must: { [first]: rule.must[first] ?? true } },
    {
      subject,
      owner: facts.organization.managementAccount ?? facts.organization.self,
      covers: facts.accounts.map(({ id }) => id),
      facts: { [first]: fact },
      fields: {},
      evidence: [],
    },
    facts.readAt,
  );
}

const STATUSES: Status[] = ['FAIL', 'ERROR', 'NOT_VISIBLE', 'PASS', 'NOT_APPLICABLE'];

function worstFirst(a: Finding, b: Finding): number {
  return (
    STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status) ||
    severityRank(a.severity) - severityRank(b.severity) ||
    (a.check < b.check ? -1 : a.check > b.check ? 1 : a.subject < b.subject ? -1 : 1)
  );
}

/** How many findings there are of each status. */
export function totalsOf(findings: Finding[]): Scan['totals'] {
  const totals = { PASS: 0, FAIL: 0, NOT_APPLICABLE: 0, NOT_VISIBLE: 0, ERROR: 0 };
  for (const { status } of findings) totals[status] += 1;
  return totals;
}

/** The ledger: every account, whether it could be seen, and why not. */
export function ledger(facts: PostureFacts): ScannedAccount[] {
  return facts.accounts.map(({ id, name, ou, trails, regions, recorders }) => {
    const visible = wasSeen(trails) || wasSeen(regions) || wasSeen(recorders);
    const reason = visible || wasSeen(trails) ? null : trails.unseen.reason;
    return { id, name, ou, visible, reason };
  });
}

/** What is provably recorded, place by place. */
export function coverageOf(facts: PostureFacts): CoverageCell[] {
  return coverageMap(known(facts));
}

/**
 * 0: all was seen and holds, or was accepted; 1: something fails; 3: not everything that was asked for
 * could be seen.
 */
export function exitCodeOf({ totals, accounts, excepted, unlisted }: Scan): 0 | 1 | 3 {
  const dark = accounts.some(({ visible, closed }) => !visible && !closed);
  if (totals.NOT_VISIBLE + totals.ERROR > 0 || dark || unlisted || accounts.length === 0) return 3;
  return totals.FAIL > excepted ? 1 : 0;
}
