import type { Prose } from '../prose.ts';
import { shortForm } from '../questions/short-form.ts';
import type { Answer } from './answer.ts';
import { tellSimulated } from './tell-nothing.ts';
import { listed } from './tell-words.ts';

/** A longer line could not be copied whole; the hash names the plan all the same. */
const LONGEST_FORM = 600;

/** What else was looked for, how the question was understood, and how to ask it again. */
export function tellClosing(answer: Answer, ko: boolean): Prose {
  const { understood, alsoLookedFor = [], planHash } = answer;
  const beside = listed(
    ko ? '함께 찾아봤지만 없었던 것: ' : 'Also looked for, and not found: ',
    alsoLookedFor,
  );
  const answered = answer.verdict !== 'unclear' && answer.verdict !== 'not-understood';
  const form = formOf(answer);
  return [
    ...(beside.length > 0 ? [beside] : []),
    ...(answered && understood.echo
      ? [[ko ? '이해한 질문: ' : 'Understood: ', { quote: understood.echo, max: 600 }]]
      : []),
    ...(answered && planHash
      ? [
          [
            ko ? '계획 ' : 'Plan ',
            { quote: planHash.slice(0, 12) },
            ...(form.length > 0 && form.length <= LONGEST_FORM
              ? [' · ', { quote: form, max: LONGEST_FORM }]
              : []),
          ],
        ]
      : []),
    ...tellSimulated(answer, ko),
  ];
}

/** Empty where it would be too long to be of use; a plan that long is not worth being written out either. */
function formOf({ understood: { plan } }: Answer): string {
  if (!plan || JSON.stringify(plan).length > LONGEST_FORM * 20) return '';
  return shortForm(plan, { accounts: [], people: [] });
}
