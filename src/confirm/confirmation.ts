import { randomBytes } from 'node:crypto';
import type { AuditStep } from '../core/audit.ts';
import { isAddressOf } from '../core/fixes/approval.ts';
import type { Approval, FixRecord, Member } from '../core/fixes/fix.ts';
import type { Markup } from '../core/markup.ts';
import type { ReplyTo } from '../core/request.ts';
import { readLink, same, signLink } from './link.ts';
import { consentPage, notice, type PageKind } from './pages.ts';
import type { Leaving, Person, SignIn } from './sign-in.ts';

/** A yes that was said in Slack, and waits for the sign-in of the organization. */
export type Decision = {
  fix: string;
  planHash: string;
  by: Member;
  reason: string | null;
  replyTo: ReplyTo | null;
};

export type ConfirmWorld = {
  now(): Date;
  fix(id: string): Promise<FixRecord | undefined>;
  /** Goes on with the decision; the organization has seen who it is. */
  confirmed(decision: Decision, by: NonNullable<Approval['confirmed']>): Promise<void>;
  appendAudit(step: AuditStep): Promise<void>;
};

/** What is answered to a browser: a page or another place to go to, and what it is to remember. */
export type Reply = { status: number; page?: Markup; location?: string; visit?: string };

/** Long enough to sign in; a link that lies about is worth nothing. */
const LINK_MINUTES = 10;
/** More than any organization decides in ten minutes: what comes beyond pushes the oldest out. */
const MOST = 1_000;

/** One browser on its way through the sign-in. */
type Visit = { id: string; leaving: Leaving; person?: Person; consent?: string; until: number };

/**
 * link -> sign-in -> what is confirmed, once more -> yes. The link is signed, bound to the plan, the
 * person and ten minutes, and used up by the yes alone: merely opening it, as previews do, decides
 * nothing. Links die with the process.
 */
export function openConfirmation(signIn: SignIn, url: string, world: ConfirmWorld) {
  const key = randomBytes(32);
  const decisions = new Map<string, Decision & { until: number }>();
  const visits = new Map<string, Visit>();

  /** The link for one person and one plan; `expiresAt` is ISO 8601 UTC. */
  function link(decision: Decision): { url: string; expiresAt: string } {
    const until = world.now().getTime() + LINK_MINUTES * 60_000;
    const id = randomBytes(16).toString('hex');
    put(decisions, id, { ...decision, until });
    const { fix, planHash, by } = decision;
    const token = signLink({ id, fix, planHash, slackId: by.slackId, until }, key);
    return { url: `${url}/confirm/${token}`, expiresAt: new Date(until).toISOString() };
  }

  /** Somebody opened a link: they are sent to sign in. */
  async function begin(token: string): Promise<Reply> {
    const claims = readLink(token, key, world.now().getTime());
    if (claims === 'forged') return says(404, 'unknown-link');
    if (claims === 'expired') return says(410, 'expired-link');
    const decision = decisions.get(claims.id);
    if (!decision) return says(404, 'unknown-link');
    const open = await openFix(decision);
    if (!open) return says(410, 'not-open', decision);
    const { url: location, leaving } = await signIn.leave();
    const visit = randomBytes(32).toString('base64url');
    put(visits, visit, { id: claims.id, leaving, until: decision.until });
    return { status: 303, location, visit };
  }

  /** The provider sent somebody back, to this address. */
  async function arrive(address: URL, visitId: string): Promise<Reply> {
    const visit = fresh(visits.get(visitId));
    if (!visit || visit.person) return says(400, 'lost-track');
    const decision = fresh(decisions.get(visit.id));
    if (!decision) return says(410, 'expired-link');
    if (!same(address.searchParams.get('state') ?? '', visit.leaving.state))
      return says(400, 'lost-track', decision);
    const person = await signIn.arrive(address, visit.leaving);
    if ('refused' in person) {
      visits.delete(visitId);
      await note(decision, 'confirmation-refused', { why: person.refused });
      return says(403, 'refused', decision, person.refused);
    }
    if (!isAddressOf(person.email, decision.by)) {
      visits.delete(visitId);
      const { issuer, subject, email } = person;
      await note(decision, 'confirmation-refused', {
        why: 'somebody else',
        issuer,
        subject,
        email,
      });
      return says(403, 'somebody-else', decision);
    }
    const fix = await openFix(decision);
    if (!fix) return says(410, 'not-open', decision);
    const consent = randomBytes(32).toString('base64url');
    visits.set(visitId, { ...visit, person, consent });
    const { reason } = decision;
    const page = consentPage(fix, { reason, email: person.email, consent }, languageOf(decision));
    return { status: 200, page };
  }

  /** Somebody who signed in has seen what it is about and pressed the button. */
  async function agree(consent: string, visitId: string): Promise<Reply> {
    const visit = fresh(visits.get(visitId));
    if (!visit?.person || !visit.consent || !same(consent, visit.consent))
      return says(400, 'lost-track');
    const decision = fresh(decisions.get(visit.id));
    // Used up before anything is waited for, so that a second press finds nothing.
    decisions.delete(visit.id);
    visits.delete(visitId);
    if (!decision) return says(410, 'unknown-link');
    if (!(await openFix(decision))) return says(410, 'not-open', decision);
    const by = { ...visit.person, at: world.now().toISOString() };
    await note(decision, 'fix-confirmed', by);
    await world.confirmed(decision, by);
    return says(200, 'taken', decision);
  }

  /** The fix as it stands, while this very plan of it can be approved. */
  async function openFix({ fix: id, planHash }: Decision): Promise<FixRecord | undefined> {
    const fix = await world.fix(id);
    const now = world.now().toISOString();
    const open = fix?.state === 'proposed' && fix.planHash === planHash && now < fix.expiresAt;
    return open ? fix : undefined;
  }

  async function note({ fix, planHash, by }: Decision, action: string, details: object) {
    const at = world.now().toISOString();
    await world.appendAudit({ at, actor: by, action, details: { fix, planHash, ...details } });
  }

  const fresh = <T extends { until: number }>(one: T | undefined): T | undefined =>
    one && world.now().getTime() < one.until ? one : undefined;

  return { link, begin, arrive, agree };
}

function says(status: number, kind: PageKind, decision?: Decision, because?: string): Reply {
  return { status, page: notice(kind, languageOf(decision), because) };
}

const languageOf = (decision?: Decision) => decision?.replyTo?.language ?? 'en';

/** Keeps a thing under its name; of too many the oldest goes. */
function put<T>(kept: Map<string, T>, name: string, one: T): void {
  if (kept.size >= MOST) for (const oldest of [...kept.keys()].slice(0, 1)) kept.delete(oldest);
  kept.set(name, one);
}
