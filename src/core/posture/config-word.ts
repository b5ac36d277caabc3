import { wasSeen } from '../reading.ts';
import type { Finding, Status } from './finding.ts';
import type { Subject } from './judge.ts';
import type { Known } from './known.ts';
import type { Rule } from './rule.ts';

type Word = Finding['config'];

/**
 * What AWS Config says of the same thing, beside the live reading. Config judges when it is told of a
 * change or once a day, so it may be late; where it says nothing, the reason is said.
 */
export function configWord(rule: Rule, subject: Subject, status: Status, facts: Known): Word {
  if (!rule.config) return null;
  const { rule: identifier, differs } = rule.config;
  const place = placeOf(subject, facts);
  const word = place && facts.configBy.get(`${place.account}/${place.region}`);
  if (!place || !word)
    return { agrees: null, detail: `Config was not asked about ${subject.subject}` };
  const where = `${place.account}/${place.region}`;
  const why = recorderTrouble(place, facts);
  if (!wasSeen(word.rules))
    return silence(`Config could not be asked in ${where}: ${word.rules.unseen.reason}`);
  const verdicts = word.rules.seen[identifier];
  if (!verdicts) return silence(`No Config rule ${identifier} in ${where}${why}`);
  if (!wasSeen(verdicts))
    return silence(`Rule ${identifier} in ${where} could not be read: ${verdicts.unseen.reason}`);
  const names = namesOf(subject, place.account);
  const verdict = verdicts.seen.find(({ resource }) => names.includes(resource));
  if (!verdict) return silence(`Rule ${identifier} in ${where} has no verdict on it${why}`);
  const said = `Rule ${identifier} in ${where} said ${verdict.compliance} at ${verdict.at}`;
  if (verdict.compliance !== 'COMPLIANT' && verdict.compliance !== 'NON_COMPLIANT')
    return silence(`${said}${why}`);
  if (status !== 'PASS' && status !== 'FAIL')
    return { agrees: null, detail: `${said}; there is no live reading to compare it with${why}` };
  const agrees = (verdict.compliance === 'COMPLIANT') === (status === 'PASS');
  if (agrees) return { agrees, detail: `${said}${why}` };
  const because = differs ? ` (${differs})` : '';
  return {
    agrees,
    detail: `${said}; the live reading of ${facts.readAt} says otherwise and counts${because}${why}`,
  };
}

function silence(detail: string): Word {
  return { agrees: null, detail };
}

type Place = { account: string; region: string };

/** Where Config would know of a subject: a trail's home, a bucket's region, an account's trails. */
function placeOf({ subject }: Subject, facts: Known): Place | null {
  const trail = facts.trailBy.get(subject);
  if (trail) return { account: trail.owner, region: trail.homeRegion };
  const bucket = facts.bucketBy.get(subject.slice(subject.lastIndexOf(':') + 1));
  if (bucket) return wasSeen(bucket.place) ? bucket.place.seen : null;
  const sighted = facts.accountBy.get(subject)?.trails;
  const own = sighted && wasSeen(sighted) ? sighted.seen[0] : undefined;
  return own ? { account: subject, region: own.homeRegion } : null;
}

/** Config names a trail by name or ARN, a bucket by name, and an account by its id. */
function namesOf({ subject }: Subject, account: string): string[] {
  if (!subject.includes(':')) return [subject];
  const name = subject.slice(Math.max(subject.lastIndexOf('/'), subject.lastIndexOf(':')) + 1);
  return [subject, name, account];
}

/** A recorder that does not record is why Config knows nothing new. */
function recorderTrouble({ account, region }: Place, facts: Known): string {
  const recorders = facts.accountBy.get(account)?.recorders;
  if (!recorders || !wasSeen(recorders)) return '';
  const state = recorders.seen.find((one) => one.region === region)?.state;
  if (!state || !wasSeen(state) || state.seen === 'recording') return '';
  return ` (the recorder there is ${state.seen})`;
}
