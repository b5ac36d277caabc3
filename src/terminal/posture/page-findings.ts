import type { Finding, Proof } from '../../core/posture/finding.ts';
import { type Remark, remarksOn } from '../../core/report/remarks.ts';
import { subjectCalled, textsOf } from '../../core/report/said.ts';
import { kindWord, thingOf } from '../../core/report/thing.ts';
import type { Alike } from '../../core/report/wrongs.ts';
import { html, type Markup } from '../markup.ts';
import { inZone } from './in-zone.ts';
import type { Page } from './page.ts';
import type { Words } from './words.ts';

/** Things alike that are listed, and proofs of one finding; the CSV and JSON documents have them all. */
const LISTED = 200;
const PROOFS = 12;

/** One card for each thing that is wrong, with its evidence folded away. */
export function cards(wrongs: Alike[], page: Page): Markup[] {
  return wrongs.map((alike) => {
    const [{ severity, findings }] = alike;
    return html`<article data-severity="${severity}">
<header>${headOf(alike, page)}</header>
${findings.map((finding) => findingOf(finding, alike.length > 1, page))}
${alike.length > 1 ? listOf(alike, page) : null}
</article>`;
  });
}

function headOf(alike: Alike, { words, called, language }: Page): Markup {
  const [{ severity, subject, owner }] = alike;
  const thing = thingOf(subject);
  const kind = kindWord(thing, language);
  const pill = html`<span class="pill ${severity}">${words.severity[severity]}</span>`;
  if (alike.length > 1) return html`${pill}<h3>${words.alike(alike.length, kind)}</h3>`;
  if (thing.kind === 'account' && thing.name === owner)
    return html`${pill}<h3>${kind} ${called(owner)}</h3>`;
  return html`${pill}<h3>${kind} ${thing.name} <small>${thing.region ?? ''}</small></h3>
<span class="mend">${words.mendIn} <b>${owner ? called(owner) : words.ownerUnknown}</b></span>`;
}

/** `forMany`: it stands for others like it, whose names and evidence are listed elsewhere. */
function findingOf(finding: Finding, forMany: boolean, page: Page): Markup {
  const { words, language, timeZone } = page;
  const { title, detail, remedy } = textsOf(finding, language);
  const remarks = remarksOn(finding, language).map(
    ({ about, text }) => html`<dt>${LABEL[about](words)}</dt><dd>${inZone(text, timeZone)}</dd>`,
  );
  const controls = Object.entries(finding.controls).map(
    ([name, ids]) => `${name}: ${ids.join(', ')}`,
  );
  return html`<div class="finding">
<div><code>${finding.check}</code><span class="pill ${finding.severity}">${words.severity[finding.severity]}</span></div>
<div><h4>${title}</h4>
<p>${forMany ? words.forExample : null}${inZone(detail, timeZone)}</p>
<dl>${remedy ? html`<dt>${words.todo}</dt><dd>${remedy}</dd>` : null}
${remarks}
${finding.fix ? html`<dt>${finding.fix.class === 'X' ? words.byHand : words.fix}</dt><dd><code>/trail fix ${finding.id}</code></dd>` : null}
</dl>
${controls.length > 0 ? html`<details class="evidence"><summary>${words.controls} (${controls.length})</summary><p class="quiet">${controls.join(' · ')}</p></details>` : null}
${evidence(finding.evidence, page)}
</div></div>`;
}

const LABEL: Record<Remark['about'], (words: Words) => string> = {
  since: (words) => words.history,
  config: (words) => words.config,
  agreement: (words) => words.configAgrees,
  silence: (words) => words.configSilent,
  cost: (words) => words.cost,
  exception: (words) => words.exception,
  snooze: (words) => words.snooze,
};

/** What the judgement rests on: which call, where, when, and the fields that it read. */
function evidence(proofs: Proof[], { words, called, timeZone }: Page): Markup | null {
  if (proofs.length === 0) return null;
  const rows = proofs
    .slice(0, PROOFS)
    .map(
      ({ api, account, region, at, fields }) =>
        html`<tr><th scope="row"><code>${api}</code></th><td>${called(account)} ${region}<br>${inZone(at, timeZone)}</td><td>${Object.entries(fields).map(([field, value]) => html`<code>${field}: ${JSON.stringify(value)}</code><br>`)}</td></tr>`,
    );
  const left = proofs.length - PROOFS;
  return html`<details class="evidence"><summary>${words.evidence(proofs.length)}</summary>
<table class="plain"><thead><tr><th scope="col">${words.call}</th><th scope="col">${words.where}</th><th scope="col">${words.fields}</th></tr></thead>
<tbody>${rows}</tbody></table>${left > 0 ? words.andMore(left) : null}</details>`;
}

function listOf(alike: Alike, { words, called, language, timeZone }: Page): Markup {
  const left = alike.length - LISTED;
  const rows = alike
    .slice(0, LISTED)
    .flatMap(({ findings: [first], owner }) =>
      first
        ? [
            html`<tr><th scope="row">${subjectCalled(first, called)}</th><td>${owner ? called(owner) : ''}</td><td>${inZone(textsOf(first, language).detail, timeZone)}</td></tr>`,
          ]
        : [],
    );
  return html`<details class="evidence"><summary>${words.all(alike.length)}</summary>
<table class="plain"><tbody>${rows}</tbody></table>${left > 0 ? words.andMore(left) : null}</details>`;
}
