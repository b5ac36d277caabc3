import { isAccepted } from '../../core/posture/exceptions.ts';
import type { Finding, Status } from '../../core/posture/finding.ts';
import { byControl, type Framework, type JudgedControl } from '../../core/posture/framework.ts';
import { subjectCalled, textsOf } from '../../core/report/said.ts';
import { type Blind, isExample } from '../../core/report/unseen.ts';
import { html, type Markup } from '../markup.ts';
import { closingWords } from './closing.ts';
import { inZone } from './in-zone.ts';
import type { Page } from './page.ts';
import { STATUSES } from './words.ts';

const NAMED = 12;
const REASONS = 60;
const ROWS = 100;

/** What could not be seen, by reason, with what it would take. */
export function blindSection(page: Page): Markup | null {
  const { blind, words } = page;
  if (blind.length === 0) return null;
  const left = blind.length - REASONS;
  return html`<section aria-labelledby="blind"><h2 id="blind">${words.notVisible} <small>${words.byReason}</small></h2>
<ul class="blind">${blind.slice(0, REASONS).map((one) => blindItem(one, page))}</ul>
${left > 0 ? words.andMore(left) : null}</section>`;
}

function blindItem(one: Blind, page: Page): Markup {
  const { accounts, findings, reason } = one;
  const { words, called, language, timeZone } = page;
  const [first] = findings;
  const text = first ? textsOf(first, language).detail : (reason ?? words.noReason);
  const head =
    accounts.length > 0
      ? `${words.accounts(accounts.length)}: ${some(
          accounts.map(({ id }) => called(id)),
          page,
        )}`
      : `${some(
          findings.map(({ check }) => check),
          page,
        )}: ${some(
          findings.map((finding) => subjectCalled(finding, called)),
          page,
        )}`;
  return html`<li><b>${head}</b> <span class="quiet">· ${words.checks(findings.length)}</span><p>${isExample(one) ? words.forExample : null}${inZone(text, timeZone)}</p></li>`;
}

function some(names: string[], { words }: Page): string {
  const distinct = [...new Set(names)];
  const more = distinct.length > NAMED ? ` ${words.andMore(distinct.length - NAMED)}` : '';
  return `${distinct.slice(0, NAMED).join(', ')}${more}`;
}

/** How often each check held, failed, or could not be judged: what is sound is seen here, too. */
export function checkSection({ scan, words }: Page): Markup {
  const counts = new Map<string, Record<Status, number>>();
  for (const { check, status } of scan.findings) {
    const its = counts.get(check) ?? {
      PASS: 0,
      FAIL: 0,
      NOT_APPLICABLE: 0,
      NOT_VISIBLE: 0,
      ERROR: 0,
    };
    its[status] += 1;
    counts.set(check, its);
  }
  const rows = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([check, its]) =>
        html`<tr><th scope="row"><code>${check}</code></th>${STATUSES.map((status) => html`<td class="n">${its[status] || ''}</td>`)}</tr>`,
    );
  return html`<section aria-labelledby="checks"><h2 id="checks">${words.allChecks}</h2>
<div class="scroll" role="region" aria-labelledby="checks" tabindex="0"><table class="plain"><thead><tr><th scope="col">${words.check}</th>${STATUSES.map(
    (status) => html`<th scope="col" class="n">${words.status[status]}</th>`,
  )}</tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

/** The findings by control of one framework, for who must answer an auditor. */
export function controlSection(framework: Framework, page: Page): Markup {
  const { scan, language, words } = page;
  const judged = byControl(scan, framework);
  const mappers = Object.values(framework.mappedBy).map((name) => name[language]);
  return html`<p><b>${framework.title[language]}</b> · ${words.mappedBy(mappers.join(', '))} ${framework.note?.[language] ?? ''}</p>
${judged.map((one) => controlCard(one, page))}`;
}

function controlCard({ control, findings, worst }: JudgedControl, page: Page): Markup {
  const { words, language } = page;
  const wrong = findings.filter(({ status }) => status === 'FAIL');
  const shown =
    wrong.length > 0 ? wrong : findings.filter(({ status }) => status !== 'NOT_APPLICABLE');
  const [first] = wrong;
  const left = shown.length - ROWS;
  return html`<article data-severity="${first?.severity ?? 'info'}"><header>
<span class="pill ${first?.severity ?? 'info'}">${worst ? words.status[worst] : words.notJudged}</span>
<h3>${control.id} <small>${control.title[language]}</small></h3></header>
${
  shown.length === 0
    ? null
    : html`<details class="evidence"${{ markup: wrong.length > 0 ? ' open' : '' }}><summary>${words.checks(shown.length)}</summary>
<table class="plain"><thead><tr><th scope="col">${words.state}</th><th scope="col">${words.check}</th><th scope="col">${words.where}</th><th scope="col">${words.detail}</th></tr></thead>
<tbody>${shown.slice(0, ROWS).map((finding) => findingRow(finding, page))}</tbody></table>${left > 0 ? words.andMore(left) : null}</details>`
}
</article>`;
}

function findingRow(finding: Finding, { words, called, language, timeZone }: Page): Markup {
  const state = isAccepted(finding)
    ? `${words.status.FAIL}, ${words.acceptedShort}`
    : words.status[finding.status];
  const what = subjectCalled(finding, called);
  const owner = finding.owner ? called(finding.owner) : '';
  // An account that is itself wrong is named once.
  const whose = owner === what ? null : html`<br><span class="quiet">${owner}</span>`;
  return html`<tr><td>${state}</td><th scope="row"><code>${finding.check}</code></th><td>${what}${whose}</td><td>${inZone(textsOf(finding, language).detail, timeZone)}</td></tr>`;
}

/** Totals, effort, and what was not read anew: the same lines as under the table of the terminal. */
export function notes(page: Page): Markup[] {
  return closingWords(page).map((line) => html`<p>${line}</p>`);
}
