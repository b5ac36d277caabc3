import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

/** A configuration that cannot be used; the message is for a person and says what to write instead. */
export class ConfigError extends Error {}

/** What was expected and how it may look, for every place of a file; '' stands for all of it. */
export type Expected = { [place: string]: [expected: string, example: string] };

/**
 * What a person wrote in a YAML file, as its schema sees it. Every wrong place is named with its line,
 * with what was expected there and with an example; `path` is only for messages.
 */
export function parseYamlFile<S extends z.ZodType>(
  text: string,
  path: string,
  { schema, expected, empty = {} }: { schema: S; expected: Expected; empty?: object },
): z.output<S> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const broken = document.errors[0];
  if (broken) {
    const { line } = lines.linePos(broken.pos[0]);
    throw new ConfigError(
      `${path} line ${line}: this is not YAML (${broken.message.split('\n')[0]})`,
    );
  }
  const result = schema.safeParse(document.toJS() ?? empty);
  if (result.success) return result.data;

  const complaints = result.error.issues.map((issue) => {
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    const steps = unknown === undefined ? issue.path : [...issue.path, unknown];
    const line = lineOf(steps);
    const [wanted, example] = expectedAt(issue.path, expected);
    const where = steps.join('.');
    const what =
      unknown === undefined
        ? `${where === '' ? 'the file' : `\`${where}\``} is not right`
        : `\`${where}\` is not a key that I know`;
    return `${path} line ${line}: ${what}: expected ${wanted}, such as \`${example}\``;
  });
  // Two rules may refuse one value, of which a person has to write one other.
  throw new ConfigError([...new Set(complaints)].join('\n'));

  function lineOf(steps: PropertyKey[]): number {
    for (let length = steps.length; length > 0; length -= 1) {
      const parent =
        length === 1 ? document.contents : document.getIn(steps.slice(0, length - 1), true);
      const key = steps[length - 1];
      // The line of the key, where there is one: the value may stand further down.
      if (isNode(parent) && 'items' in parent) {
        const pair = (parent.items as { key?: { value?: unknown; range?: [number] } }[]).find(
          (item) => item.key?.value === key,
        );
        if (pair?.key?.range) return lines.linePos(pair.key.range[0]).line;
      }
      const node = document.getIn(steps.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  }
}

/** The nearest place that the table speaks of; an index of a list is no place of its own. */
export function expectedAt(
  path: PropertyKey[],
  expected: Expected,
): [expected: string, example: string] {
  const names = path.filter((step) => typeof step === 'string');
  for (let length = names.length; length >= 0; length -= 1) {
    const found = expected[names.slice(0, length).join('.')];
    if (found) return found;
  }
  throw new Error('the table of expectations has an entry for the whole file');
}

/** A name of the IANA database that this machine knows. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
