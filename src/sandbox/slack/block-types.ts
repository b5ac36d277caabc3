import { elementFaults } from './block-elements.ts';
import {
  countFaults,
  type Fault,
  fault,
  limits,
  type Surface,
  stringFaults,
  textFaults,
} from './block-limits.ts';
import { type Fields, fieldsOf, listOf, textOf } from './workspace.ts';

type Check = { surfaces: Surface[]; faults(block: Fields, at: string): Fault[] };

const everywhere: Surface[] = ['message', 'modal', 'home'];
const messages: Surface[] = ['message'];
const messagesAndHome: Surface[] = ['message', 'home'];

const each = (value: unknown, at: string, check: (one: unknown, at: string) => Fault[]): Fault[] =>
  (Array.isArray(value) ? value : []).flatMap((one, index) => check(one, `${at}/${index}`));

const list = (
  value: unknown,
  at: string,
  most: number,
  check: (one: unknown, at: string) => Fault[],
): Fault[] => [...countFaults(value, at, { most }), ...each(value, at, check)];

/** What each block may hold and where it may stand (docs.slack.dev, Block Kit, autumn 2026). */
export const checks: { [type: string]: Check } = {
  divider: { surfaces: everywhere, faults: () => [] },
  header: {
    surfaces: everywhere,
    faults: ({ text }, at) =>
      textFaults(text, `${at}/text`, { most: 150, plain: true, required: true }),
  },
  section: {
    surfaces: everywhere,
    faults: ({ text, fields, accessory }, at) => [
      ...(text === undefined && fields === undefined
        ? [fault(at, 'missing required field: text or fields')]
        : []),
      ...textFaults(text, `${at}/text`, { most: 3000 }),
      ...(fields === undefined
        ? []
        : list(fields, `${at}/fields`, 10, (field, place) =>
            textFaults(field, place, { most: 2000, required: true }),
          )),
      ...(accessory === undefined ? [] : elementFaults(accessory, `${at}/accessory`)),
    ],
  },
  context: {
    surfaces: everywhere,
    faults: ({ elements }, at) =>
      list(elements, `${at}/elements`, 10, (element, place) =>
        fieldsOf(element).type === 'image'
          ? elementFaults(element, place)
          : textFaults(element, place, { most: 3000, required: true }),
      ),
  },
  actions: {
    surfaces: everywhere,
    faults: ({ elements }, at) => list(elements, `${at}/elements`, 25, elementFaults),
  },
  image: {
    surfaces: everywhere,
    faults: (block, at) => [
      ...stringFaults(block.alt_text, `${at}/alt_text`, { most: 2000, required: true }),
      ...limits(block, at, { image_url: 3000 }),
      ...textFaults(block.title, `${at}/title`, { most: 2000, plain: true }),
      ...((block.image_url === undefined) === (block.slack_file === undefined)
        ? [fault(at, 'must provide exactly one of image_url and slack_file')]
        : []),
    ],
  },
  input: {
    surfaces: everywhere,
    faults: ({ label, hint, element }, at) => [
      ...textFaults(label, `${at}/label`, { most: 2000, plain: true, required: true }),
      ...textFaults(hint, `${at}/hint`, { most: 2000, plain: true }),
      ...elementFaults(element, `${at}/element`),
    ],
  },
  rich_text: {
    surfaces: everywhere,
    faults: ({ elements }, at) => list(elements, `${at}/elements`, 1000, richTextFaults),
  },
  video: {
    surfaces: everywhere,
    faults: (block, at) => [
      ...textFaults(block.title, `${at}/title`, { most: 200, plain: true, required: true }),
      ...['alt_text', 'thumbnail_url', 'video_url'].flatMap((name) =>
        stringFaults(block[name], `${at}/${name}`, { most: 3000, required: true }),
      ),
    ],
  },
  markdown: {
    surfaces: messages,
    faults: ({ text }, at) => stringFaults(text, `${at}/text`, { most: 12_000, required: true }),
  },
  table: {
    surfaces: messagesAndHome,
    faults: ({ rows }, at) =>
      list(rows, `${at}/rows`, 100, (row, place) => list(row, place, 20, cellFaults)),
  },
  data_table: {
    surfaces: messagesAndHome,
    faults: ({ rows, caption, page_size }, at) => [
      ...(caption === undefined ? [fault(`${at}/caption`, 'missing required field')] : []),
      ...list(rows, `${at}/rows`, 201, (row, place) => list(row, place, 20, cellFaults)),
      ...(page_size !== undefined && !(Number(page_size) >= 1 && Number(page_size) <= 100)
        ? [fault(`${at}/page_size`, 'must be between 1 and 100')]
        : []),
    ],
  },
  data_visualization: { surfaces: messages, faults: chartFaults },
  card: {
    surfaces: messagesAndHome,
    faults: (block, at) => [
      ...(['hero_image', 'title', 'actions', 'body'].some((name) => block[name] !== undefined)
        ? []
        : [fault(at, 'must provide hero_image, title, actions or body')]),
      ...textFaults(block.title, `${at}/title`, { most: 150 }),
      ...textFaults(block.subtitle, `${at}/subtitle`, { most: 150 }),
      ...textFaults(block.body, `${at}/body`, { most: 200 }),
      ...each(block.actions, `${at}/actions`, elementFaults),
    ],
  },
  carousel: {
    surfaces: messagesAndHome,
    faults: ({ elements }, at) => countFaults(elements, `${at}/elements`, { most: 10 }),
  },
  container: {
    surfaces: messagesAndHome,
    faults: (block, at) => countFaults(block.blocks ?? block.elements, at, { most: 10 }),
  },
  alert: {
    surfaces: ['modal'],
    faults: ({ text }, at) => textFaults(text, `${at}/text`, { most: 3000, required: true }),
  },
  plan: {
    surfaces: messages,
    faults: ({ title }, at) => stringFaults(title, `${at}/title`, { most: 3000, required: true }),
  },
  task_card: {
    surfaces: messages,
    faults: ({ title, status }, at) => [
      ...stringFaults(title, `${at}/title`, { most: 3000, required: true }),
      ...(['in_progress', 'complete', 'error'].includes(textOf(status))
        ? []
        : [fault(`${at}/status`, 'must be in_progress, complete or error')]),
    ],
  },
  context_actions: {
    surfaces: messages,
    faults: ({ elements }, at) => list(elements, `${at}/elements`, 5, elementFaults),
  },
};

function richTextFaults(value: unknown, at: string): Fault[] {
  const { type, elements } = fieldsOf(value);
  const known = ['section', 'list', 'preformatted', 'quote'].map((name) => `rich_text_${name}`);
  if (!known.includes(textOf(type))) return [fault(`${at}/type`, `unsupported type: ${type}`)];
  if (!Array.isArray(elements)) return [fault(`${at}/elements`, 'must be an array')];
  if (type === 'rich_text_list') return each(elements, `${at}/elements`, richTextFaults);
  return each(elements, `${at}/elements`, (span, place) => {
    const { type: kind, text } = fieldsOf(span);
    return kind === 'text' && !textOf(text)
      ? [fault(`${place}/text`, 'must be more than 0 characters')]
      : [];
  });
}

function cellFaults(value: unknown, at: string): Fault[] {
  const { type, text, value: number, elements } = fieldsOf(value);
  switch (type) {
    case 'raw_text':
      return stringFaults(text, `${at}/text`, { most: 10_000, required: true });
    case 'raw_number':
      return typeof number === 'number' ? [] : [fault(`${at}/value`, 'must be a number')];
    case 'rich_text':
      return each(elements, `${at}/elements`, richTextFaults);
    default:
      return [fault(`${at}/type`, `unsupported type: ${textOf(type)}`)];
  }
}

/** Titles of 50, 1 to 12 series or segments, 1 to 20 categories, one value for each. */
function chartFaults({ title, chart }: Fields, at: string): Fault[] {
  const { type, series, segments, axis_config } = fieldsOf(chart);
  const titled = stringFaults(title, `${at}/title`, { most: 50, required: true });
  const place = `${at}/chart`;
  if (type === 'pie')
    return [
      ...titled,
      ...list(segments, `${place}/segments`, 12, (segment, where) => [
        ...stringFaults(fieldsOf(segment).label, `${where}/label`, { most: 20, required: true }),
        ...(Number(fieldsOf(segment).value) > 0
          ? []
          : [fault(`${where}/value`, 'must be positive')]),
      ]),
    ];
  if (!['bar', 'line', 'area'].includes(textOf(type)))
    return [...titled, fault(`${place}/type`, `unsupported type: ${textOf(type)}`)];
  const axis = fieldsOf(axis_config);
  const categories = Array.isArray(axis.categories) ? axis.categories : [];
  return [
    ...titled,
    ...list(axis.categories, `${place}/axis_config/categories`, 20, (label, where) =>
      stringFaults(label, where, { most: 20, required: true }),
    ),
    ...uniqueFaults(categories, `${place}/axis_config/categories`),
    ...limits(axis, `${place}/axis_config`, { x_label: 50, y_label: 50 }),
    ...list(series, `${place}/series`, 12, (one, where) => {
      const { name, data } = fieldsOf(one);
      const told = listOf(data).map(({ label }) => label);
      const complete =
        told.length === categories.length && categories.every((label) => told.includes(label));
      return [
        ...stringFaults(name, `${where}/name`, { most: 20, required: true }),
        ...(complete ? [] : [fault(`${where}/data`, 'must have one value for each category')]),
        ...listOf(data).flatMap(({ value }, index) =>
          Number.isFinite(value) ? [] : [fault(`${where}/data/${index}/value`, 'must be finite')],
        ),
      ];
    }),
    ...uniqueFaults(
      listOf(series).map(({ name }) => name),
      `${place}/series`,
    ),
  ];
}

function uniqueFaults(values: unknown[], at: string): Fault[] {
  return new Set(values).size === values.length ? [] : [fault(at, 'must be unique')];
}
