import { type Cell, isRecorded, mapsByUnit, type Row } from '../../core/report/gaps.ts';
import { thingOf } from '../../core/report/thing.ts';
import { html, type Markup } from '../markup.ts';
import type { Page } from './page.ts';
import { howFar } from './row-words.ts';

/** Names of equal accounts that a row unfolds to; the rest is counted. */
const NAMED = 50;
const TRAILS = 2;
const GAPS = 60;

/** A letter where the shape alone is not enough; every cell says its state in words to who listens. */
const LETTER: Record<Cell, string> = {
  recorded: '',
  reads: 'r',
  writes: 'w',
  none: '',
  unseen: '?',
  off: '–',
};

/** The map: accounts by OU, equal ones in one row, against regions; what is missing is named below it. */
export function mapSection(page: Page): Markup {
  const { map, words, recorded, scan } = page;
  const first = firstOfArea(map.regions);
  const heads = map.regions.map(
    (region, at) =>
      html`<th scope="col" class="${first[at] ? 'first' : ''}"><span>${region}</span></th>`,
  );
  const bodies = mapsByUnit(scan).map(
    ({ ou, rows }) => html`<tbody>
<tr><th scope="rowgroup" colspan="${map.regions.length + 2}">${ou || words.root}</th></tr>
${rows.map((row) => rowOf(row, first, page))}
</tbody>`,
  );
  const used = new Set(map.rows.flatMap(({ cells }) => cells));
  return html`<section aria-labelledby="coverage">
<h2 id="coverage">${words.coverage} <small>${words.recorded(recorded.recorded, recorded.of)}</small></h2>
<div class="scroll" role="region" aria-labelledby="coverage" tabindex="0">
<table class="map"><caption class="sr">${words.mapCaption}</caption>
<thead><tr><td></td>${heads}<th scope="col" class="by">${words.recordedBy}</th></tr></thead>
${bodies}
</table>
<ul class="legend">${LEGEND.filter((cell) => used.has(cell)).map(
    (cell) =>
      html`<li><i class="cell ${cell}" aria-hidden="true">${LETTER[cell]}</i>${words.legend[cell]}</li>`,
  )}</ul>
</div>
${gapList(page)}
</section>`;
}

const LEGEND: Cell[] = ['recorded', 'reads', 'writes', 'none', 'unseen', 'off'];

function rowOf({ cells, accounts, trails }: Row, first: boolean[], page: Page): Markup {
  const { words, called, map } = page;
  const left = accounts.length - NAMED;
  const [only] = accounts;
  const who =
    accounts.length === 1 && only
      ? html`${called(only.id)}`
      : html`<details><summary>${words.accounts(accounts.length)}</summary><ul>${accounts
          .slice(0, NAMED)
          .map(
            ({ id }) => html`<li>${called(id)}</li>`,
          )}</ul>${left > 0 ? words.andMore(left) : null}</details>`;
  const drawn = cells.map(
    (cell, at) =>
      html`<td class="${first[at] ? 'first' : ''}" title="${map.regions[at] ?? ''}: ${words.legend[cell]}"><i class="cell ${cell}" aria-hidden="true">${LETTER[cell]}</i><span class="sr">${words.legend[cell]}</span></td>`,
  );
  const names = trails.slice(0, TRAILS).map((trail) => thingOf(trail).name);
  const more = trails.length > TRAILS ? ` ${words.andMore(trails.length - TRAILS)}` : '';
  return html`<tr><th scope="row">${who}</th>${drawn}<td class="by">${names.join(', ')}${more}</td></tr>`;
}

/** True where another part of the world begins: a little room before it makes the columns readable. */
function firstOfArea(regions: string[]): boolean[] {
  const area = (at: number) => regions[at]?.split('-')[0];
  return regions.map((_, at) => at > 0 && area(at) !== area(at - 1));
}

/** The gaps in words, for those who cannot or need not look at the map. */
function gapList({ map, words, called }: Page): Markup | null {
  const open = map.rows.filter(({ cells }) => !isRecorded(cells));
  if (open.length === 0) return null;
  const lines = open.slice(0, GAPS).map(({ cells, accounts }) => {
    const names = accounts
      .slice(0, 5)
      .map(({ id }) => called(id))
      .join(', ');
    const more = accounts.length > 5 ? ` ${words.andMore(accounts.length - 5)}` : '';
    return html`<li><b>${names}${more}</b>: ${howFar(cells, map.regions, words)}</li>`;
  });
  const left = open.length - GAPS;
  return html`<ul class="gaps">${lines}${left > 0 ? html`<li>${words.andMore(left)}</li>` : null}</ul>`;
}
