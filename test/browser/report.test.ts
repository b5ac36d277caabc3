import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser, takePicture, writeReport } from './stage.ts';

/** The page of `posture --html`, as the person meets it to whom it was sent: in a browser, without a network. */
const REGIONS = 17;

let browser: Browser;
let file: string;

beforeAll(async () => {
  const report = await writeReport();
  expect(report.code).toBe(3);
  file = report.file;
  browser = await openBrowser();
}, 90_000);

afterAll(() => browser?.close());

/** The page in a window of its own; everything that it complains of or asks for is an error. */
async function opened(
  how: BrowserContextOptions = {},
  path = file,
): Promise<{ page: Page; wrong: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1180, height: 1000 }, ...how });
  const page = await context.newPage();
  const url = pathToFileURL(path).href;
  const wrong: string[] = [];
  page.on('console', (said) => wrong.push(`${said.type()}: ${said.text()}`));
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('request', (request) => {
    if (request.url() !== url && request.url() !== 'data:,') wrong.push(request.url());
  });
  await page.goto(url);
  return { page, wrong };
}

test('it draws without a complaint and without a request', async () => {
  const { page, wrong } = await opened();
  expect(await page.title()).toMatch(/^Audit trail posture · o-bora12345 · \d{4}-/);
  expect(await page.locator('h1').innerText()).toBe('15 findings to mend, in 9 places');
  expect(await page.locator('article').count()).toBe(10);
  await page.setViewportSize({ width: 1180, height: 1460 });
  await takePicture(page, 'posture-report');
  expect(wrong).toEqual([]);
});

test('the map has every account and region, with holes where holes are', async () => {
  const { page } = await opened();
  const row = (name: string) => page.locator('table.map tr', { hasText: name });
  const states = async (name: string) => {
    const all = await row(name).locator('td:has(i) .sr').allTextContents();
    return [...new Set(all)].map(
      (state) => `${all.filter((one) => one === state).length} ${state}`,
    );
  };
  expect(await page.locator('table.map thead th').count()).toBe(REGIONS + 1);
  expect(await states('acquired-labs')).toEqual(['16 not recorded', '1 recorded']);
  expect(await states('team-sandbox')).toEqual([`${REGIONS} not visible`]);
  expect(await states('management (')).toEqual([`${REGIONS} recorded`]);
  const cell = row('acquired-labs').locator('td[title="eu-west-1: recorded"] i');
  expect(await cell.boundingBox()).toMatchObject({ width: 22, height: 20 });
  // A hole is drawn as a pattern, not as another colour alone.
  const hole = row('acquired-labs').locator('.cell.none').first();
  expect(await hole.evaluate(backgroundOf)).toContain('repeating-linear-gradient');
  const production = page.locator('table.map tbody', { hasText: 'Workloads/Production' });
  await production.locator('summary').click();
  expect(await production.locator('li').allTextContents()).toHaveLength(3);
});

test('with the keyboard alone one reaches the findings, filters them and unfolds the evidence', async () => {
  const { page, wrong } = await opened();
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').innerText()).toBe('To the findings');
  await page.keyboard.press('Enter');
  await page.locator('input[type=search]').focus();
  await page.keyboard.type('bora-payments-card-data');
  expect(await page.locator('article:visible').count()).toBe(1);
  expect(await page.locator('output').innerText()).toBe('1 / 10');
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  expect(await page.locator('article[data-severity=high]:visible').count()).toBe(0);
  expect(await page.locator('article[data-severity=medium]:visible').count()).toBeGreaterThan(0);
  await page.keyboard.press('Space');
  const evidence = page.locator('article details.evidence', { hasText: 'Evidence' }).first();
  await evidence.locator('summary').focus();
  await page.keyboard.press('Enter');
  expect(await evidence.locator('td').first().isVisible()).toBe(true);
  expect(wrong).toEqual([]);
});

test('it follows the reader: dark, narrow, still, and on paper', async () => {
  const light = await opened();
  const dark = await opened({ colorScheme: 'dark' });
  const paper = (page: Page) => page.locator('html').evaluate(colourOf);
  expect(await paper(dark.page)).not.toBe(await paper(light.page));
  const narrow = await opened({ viewport: { width: 390, height: 800 } });
  const wide = await narrow.page
    .locator('html')
    .evaluate((page) => (page as { scrollWidth: number }).scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
  await light.page.emulateMedia({ media: 'print' });
  expect(await light.page.locator('#filter').isVisible()).toBe(false);
});

test('by framework every control has a card, those that hold, too, and it speaks Korean', async () => {
  const korean = await writeReport('--framework', 'isms-p', '--language', 'ko');
  const { page, wrong } = await opened({}, korean.file);
  expect(await page.locator('html').getAttribute('lang')).toBe('ko');
  const cards = await page.locator('article').count();
  expect(cards).toBeGreaterThan(5);
  expect(await page.locator('article:visible').count()).toBe(cards);
  expect(await page.locator('article h3').first().innerText()).toMatch(/^2\./);
  expect(await page.locator('main').innerText()).toContain('준수의 증명이 아닙니다');
  expect(wrong).toEqual([]);
}, 60_000);

test('without scripts everything can be read, and nothing is offered that would not work', async () => {
  const { page } = await opened({ javaScriptEnabled: false });
  expect(await page.locator('#filter').isVisible()).toBe(false);
  expect(await page.locator('article:visible').count()).toBe(10);
});

const backgroundOf = (element: unknown) =>
  (globalThis as unknown as Styled).getComputedStyle(element).backgroundImage;
const colourOf = (element: unknown) =>
  (globalThis as unknown as Styled).getComputedStyle(element).backgroundColor;
type Styled = {
  getComputedStyle(element: unknown): { backgroundImage: string; backgroundColor: string };
};
