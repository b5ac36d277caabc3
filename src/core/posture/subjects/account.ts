import { wasSeen } from '../../reading.ts';
import type { AccountFacts, PostureSettings, RecorderFacts } from '../facts.ts';
import type { Subject } from '../judge.ts';
import { called, type Known } from '../known.ts';
import { proof } from '../proof.ts';
import { regionsNotAllowed } from '../regions-allowed.ts';
import type { FactsOf, FieldsOf } from '../vocabulary.ts';

/** Every account that was asked, with the recorders of its regions. */
export function accounts(facts: Known, settings: PostureSettings): Subject[] {
  return facts.accounts.map((account) => accountSubject(account, settings));
}

function accountSubject(account: AccountFacts, settings: PostureSettings): Subject {
  const { id, name, recorders, optedIn } = account;
  const list = wasSeen(recorders) ? recorders.seen : [];
  const silent = list.filter((recorder) => whyNot(recorder) !== null);
  const dark = list.find(({ state }) => !wasSeen(state));
  const doubt = wasSeen(recorders) ? (dark && !wasSeen(dark.state) ? dark.state : null) : recorders;
  const named: FactsOf<'account'> = {
    regionsNotRecording:
      silent.length > 0 || !doubt
        ? { seen: silent.map((recorder) => `${recorder.region} (${whyNot(recorder)})`) }
        : { unseen: doubt.unseen },
    regionsNotAllowed: regionsNotAllowed(account, settings),
  };
  const fields: FieldsOf<'account'> = {
    account: called({ id, name }),
    regions: String(list.length),
  };
  const shown = silent.length > 0 ? silent : list;
  return {
    subject: id,
    owner: id,
    covers: [id],
    facts: named,
    fields,
    evidence: [
      ...(wasSeen(recorders)
        ? shown.slice(0, 3).map(({ state, leavesOut = [] }) =>
            proof(state, (recorder) => ({
              recorder,
              ...(leavesOut.length > 0 && { leavesOut }),
            })),
          )
        : [proof(recorders, () => ({}))]),
      proof(optedIn, (Regions) => ({ Regions })),
    ],
  };
}

/** Why a recorder, as far as it was seen, does not record what the audit trail is made of. */
function whyNot({ state, leavesOut = [] }: RecorderFacts): string | null {
  if (!wasSeen(state)) return null;
  if (state.seen !== 'recording') return state.seen;
  return leavesOut.length > 0 ? 'leaves-out' : null;
}
