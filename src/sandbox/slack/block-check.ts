import { randomUUID } from 'node:crypto';
import { elementFaults } from './block-elements.ts';
import { type Fault, fault, idFaults, type Surface, textFaults } from './block-limits.ts';
import { checks } from './block-types.ts';
import { type Answer, type Block, type Fields, fieldsOf, listOf, textOf } from './workspace.ts';

/** Blocks on a surface (docs.slack.dev, Block Kit). */
const MOST_BLOCKS: { [surface in Surface]: number } = { message: 50, modal: 100, home: 100 };

/** All blocks of a message together, in characters of text; reported for bolt-js #2509, undocumented. */
const MESSAGE_CHARACTERS = 13_200;

/** What Slack would say of a message's blocks; an empty list when it would take them. */
export function checkMessage(blocks: unknown): Fault[] | 'msg_blocks_too_long' {
  const faults = checkBlocks(blocks, 'message');
  if (faults.length) return faults;
  return characters(blocks) > MESSAGE_CHARACTERS ? 'msg_blocks_too_long' : faults;
}

/** What Slack would say of a modal or a home view. */
export function checkView(view: unknown, surface: 'modal' | 'home'): Fault[] {
  const { type, blocks, title, submit, close, private_metadata, callback_id } = fieldsOf(view);
  if (type !== surface) return [fault('/view/type', `must be ${surface}`)];
  const asks = listOf(blocks).some((block) => block.type === 'input');
  return [
    ...checkBlocks(blocks, surface, '/view/blocks'),
    ...(surface === 'modal'
      ? [
          ...textFaults(title, '/view/title', { most: 24, plain: true, required: true }),
          ...textFaults(submit, '/view/submit', { most: 24, plain: true, required: asks }),
          ...textFaults(close, '/view/close', { most: 24, plain: true }),
        ]
      : []),
    ...(textOf(private_metadata).length > 3000
      ? [fault('/view/private_metadata', 'must be less than 3001 characters')]
      : []),
    ...idFaults(callback_id, '/view/callback_id'),
  ];
}

function checkBlocks(blocks: unknown, surface: Surface, at = '/blocks'): Fault[] {
  if (!Array.isArray(blocks)) return [fault(at, 'must be an array')];
  return [
    ...(blocks.length > MOST_BLOCKS[surface]
      ? [fault(at, `no more than ${MOST_BLOCKS[surface]} items allowed`)]
      : []),
    ...listOf(blocks).flatMap((block, index) => blockFaults(block, surface, `${at}/${index}`)),
    ...repeatedIds(listOf(blocks), at),
    ...togetherFaults(listOf(blocks), at),
  ];
}

function blockFaults(block: Fields, surface: Surface, at: string): Fault[] {
  const type = textOf(block.type);
  const check = Object.hasOwn(checks, type) ? checks[type] : undefined;
  if (!check?.surfaces.includes(surface)) return [fault(at, `unsupported type: ${type}`)];
  return [...idFaults(block.block_id, `${at}/block_id`), ...check.faults(block, at)];
}

function repeatedIds(blocks: Fields[], at: string): Fault[] {
  const seen = new Set<unknown>();
  return blocks.flatMap((block, index) => {
    const { block_id: id, elements } = block;
    const repeated = id !== undefined && seen.has(id);
    seen.add(id);
    const actions = new Set<unknown>();
    const twice = listOf(elements).flatMap(({ action_id }, position) => {
      const again = action_id !== undefined && actions.has(action_id);
      actions.add(action_id);
      return again
        ? [fault(`${at}/${index}/elements/${position}/action_id`, 'action_id already exists')]
        : [];
    });
    return [
      ...(repeated ? [fault(`${at}/${index}/block_id`, 'block_id already exists')] : []),
      ...twice,
    ];
  });
}

/** What holds for all blocks of a message together. */
function togetherFaults(blocks: Fields[], at: string): Fault[] {
  const of = (type: string) => blocks.filter((block) => block.type === type);
  const length = (list: Fields[]) => list.reduce((sum, block) => sum + characters(block), 0);
  return [
    ...(of('table').length > 1 ? [fault(at, 'only_one_table_allowed')] : []),
    ...(length(of('table')) > 10_000
      ? [fault(at, 'table text must be less than 10001 characters')]
      : []),
    ...(length(of('data_table')) > 20_000
      ? [fault(at, 'data_table text must be less than 20001 characters')]
      : []),
    ...(of('data_visualization').length > 2
      ? [fault(at, 'no more than 2 data_visualization blocks allowed')]
      : []),
    ...(length(of('markdown')) > 12_000
      ? [fault(at, 'markdown text must be less than 12001 characters')]
      : []),
    ...(of('plan').length > 1 ? [fault(at, 'only one plan allowed')] : []),
  ];
}

/** Characters of text that people read, in whatever depth. */
function characters(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + characters(one), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [name, member]) =>
      sum +
      (typeof member === 'string' ? (name === 'text' ? member.length : 0) : characters(member)),
    0,
  );
}

/** Slack's own shape of the refusal, with a JSON pointer for each fault. */
export function refusedBlocks(error: string, faults: Fault[]): Answer {
  const errors = faults.map(({ pointer, problem }) => `${problem} [json-pointer:${pointer}]`);
  return {
    ok: false,
    error,
    errors,
    response_metadata: { messages: errors.map((line) => `[ERROR] ${line}`) },
  };
}

/** Slack gives an id to each block and element that has none. */
export function withIds(blocks: Block[]): Block[] {
  const id = () => randomUUID().slice(0, 5);
  const element = (one: unknown): unknown => {
    const fields = fieldsOf(one);
    return interactive(fields) && !fields.action_id ? { ...fields, action_id: id() } : one;
  };
  return blocks.map((block) => ({
    ...block,
    block_id: block.block_id ?? id(),
    ...(block.accessory ? { accessory: element(block.accessory) } : {}),
    ...(block.type === 'actions' && Array.isArray(block.elements)
      ? { elements: block.elements.map(element) }
      : {}),
  }));
}

function interactive({ type }: Fields): boolean {
  return type !== 'image' && elementFaults.knows(textOf(type));
}
