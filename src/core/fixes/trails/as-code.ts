import type { FixPlan } from '../fix.ts';
import type { Snippet } from '../obstacle.ts';
import { type AdvancedSelector, type BasicSelector, selectorsIn } from './selector-set.ts';

/** Event selectors as code spells them; JSON is YAML, so that CloudFormation takes them as they are sent. */
export function selectorsAsCode({ after }: FixPlan): Snippet[] {
  const set = selectorsIn(after);
  const [name, list] =
    'advanced' in set ? ['AdvancedEventSelectors', set.advanced] : ['EventSelectors', set.basic];
  const blocks = 'advanced' in set ? set.advanced.map(advancedBlock) : set.basic.map(basicBlock);
  return [
    { tool: 'terraform', text: blocks.join('\n') },
    { tool: 'cloudformation', text: `${name}: ${JSON.stringify(list)}` },
  ];
}

/** HCL reads `${` and `%{` in a text as the beginning of a template. */
const hcl = (value: unknown) => JSON.stringify(value).replace(/[$%](?=\{)/g, '$&$&');

function advancedBlock({ Name, FieldSelectors }: AdvancedSelector): string {
  const fields = FieldSelectors.map(({ Field, ...operators }) => {
    const conditions = Object.entries(operators).map(
      ([operator, values]) => `    ${snake(operator)} = ${hcl(values)}`,
    );
    return ['  field_selector {', `    field = ${hcl(Field)}`, ...conditions, '  }'].join('\n');
  });
  const name = Name === undefined ? [] : [`  name = ${hcl(Name)}`];
  return ['advanced_event_selector {', ...name, ...fields, '}'].join('\n');
}

function basicBlock(selector: BasicSelector): string {
  const { ReadWriteType = 'All', IncludeManagementEvents = true } = selector;
  const resources = (selector.DataResources ?? []).map(({ Type, Values = [] }) =>
    ['  data_resource {', `    type = ${hcl(Type)}`, `    values = ${hcl(Values)}`, '  }'].join(
      '\n',
    ),
  );
  return [
    'event_selector {',
    `  read_write_type = ${hcl(ReadWriteType)}`,
    `  include_management_events = ${IncludeManagementEvents}`,
    `  exclude_management_event_sources = ${hcl(selector.ExcludeManagementEventSources ?? [])}`,
    ...resources,
    '}',
  ].join('\n');
}

const snake = (name: string) => name.replace(/(?<!^)[A-Z]/g, '_$&').toLowerCase();
