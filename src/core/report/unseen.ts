import type { Finding, Scan, ScannedAccount } from '../posture/finding.ts';

/** What could not be seen for one reason. */
export type Blind = {
  /** Accounts of which nothing was seen; empty where only some checks could not be judged. */
  accounts: ScannedAccount[];
  /** The findings that say so; those of the accounts above, or single ones. */
  findings: Finding[];
  /** The reason that AWS gave for the first of them; hostile text until rendered. */
  reason: string | null;
};

/**
 * Everything that could not be judged, by reason, the widest first: a role that is missing in forty
 * accounts is one line and not forty times as many as there are checks.
 */
export function blindSpots({ accounts, findings }: Pick<Scan, 'accounts' | 'findings'>): Blind[] {
  const dark = findings.filter(({ status }) => status === 'NOT_VISIBLE' || status === 'ERROR');
  const whole = accounts.filter(({ visible, closed }) => !visible && !closed);
  const unseen = new Set(whole.map(({ id }) => id));
  const byOwner = Map.groupBy(dark, ({ owner }) => owner);

  const byRole = [...Map.groupBy(whole, ({ reason }) => sameReason(reason ?? '')).values()].map(
    (alike): Blind => ({
      accounts: alike,
      findings: alike.flatMap(({ id }) => byOwner.get(id) ?? []),
      reason: alike[0]?.reason ?? null,
    }),
  );
  const single = dark.filter(({ owner }) => !unseen.has(owner));
  const byDetail = [
    ...Map.groupBy(single, ({ status, detail }) => `${status} ${sameReason(detail)}`).values(),
  ].map((alike): Blind => ({ accounts: [], findings: alike, reason: null }));

  return [...byRole, ...byDetail].sort(
    (a, b) => b.accounts.length - a.accounts.length || b.findings.length - a.findings.length,
  );
}

/** Whether the sentence, which names the role of one account, is only an example of what it would take. */
export function isExample({ accounts, findings }: Blind): boolean {
  const places = [...accounts.map(({ id }) => id), ...findings.map(({ owner }) => owner)];
  return new Set(places).size > 1;
}

/** Reasons that differ only in whose account it is are one reason. */
function sameReason(reason: string): string {
  return reason.replace(/\d{12}/g, '#').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '#');
}
