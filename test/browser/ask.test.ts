import type { Browser } from 'playwright-core';
import { type Desk, openBrowser, sitDown, startProduct } from './stage.ts';

/** A conversation about one instance, as an engineer has it: asked, narrowed, looked at, taken along. */
const INSTANCE = 'i-0a1b2c3d4e5f60718';

let product: Awaited<ReturnType<typeof startProduct>>;
let browser: Browser;
let desk: Desk;

beforeAll(async () => {
  product = await startProduct();
  browser = await openBrowser();
  desk = await sitDown(browser, product.url, 'Alice Kim', 'cloud-governance');
}, 90_000);

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const answer = () => desk.message('TerminateInstances').filter({ hasText: 'bob@bora.example' });

test('the answer comes first, in two lines, and its buttons below', async () => {
  await desk.say(`/trail who deleted ${INSTANCE}?`);
  await answer().waitFor();
  const text = await answer().innerText();
  expect(text.indexOf('bob@bora.example')).toBeLessThan(text.indexOf('Searched'));
  expect(text).toContain('Before and after (AWS Config)');
  for (const label of ['Show event', 'Export CSV', 'Run again', 'Exact query'])
    await answer().getByRole('button', { name: label }).waitFor();
  await desk.shot('answer-buttons');
});

test('the event opens in a window, as it was recorded and without secrets', async () => {
  await answer().getByRole('button', { name: 'Show event' }).click();
  const window = desk.page.locator('.modal', { hasText: 'CloudTrail event' });
  await window.getByText('"eventName": "TerminateInstances"').waitFor();
  expect(await window.innerText()).toContain('redacted');
  await desk.shot('event-window');
  await window.getByRole('button', { name: 'Close' }).first().click();
});

test('the exact query can be read and asked again', async () => {
  await answer().getByRole('button', { name: 'Exact query' }).click();
  const window = desk.page.locator('.modal', { hasText: 'Exact query' });
  await window.getByText(`verb:delete resource:${INSTANCE}`).waitFor();
  await window.getByRole('button', { name: 'Close' }).first().click();
});

test('“and last month?” changes the question before it', async () => {
  await desk.say('/trail and last month?');
  const second = desk.message('None found').filter({ hasText: INSTANCE });
  await second.waitFor();
  expect(await second.innerText()).toMatch(/and last month\?/);
  await second.getByRole('button', { name: 'Widen time' }).click();
  await desk.page
    .getByText(/1 repl/)
    .last()
    .waitFor();
});
