import { csvRow } from '../csv.ts';
import { clock } from '../prose.ts';
import type { AnswerEvent } from './answer.ts';
import { redactedText, redactedValue } from './redact.ts';
import { PROOF } from './tell-words.ts';

type Column = (event: AnswerEvent, timeZone: string) => string | number;

/** The columns in their order. They are as stable as the fields of the JSON document; new ones come last. */
const COLUMNS: [name: string, cell: Column][] = [
  ['event_id', ({ eventID }) => eventID],
  ['time_utc', ({ eventTime }) => eventTime ?? ''],
  ['time_local', ({ eventTime }, zone) => (eventTime ? clock(eventTime, zone) : '')],
  ['person', ({ person }) => person.name],
  ['proof', ({ person }) => PROOF[person.proof].en],
  ['proof_chain', ({ person }) => (person.chain ?? []).join(' <- ')],
  ['event_name', ({ eventName }) => eventName],
  ['event_source', ({ eventSource }) => eventSource],
  ['outcome', ({ outcome }) => outcome],
  ['error_message', ({ errorMessage }) => redactedText(errorMessage ?? '')],
  ['account', ({ account }) => account],
  ['region', ({ region }) => region],
  ['resources', ({ resources }) => resources.map(redactedText).join('; ')],
  ['source_address', ({ sourceIPAddress }) => sourceIPAddress ?? ''],
  ['via', ({ via }) => via],
  ['caller', ({ actor }) => actor.name],
  ['caller_type', ({ actor }) => actor.type ?? ''],
  ['caller_arn', ({ actor }) => actor.arn ?? ''],
  [
    'details',
    ({ details }) =>
      details.map(({ name, value }) => `${name}=${redactedValue(name, value)}`).join('; '),
  ],
  ['shared_with', ({ sharedWith = [] }) => sharedWith.join('; ')],
  ['copy_of', ({ copyOf }) => copyOf ?? ''],
  ['own_call', ({ own }) => (own ? 'true' : '')],
  ['read_in', ({ origin }) => origin],
];

/** Every event as one row, in the order given, with its time in UTC and where the reader lives. */
export function* eventsCsv(events: Iterable<AnswerEvent>, timeZone: string): Generator<string> {
  yield csvRow(COLUMNS.map(([name]) => name));
  for (const event of events) yield csvRow(COLUMNS.map(([, cell]) => cell(event, timeZone)));
}
