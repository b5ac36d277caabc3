import { SEVERITIES } from '../../core/posture/finding.ts';
import { clock } from '../../core/prose.ts';
import type { Report } from '../../core/report/report.ts';
import { html, inline, type Markup } from '../markup.ts';
import { cards } from './page-findings.ts';
import { SCRIPT, STYLE } from './page-look.ts';
import { mapSection } from './page-map.ts';
import { blindSection, checkSection, controlSection, notes } from './page-rest.ts';
import type { Wanted } from './table.ts';
import { WORDS, type Words } from './words.ts';

/** Everything that draws a part of the page. */
export type Page = Report & Wanted & { words: Words };

const style = inline('style', STYLE);
const script = inline('script', SCRIPT);

/** Nothing is loaded from anywhere, and of what stands in the page only our style and script are run. */
const POLICY = [
  "default-src 'none'",
  `style-src ${style.source}`,
  `script-src ${script.source}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * The scan as one page that can be sent, kept and printed: no network, no framework, readable without
 * colour and without a mouse. Its length follows from what is wrong, not from how many accounts there are.
 */
export function posturePage(report: Report, wanted: Wanted): string {
  const page: Page = { ...report, ...wanted, words: WORDS[wanted.language] };
  const { words, scan, timeZone, language } = page;
  const title = [words.report, scan.organization, scan.scannedAt.slice(0, 10)]
    .filter(Boolean)
    .join(' · ');
  return `<!doctype html>\n${
    html`<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${{ markup: POLICY }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="data:,">
${style.element}
</head>
<body>
<a class="skip" href="#findings">${words.skip}</a>
<header class="top">
<p class="eyebrow">Trailwarden · ${words.report}</p>
<h1>${headlineOf(page)}</h1>
<p class="when">${[scan.organization && `${words.organization} ${scan.organization}`, clock(scan.scannedAt, timeZone)].filter(Boolean).join(' · ')}</p>
${scan.simulated ? html`<p class="simulated">${words.simulated}</p>` : null}
${tiles(page)}
</header>
<main>
${mapSection(page)}
<section aria-labelledby="findings">
<h2 id="findings">${words.findings} <small>${page.framework ? words.byControl : words.worstFirst}</small></h2>
${filterBar(page)}
${page.framework ? controlSection(page.framework, page) : cards(page.toMend, page)}
</section>
${page.framework && page.toMend.length > 0 ? html`<section aria-labelledby="in-full"><h2 id="in-full">${words.inFull} <small>${words.worstFirst}</small></h2>${cards(page.toMend, page)}</section>` : null}
${page.accepted.length > 0 ? html`<section aria-labelledby="accepted"><h2 id="accepted">${words.acceptedTitle}</h2>${cards(page.accepted, page)}</section>` : null}
${blindSection(page)}
${checkSection(page)}
</main>
<footer>${notes(page)}</footer>
${script.element}
</body>
</html>`.markup
  }\n`;
}

function headlineOf({ health, words, open }: Page): string {
  switch (health) {
    case 'failing':
      return words.toMend(open.findings, open.things);
    case 'blind':
      return words.nothingSeen;
    case 'unsure':
      return words.nothingFails;
    case 'accepted':
      return words.nothingElse;
    case 'sound':
      return words.sound;
  }
}

/** Four numbers that answer "how bad is it" before anybody scrolls. */
function tiles({ words, open, toMend, accepted, recorded, scan, seen }: Page): Markup {
  const wrong = toMend.flat().flatMap(({ findings }) => findings);
  const waived = accepted.flat().reduce((sum, { findings }) => sum + findings.length, 0);
  const pills = SEVERITIES.map((severity) => ({
    severity,
    count: wrong.filter((finding) => finding.severity === severity).length,
  }))
    .filter(({ count }) => count > 0)
    .map(
      ({ severity, count }) =>
        html`<span class="pill ${severity}">${words.graded(count, words.severity[severity])}</span>`,
    );
  const hidden = scan.totals.NOT_VISIBLE + scan.totals.ERROR;
  return html`<ul class="tiles">
<li><b>${open.findings}</b><span>${words.toMendTile}</span><div class="pills">${pills}</div></li>
<li><b>${recorded.recorded.toLocaleString('en-US')} <i>/ ${recorded.of.toLocaleString('en-US')}</i></b><span>${words.recordedTile}</span><meter min="0" max="${recorded.of}" value="${recorded.recorded}" aria-label="${words.recorded(recorded.recorded, recorded.of)}"></meter></li>
<li><b>${hidden.toLocaleString('en-US')}</b><span>${words.hiddenTile} · ${words.seen(seen.visible, seen.of)}${seen.unlisted ? ` · ${words.unlisted}` : ''}</span></li>
<li><b>${waived}</b><span>${words.acceptedTile}</span></li>
</ul>`;
}

/** Shown by the script alone: without it there is nothing to filter with. */
function filterBar({ words, toMend, accepted }: Page): Markup {
  const there = new Set([...toMend, ...accepted].map(([{ severity }]) => severity));
  const boxes = SEVERITIES.filter((severity) => there.has(severity)).map(
    (severity) =>
      html`<label><input type="checkbox" value="${severity}" checked> <span class="pill ${severity}">${words.severity[severity]}</span></label>`,
  );
  return html`<div class="bar" id="filter" role="search" hidden>
<label><span class="sr">${words.filter}</span><input type="search" placeholder="${words.filter}"></label>
${boxes}<output aria-live="polite"></output></div>`;
}
