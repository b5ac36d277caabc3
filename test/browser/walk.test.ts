import type { Browser } from 'playwright-core';
import { type Desk, openBrowser, sitDown, startProduct } from './stage.ts';

/**
 * What the README's reader does, in a real browser: scan, ask in two languages, read the digest, ask for
 * a fix, be refused twice, see it approved by somebody else, and take it back. One story, told in order.
 */
const INSTANCE = 'i-0a1b2c3d4e5f60718';
const CHANNEL = 'cloud-governance';

let product: Awaited<ReturnType<typeof startProduct>>;
let browser: Browser;
let desk: Desk;

beforeAll(async () => {
  product = await startProduct();
  browser = await openBrowser();
  desk = await sitDown(browser, product.url, 'Alice Kim', CHANNEL);
}, 90_000);

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

test('the product says in its first line that this is the sandbox, and is there within a minute', () => {
  expect(product.said).toMatch(/^No Slack tokens and no AWS settings: this is the sandbox/);
  expect(product.said).toMatch(/1\. .+\n.*2\. .+\n.*3\. /);
  expect(product.ms).toBeLessThan(60_000);
});

test('/trail posture shows the planted faults, worst first, and what could not be seen', async () => {
  await desk.say('/trail posture');
  const posture = desk.message('Audit trail posture');
  await posture.waitFor();
  const text = await posture.innerText();
  expect(text).toContain('15 findings');
  expect(text).toContain('12 of 14 accounts');
  for (const subject of [
    'bora-org-trail',
    'labs-legacy-cloudtrail',
    'payments-audit',
    'bora-payments-audit-logs',
    'bora-payments-card-data',
  ]) {
    expect(text).toContain(subject);
  }
  expect(text).toMatch(/team-sandbox.*AccessDenied/s);
  expect(text).toContain('Simulated organization');
  expect(text.indexOf('High')).toBeLessThan(text.indexOf('Medium'));
  await desk.shot('posture');
});

test('a question in English is answered with the person, the proof and the blind spots', async () => {
  await desk.say(`/trail who deleted ${INSTANCE}?`);
  const answer = desk.message('bob@bora.example').filter({ hasText: 'TerminateInstances' });
  await answer.waitFor();
  const text = await answer.innerText();
  expect(text).toContain('bob@bora.example');
  expect(text).toMatch(/proven chain/i);
  expect(text).toMatch(/ops-breakglass/);
  // Where Config knows the place of a thing, the rest is not asked, and that is said.
  expect(text).toMatch(/151515151515|other accounts and regions were not asked/);
  await desk.shot('who-english');
});

test('the same question in Korean, by mention, is answered in Korean', async () => {
  await desk.say(`@trailwarden ${INSTANCE} 누가 지웠어?`);
  const thread = desk.page.locator('.msg', { hasText: '누가 지웠어?' }).last();
  await thread.waitFor();
  // Answers to a mention stand in its thread.
  await desk.page
    .getByText(/1 repl/)
    .last()
    .click();
  const answer = desk
    .message('bob@bora.example')
    .filter({ hasText: /[가-힣]/ })
    .filter({ hasText: 'TerminateInstances' });
  await answer.waitFor();
  const text = await answer.innerText();
  expect(text).toContain('KST');
  expect(text).toContain('ops-breakglass');
  await desk.shot('who-korean');
  await desk.page.locator('button', { hasText: '✕' }).first().click();
});

test('/trail digest tells what is new, open and not visible', async () => {
  await desk.say('/trail digest');
  const digest = desk.message('Audit trail digest');
  await digest.waitFor();
  expect(await digest.innerText()).toMatch(/15 open in all/);
  await desk.shot('digest');
});

const request = () => desk.message('Fix request');
const approve = () => request().getByRole('button', { name: 'Approve' });

test('Alice asks for the fix from the finding, and sees exactly what will change', async () => {
  await desk.say('/trail posture 666677778888');
  const posture = desk.message('Audit trail posture').filter({ hasText: 'Only 666677778888' });
  await posture.getByRole('button', { name: 'Fix…', exact: true }).first().click();
  await request().waitFor();
  const text = await request().innerText();
  expect(text).toMatch(/LogFileValidationEnabled\s*:\s*false\s*→\s*true/);
  expect(text).toContain('cloudtrail:UpdateTrail');
  await desk.shot('fix-requested');
});

test('Bob is no approver and is refused', async () => {
  await desk.actAs('Bob Lee');
  await refused(/Only .*@cloud-approvers/);
});

test('Alice asked for it herself and is refused', async () => {
  await desk.actAs('Alice Kim');
  await refused(/own request/, 'fix-refused');
});

test('Mina may, and it is applied and verified in the same message', async () => {
  await desk.actAs('박미나');
  await desk.decide(request(), /Approve/, 'asked for by the auditors');
  const done = desk.message('applied and verified').filter({ hasText: 'LogFileValidationEnabled' });
  await done.waitFor();
  const text = await done.innerText();
  expect(text).toMatch(/alice/i);
  expect(text).toMatch(/미나|mina/i);
  expect(text).toContain('asked for by the auditors');
  await desk.shot('fix-applied');
});

test('the finding is gone, and the digest says that it was fixed', async () => {
  await desk.actAs('Alice Kim');
  await desk.say('/trail posture');
  await desk.page.getByText('14 findings').last().waitFor();
  await desk.say('/trail digest');
  await desk.page
    .getByText(/1 fixed/)
    .last()
    .waitFor();
  await desk.shot('digest-fixed');
});

test('the way back is asked for, approved by two others, and restores what was', async () => {
  await desk.page
    .getByRole('button', { name: /Way back/ })
    .last()
    .click();
  const back = desk.message(/LogFileValidationEnabled\s*:\s*true\s*→\s*false/);
  await back.waitFor();
  // Taking a protection away is never a light act: two people, neither of them the one who asks.
  await desk.actAs('박미나');
  await desk.decide(back, /Approve/, 'the copy is not needed');
  await back.getByText('1 of 2 approvals').waitFor();
  await desk.actAs('Jun Choi');
  await desk.decide(back, /Approve/, 'agreed');
  await desk.page
    .getByText(/rolled back/i)
    .first()
    .waitFor();
  await desk.shot('way-back');
  await desk.actAs('Alice Kim');
  await desk.say('/trail posture');
  await desk.page.getByText('15 findings').last().waitFor();
});

test('nothing was asked from outside this machine', () => {
  expect(desk.outside).toEqual([]);
});

/** The window says why not, and nothing has changed behind it. */
async function refused(why: RegExp, shot?: string): Promise<void> {
  const window = await desk.open(request(), /Approve/);
  await window.getByText(why).waitFor();
  if (shot) await desk.shot(shot);
  await window.locator('.modal-btn').first().click();
  await window.waitFor({ state: 'hidden' });
  expect(await request().innerText()).toContain('waiting for approval');
  expect(await approve().isVisible()).toBe(true);
}
