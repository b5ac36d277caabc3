import type { Block, Fields } from './index.ts';
import type { Seed } from './seed.ts';
import { blocksAsText } from './terminal-text.ts';
import { fieldsOf, listOf, textOf } from './workspace.ts';

/** A modal that is being filled in, one line for each of its inputs. */
export type Modal = {
  text: string;
  question(): string;
  /** Takes a line; gives the values when it was the last, and `cancelled` when the person will not. */
  answer(line: string): 'more' | 'cancelled' | Fields;
};

/** The modal as questions, or nothing when none is open. */
export function modalAsked(view: Fields | undefined, seed: Seed): Modal | undefined {
  if (!view) return undefined;
  const blocks = listOf(view.blocks) as Block[];
  const inputs = blocks.filter(({ type }) => type === 'input');
  const values: Fields = {};
  let at = 0;
  const label = (input: Block) => textOf(fieldsOf(input.label).text);
  return {
    text: [
      textOf(fieldsOf(view.title).text),
      blocksAsText(
        blocks.filter(({ type }) => type !== 'input'),
        seed,
      ),
      'An answer for each question, an empty line to leave it out, "cancel" to close.',
    ].join('\n'),
    question() {
      const input = inputs[at];
      if (!input) return `${textOf(fieldsOf(view.submit).text) || 'Submit'}? (Enter)> `;
      const options = optionsOf(input).map((option, index) => `${index + 1}) ${option.label}`);
      return `${label(input)}${options.length ? ` ${options.join(' ')}` : ''}> `;
    },
    answer(line) {
      if (line === 'cancel') return 'cancelled';
      const input = inputs[at];
      at += 1;
      if (input && line) values[textOf(input.block_id)] = valueFor(input, line);
      return at < inputs.length ? 'more' : values;
    },
  };
}

function optionsOf(input: Block): { label: string; option: Fields }[] {
  return listOf(fieldsOf(input.element).options).map((option) => ({
    label: textOf(fieldsOf(option.text).text),
    option,
  }));
}

function valueFor(input: Block, line: string): Fields {
  const { type, action_id } = fieldsOf(input.element);
  const chosen = optionsOf(input)[Number(line) - 1];
  const value = chosen ? { selected_option: chosen.option } : { value: line };
  return { [textOf(action_id)]: { type, ...value } };
}
