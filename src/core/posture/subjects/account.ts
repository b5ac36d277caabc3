import { wasSeen } from '../../reading.ts';
import type { AccountFacts } from '../facts.ts';
import type { Subject } from '../judge.ts';
import { called, type Known } from '../known.ts';
import { proof } from '../proof.ts';
import type { FactsOf, FieldsOf } from '../vocabulary.ts';

/** Every account that was asked, with the recorders of its regions. */
export function accounts(facts: Known): Subject[] {
  return facts.accounts.map(accountSubject);
}

function accountSubject({ id, name, recorders }: AccountFacts): Subject {
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
    evidence: wasSeen(recorders)
      ? shown.slice(0, 3).map(({ state }) => proof(state, (recorder) => ({ recorder })))
      : [proof(recorders, () => ({}))],
  };
}
