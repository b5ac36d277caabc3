import { wasSeen } from '../../reading.ts';
import type { AccountFacts, PostureSettings } from '../facts.ts';
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
  const silent = list.filter(({ state }) => wasSeen(state) && state.seen !== 'recording');
  const dark = list.find(({ state }) => !wasSeen(state));
  const doubt = wasSeen(recorders) ? (dark && !wasSeen(dark.state) ? dark.state : null) : recorders;
  const named: FactsOf<'account'> = {
    regionsNotRecording:
      silent.length > 0 || !doubt
        ? {
            seen: silent.map(
              ({ region, state }) => `${region} (${wasSeen(state) ? state.seen : '?'})`,
            ),
          }
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
        ? shown.slice(0, 3).map(({ state }) => proof(state, (recorder) => ({ recorder })))
        : [proof(recorders, () => ({}))]),
      proof(optedIn, (Regions) => ({ Regions })),
    ],
  };
}
