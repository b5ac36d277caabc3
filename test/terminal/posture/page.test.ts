import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { frameworks } from '../../../src/policies.ts';
import { html } from '../../../src/terminal/markup.ts';
import { aFinding } from '../../slack/samples.ts';
import { account, fullScan, pageOf, REGIONS, recorded, scanOf } from './example.ts';

test('one page that loads nothing: no address, no import, no handler, no style of an element', () => {
  const page = pageOf(fullScan());
  expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(page).not.toMatch(/(src|srcset|action|formaction)=|url\(|@import|https?:\/\//i);
  expect(page).not.toMatch(/\son\w+=|\sstyle=|javascript:/i);
  expect(page.match(/<link[^>]*>/g)).toEqual(['<link rel="icon" href="data:,">']);
});

test('the policy of the page allows its own style and script by their hash, and nothing else', () => {
  const page = pageOf(fullScan());
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
  expect(policy).toMatch(/^default-src 'none'; /);
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  for (const tag of ['style', 'script']) {
    const all = [...page.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g'))];
    expect(all).toHaveLength(1);
    const hash = createHash('sha256')
      .update(all[0]?.[1] ?? '')
      .digest('base64');
    expect(policy).toContain(`${tag}-src 'sha256-${hash}'`);
  }
});

test('the map has a cell for each account and region, with its state in words', () => {
  const page = pageOf(fullScan());
  for (const region of REGIONS) expect(page).toContain(`<span>${region}</span>`);
  expect(
    page.match(/class="cell none" aria-hidden="true"><\/i><span class="sr">not recorded/g),
  ).toHaveLength(REGIONS.length - 1);
  expect(page).toContain('title="eu-west-1: recorded"');
  expect(page).toContain('<b>acquired-labs (141414141414)</b>: only eu-west-1');
  expect(page).toContain('<b>team-sandbox (151515151515)</b>: not visible');
  expect(page).toContain('labs-legacy');
});

test('a finding has its account, its remedy, its history, what Config says, and its evidence folded', () => {
  const page = pageOf(fullScan());
  for (const words of [
    'mend in <b>payments-prod (666677778888)</b>',
    'Enable log file validation on the trail.',
    'Since 2026-11-20 05:32:07 UTC: bob@bora.example',
    'said COMPLIANT at 2026-11-01 00:00:00 UTC',
    'about 61.5 USD a month',
    'accepted until 2026-12-31 by payments',
    '/trail fix f-7c1d2e3f',
    'CIS AWS 3.0: 3.2',
    '<summary>Evidence (1)</summary>',
    'cloudtrail:DescribeTrails',
  ])
    expect(page).toContain(words);
});

test('every table has headers that say what they head, and every section a name', () => {
  const page = pageOf(fullScan());
  for (const [header] of page.matchAll(/<th[ >][^>]*/g))
    expect(header).toMatch(/scope="(col|row|rowgroup)"/);
  for (const [, name = ''] of page.matchAll(/aria-labelledby="(\w+)"/g))
    expect(page).toContain(`id="${name}"`);
});

test('by framework: controls, who mapped them, and that a mapping is no proof', () => {
  const framework = frameworks().find(({ id }) => id === 'isms-p') ?? frameworks()[0];
  if (!framework) throw new Error('there is no framework');
  const page = pageOf(fullScan(), { framework });
  expect(page).toContain('no proof of compliance');
  for (const { id } of framework.controls) expect(page).toContain(`<h3>${id} <small>`);
  expect(page).toContain('What was found, and what to do');
  expect(page).toContain('auditors asked for it');
});

test('in Korean it says so to browsers and readers', () => {
  const page = pageOf(fullScan(), { language: 'ko', timeZone: 'Asia/Seoul' });
  expect(page).toContain('<html lang="ko">');
  expect(page).toContain('고쳐야 할 항목 3건');
  expect(page).toContain('2026-11-20 14:32:07 KST');
});

/** The page of so many accounts with faults that concern them all, and how often somebody looked at one of these. */
function large(length: number) {
  const ids = Array.from({ length }, (_, at) => String(100000000000 + at));
  let looks = 0;
  const covers = new Proxy(ids, {
    get(list, key, self) {
      if (typeof key === 'string' && /^\d/.test(key)) looks += 1;
      return Reflect.get(list, key, self);
    },
  });
  const findings = ids
    .slice(0, Math.floor(length * 0.3))
    .map((id) => aFinding({ id, check: 'config-recorder', subject: id, owner: id, covers }));
  const scan = scanOf(findings, {
    accounts: ids.map((id, at) => account(id, { ou: `Workloads/Team ${at % 40}` })),
    coverage: ids.flatMap((id, at) => recorded(id, at % 500 === 0 ? ['eu-west-1'] : undefined)),
  });
  return { page: pageOf(scan), looks };
}

test('whom a fault concerns is not gone through once more for each that has it', () => {
  const { looks } = large(200);
  expect(looks).toBeLessThan(200 * 10);
  // Twice the accounts have twice the faults: who goes through all of one for each other is at four times.
  expect(large(400).looks).toBeLessThan(looks * 3 + 400);
});

test('ten thousand accounts are a small page: equal ones are one row, the same faults one card', () => {
  const { page } = large(10_000);
  expect(page.length).toBeLessThan(1_000_000);
  expect(page).toContain('3,000 × Account');
  expect(page).toContain('9,980 <i>/ 10,000</i>');
});

test('hostile names are text, wherever they stand', () => {
  const nasty = fc.oneof(
    fc.constantFrom(
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "' onmouseover='alert(1)",
      '</style><style>*{display:none}',
      '</details></article></main>',
      '\u202e<!--',
      '`x`',
    ),
    fc.string({ unit: 'binary', maxLength: 200 }),
  );
  const tags = (page: string) => page.match(/<[a-zA-Z/!][^>]*>/g)?.length;
  const poisoned = (evil: string) => {
    const scan = fullScan({
      organization: evil,
      accounts: [
        account('1', { name: evil, ou: evil }),
        account('2', { visible: false, reason: evil }),
      ],
      coverage: recorded('1').map((cell) => ({ ...cell, region: `${evil}-1`, trails: [evil] })),
    });
    scan.findings = scan.findings.map((finding, at) => ({
      ...finding,
      subject: evil + at,
      owner: evil,
      title: evil,
      detail: evil,
      remedy: evil,
      controls: { [`${evil}x`]: [evil] },
      evidence: [
        { api: evil, account: evil, region: evil, at: evil, fields: { [`${evil}x`]: evil } },
      ],
    }));
    return pageOf(scan);
  };
  const plain = tags(poisoned('plain'));
  fc.assert(
    fc.property(nasty, (evil) => {
      const page = poisoned(`x${evil}`);
      expect(tags(page)).toBe(plain);
      expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
    }),
    { numRuns: 60 },
  );
});

test('a template escapes whatever is put into it, in text and in attributes', () => {
  const evil = `"'<>&\``;
  expect(html`<a title="${evil}">${evil}</a>`.markup).toBe(
    '<a title="&#34;&#39;&#60;&#62;&#38;&#96;">&#34;&#39;&#60;&#62;&#38;&#96;</a>',
  );
  expect(html`${[html`<b>1</b>`]}${null}${3}`.markup).toBe('<b>1</b>3');
});
