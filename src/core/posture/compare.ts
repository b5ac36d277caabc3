import { isAccepted } from './exceptions.ts';
import type { Finding, Scan } from './finding.ts';

export type Changes = {
  new: Finding[];
  regressed: Finding[];
  /** Accepted in the scan before and open now: the exception expired, or somebody took it back. */
  noLongerAccepted: Finding[];
  fixed: Finding[];
  stillOpen: Finding[];
  /** Faults that somebody accepts today, new or old. They are wrong, and not to mend. */
  accepted: Finding[];
  notVisible: Finding[];
};

/**
 * What changed since the scan before. Only a finding that was seen to be sound, or whose subject is
 * seen to be gone, is fixed; a fault that can no longer be seen stays a fault that cannot be seen.
 */
export function compareScans(previous: Scan | undefined, current: Scan): Changes {
  const before = new Map((previous?.findings ?? []).map((finding) => [finding.id, finding]));
  const now = new Map(current.findings.map((finding) => [finding.id, finding]));
  const changes: Changes = {
    new: [],
    regressed: [],
    noLongerAccepted: [],
    fixed: [],
    stillOpen: [],
    accepted: [],
    notVisible: [],
  };

  for (const finding of current.findings) {
    const was = before.get(finding.id);
    if (finding.status === 'FAIL') {
      if (isAccepted(finding)) changes.accepted.push(finding);
      else if (was && isAccepted(was)) changes.noLongerAccepted.push(finding);
      else if (was?.status === 'PASS') changes.regressed.push(finding);
      else if (was?.status === 'FAIL') changes.stillOpen.push(finding);
      else changes.new.push(finding);
    } else if (finding.status === 'NOT_VISIBLE' || finding.status === 'ERROR')
      changes.notVisible.push(finding);
    else if (was?.status === 'FAIL')
      // A fault that there is nothing left to judge by (its trail was stopped, say) is not mended.
      (finding.status === 'PASS' ? changes.fixed : changes.notVisible).push(finding);
  }
  for (const was of before.values()) {
    if (was.status !== 'FAIL' || now.has(was.id)) continue;
    if (wasLookedAt(was, current)) changes.fixed.push(gone(was));
    else changes.notVisible.push({ ...was, status: 'NOT_VISIBLE' });
  }
  return changes;
}

/** The subject is no longer there, or somebody else answers for it by now. */
function gone(was: Finding): Finding {
  return {
    ...was,
    status: 'NOT_APPLICABLE',
    detail: `No longer found: ${was.detail}`,
    ...(was.ko && { ko: { ...was.ko, detail: `더 이상 발견되지 않음: ${was.ko.detail}` } }),
    fix: null,
  };
}

/**
 * Whether its absence means something: everybody concerned was seen, and nothing of theirs was left
 * unread behind which it may hide.
 */
function wasLookedAt({ owner, covers }: Finding, { accounts, findings }: Scan): boolean {
  const concerned = new Set([owner, ...covers]);
  const visible = new Set(accounts.filter((account) => account.visible).map(({ id }) => id));
  return (
    [...concerned].every((account) => visible.has(account)) &&
    !findings.some(
      ({ status, owner: whose }) =>
        (status === 'NOT_VISIBLE' || status === 'ERROR') && concerned.has(whose),
    )
  );
}
