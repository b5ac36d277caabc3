import { codeLines, fixedWidth, inert, type Names, spanForPage, textForPage } from './page-text.ts';
import { richText } from './rich-text.ts';
import { type Block, type Fields, fieldsOf, listOf, textOf } from './workspace.ts';

/**
 * Blocks in what local-slack's page can draw: sections, headers, dividers, contexts, actions, images by
 * address and inputs. What the bot really sent stays in the workspace and in the recorded calls.
 */
export function blocksForPage(blocks: Block[], names: Names, origin: string): Block[] {
  return blocks.flatMap((block) => drawn(block, names, origin));
}

function drawn(block: Block, names: Names, origin: string): Block[] {
  const same = (text: unknown) => textObject(text, names);
  switch (block.type) {
    case 'section':
      return [
        {
          ...block,
          ...(block.text ? { text: same(block.text) } : {}),
          ...(Array.isArray(block.fields) && { fields: block.fields.map(same) }),
        },
      ];
    case 'context':
      return [{ ...block, elements: listOf(block.elements).map(same) }];
    case 'image':
      return [imageForPage(block, origin)];
    case 'rich_text':
      return [
        section(
          block,
          richText(block.elements, (span) => spanForPage(span, names), codeLines),
        ),
      ];
    case 'markdown':
      return [section(block, textForPage(fromMarkdown(textOf(block.text)), names))];
    case 'table':
    case 'data_table':
      return [section(block, aligned(block))];
    case 'data_visualization':
      return chartInWords(block);
    case 'alert':
      return [section(block, `:warning: ${textForPage(textOf(fieldsOf(block.text).text), names)}`)];
    case 'card':
      return [
        section(
          block,
          [block.title, block.subtitle, block.body]
            .map((text) => textForPage(textOf(fieldsOf(text).text), names))
            .filter((text) => text)
            .join('\n'),
        ),
        ...buttonsBelow(block, listOf(block.actions)),
      ];
    case 'plan':
      return [
        section(
          block,
          [`*${inert(textOf(block.title))}*`, ...listOf(block.tasks).map(task)].join('\n'),
        ),
      ];
    case 'task_card':
      return [section(block, task(block))];
    case 'carousel':
    case 'container': {
      const children = listOf(block.elements ?? block.blocks) as Block[];
      return blocksForPage(children, names, origin);
    }
    case 'context_actions':
      return buttonsBelow(block, listOf(block.elements).flatMap(feedbackButtons));
    default:
      return [block];
  }
}

function section({ block_id }: Block, text: string): Block {
  return { type: 'section', block_id, text: { type: 'mrkdwn', text } };
}

function textObject(value: unknown, names: Names): Fields {
  const text = fieldsOf(value);
  return text.type === 'mrkdwn' ? { ...text, text: textForPage(textOf(text.text), names) } : text;
}

/** An uploaded file has no public address; the proxy fetches it for the page. */
function imageForPage(block: Block, origin: string): Block {
  const { id, url } = fieldsOf(block.slack_file);
  if (!id && !url) return block;
  const { slack_file: _, ...rest } = block;
  const file = textOf(id) || (/-(F[A-Z0-9]+)\//.exec(textOf(url))?.[1] ?? '');
  return { ...rest, type: 'image', image_url: `${origin}/slack-file/${file}` };
}

function fromMarkdown(text: string): string {
  return text
    .replace(/^#+ +(.*)$/gm, '**$1**')
    .replace(/\*\*(.+?)\*\*/g, '*$1*')
    .replace(/\[([^\]\n]+)\]\((https?:[^)\s]+)\)/g, '<$2|$1>')
    .replace(/^(\s*)[-*] /gm, '$1• ');
}

/** Rows in columns of equal width, in a fixed-width font; a cell of no words is a dash. */
function aligned(block: Block): string {
  const rows = (Array.isArray(block.rows) ? block.rows : []).map((row) =>
    listOf(row).map((cell) => cellText(cell)),
  );
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const lines = rows.map((row) =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '),
  );
  return lines.map(fixedWidth).join('\n');
}

function cellText(cell: Fields): string {
  if (cell.type === 'raw_number') return textOf(cell.text) || textOf(cell.value);
  if (cell.type === 'rich_text')
    return richText(cell.elements, ({ type, user_id, text, url }) =>
      type === 'user' ? `@${textOf(user_id)}` : textOf(text) || textOf(url),
    );
  return textOf(cell.text) || '–';
}

function chartInWords(block: Block): Block[] {
  const { type, series, segments } = fieldsOf(block.chart);
  const parts =
    type === 'pie'
      ? listOf(segments).map(({ label, value }) => `${label}: ${value}`)
      : listOf(series).map(
          ({ name, data }) =>
            `${name}: ${listOf(data)
              .map(({ label, value }) => `${label} ${value}`)
              .join(', ')}`,
        );
  const drawnBelow = parts.map((part) => `• ${inert(part)}`).join('\n');
  return [section(block, `*${inert(textOf(block.title))}* (${textOf(type)} chart)\n${drawnBelow}`)];
}

function task({ status, title }: Fields): string {
  const sign = { complete: ':white_check_mark:', error: ':x:' }[textOf(status)];
  return `${sign ?? ':hourglass_flowing_sand:'} ${inert(textOf(title))}`;
}

function buttonsBelow(block: Block, elements: Fields[]): Block[] {
  return elements.length
    ? [{ type: 'actions', block_id: `${textOf(block.block_id)}-buttons`, elements }]
    : [];
}

function feedbackButtons({ type, action_id, positive_button, negative_button }: Fields): Fields[] {
  if (type !== 'feedback_buttons') return [];
  return [positive_button, negative_button].map((button) => {
    const { text, value } = fieldsOf(button);
    return { type: 'button', action_id, text, value };
  });
}
