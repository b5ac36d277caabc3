import type { Browser, Locator } from 'playwright-core';
import { type Desk, openBrowser, sitDown, startProduct } from './stage.ts';

/**
 * The life of fixes, as people live it: one of class B, one of class C that needs two approvers, its way
 * back, a no, an hour that passes, a risk that is accepted, and what no button can do. One story, in order.
 */
const MULTI_REGION = 'f561189220';
const BUCKET_POLICY = '283269caaa';
const RECORDER = '64f6ca1c49';
const DATA_EVENTS = '6c279bdf94';
const MFA_DELETE = 'f08ca3ef5a';

let product: Awaited<ReturnType<typeof startProduct>>;
let browser: Browser;
let desk: Desk;

beforeAll(async () => {
  product = await startProduct();
  browser = await openBrowser();
  desk = await sitDown(browser, product.url, 'Alice Kim', 'cloud-governance');
  await desk.say('/trail posture');
  await desk.message('Audit trail posture').waitFor();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

/** The message of this finding, at whatever state. */
const requestOf = (finding: string) =>
  desk.page
    .locator('.messages .msg', { hasText: 'Fix request' })
    .filter({ hasText: `finding ${finding}` })
    .last();

/** Alice asks. */
async function asked(finding: string): Promise<Locator> {
  await desk.actAs('Alice Kim');
  await desk.say(`/trail fix ${finding}`);
  const message = requestOf(finding);
  await message.waitFor();
  return message;
}

const said = (message: Locator, words: string | RegExp) =>
  message.getByText(words).first().waitFor();
/** Its first button closes a window; what it is called depends on what stands in it. */
const closed = async (window: Locator) => {
  await window.locator('.modal-btn').first().click();
  await window.waitFor({ state: 'hidden' });
};
const noButtons = async (message: Locator) =>
  expect(await message.getByRole('button', { name: /Approve|Decline/ }).count()).toBe(0);

describe('class B: one other person', () => {
  test('the message says what is wrong, what it means, what changes and what not', async () => {
    const message = await asked(MULTI_REGION);
    const text = await message.innerText();
    for (const words of [
      /What is wrong: .*acquired-labs/,
      /What it means: /,
      /Since when and by whom: /,
      /IsMultiRegionTrail\s*:\s*false\s*→\s*true/,
      /Who feels it: /,
      /What stays as it is/,
      /Cost: /,
      /May approve: @cloud-approvers, one more person, but not the requester/,
      /Expires /,
      /risk class B/,
    ])
      expect(text).toMatch(words);
    for (const button of ['Approve…', 'Decline…', 'Open in console'])
      expect(await message.getByText(button).isVisible()).toBe(true);
    await desk.shot('fix-class-b');
  });

  test('Mina says why, and it is applied, verified and told in the same message', async () => {
    const message = requestOf(MULTI_REGION);
    await desk.actAs('박미나');
    await desk.decide(message, /Approve/, 'CHG-1042: every region is to be recorded');
    await said(message, /applied and verified/);
    const text = await message.innerText();
    expect(text).toContain('CHG-1042: every region is to be recorded');
    expect(text).toContain('mina@bora.example');
    expect(text).toMatch(/Read again afterwards: .*IsMultiRegionTrail = true/);
    await noButtons(message);
    await desk.shot('fix-class-b-applied');
  });

  test('the thread has the state before, the calls and the request ids', async () => {
    await desk
      .message('Fix request')
      .filter({ hasText: MULTI_REGION })
      .getByText(/2 repl/)
      .click();
    const thread = desk.page.locator('.thread-pane');
    await said(thread, /The state before, as it was read/);
    await said(thread, /AWS request ids/);
    await desk.shot('fix-thread');
    await desk.page.locator('.thread-x').click();
  });
});

describe('class C: two other people', () => {
  test('the diff tells the statements of the policy, and the window repeats what is approved', async () => {
    const message = await asked(BUCKET_POLICY);
    const text = await message.innerText();
    expect(text).toContain('0 of 2 approvals');
    expect(text).toMatch(/\+ *\n?Policy › Statement › TrailwardenTlsOnly/);
    await desk.actAs('Jun Choi');
    const window = await desk.open(message, /Approve/);
    await said(window, /TrailwardenTlsOnly/);
    await said(window, /Reason \(needed for class C\)/);
    await desk.shot('fix-window');
    await closed(window);
  });

  test('Alice, who asked, may not; Mina may once, and Jun is the second', async () => {
    const message = requestOf(BUCKET_POLICY);
    await desk.actAs('Alice Kim');
    const refused = await desk.open(message, /Approve/);
    await said(refused, /your own request/);
    await closed(refused);

    await desk.actAs('박미나');
    await desk.decide(message, /Approve/, 'agreed with the auditors');
    await said(message, /1 of 2 approvals/);
    const again = await desk.open(message, /Approve/);
    await said(again, /이미 승인하셨습니다/);
    await closed(again);
    await desk.shot('fix-one-of-two');

    await desk.actAs('Jun Choi');
    await desk.decide(message, /Approve/, 'seen in the change board');
    await said(message, /applied and verified/);
    const text = await message.innerText();
    expect(text).toContain('agreed with the auditors');
    expect(text).toContain('seen in the change board');
    await noButtons(message);
    await desk.shot('fix-class-c-applied');
  });

  test('its way back needs two people as well, and brings back what was', async () => {
    const done = requestOf(BUCKET_POLICY);
    await desk.actAs('Alice Kim');
    await done.getByRole('button', { name: /Way back/ }).click();
    const back = desk.message('Way back request');
    await said(back, /0 of 2 approvals/);
    await desk.actAs('박미나');
    await desk.decide(back, /Approve/, 'a trail of a partner no longer delivers');
    await said(back, /1 of 2 approvals/);
    await desk.actAs('Jun Choi');
    await desk.decide(back, /Approve/, 'so it is');
    await said(back, /applied and verified/);
    await said(done, /rolled back/);
    await desk.shot('fix-rolled-back');
  });
});

test('a no has a reason, changes nothing, and takes the buttons away', async () => {
  const message = await asked(RECORDER);
  await desk.actAs('Jun Choi');
  await desk.decide(message, /Decline/, 'the account is closed on Friday');
  await said(message, /declined/);
  const text = await message.innerText();
  expect(text).toContain('the account is closed on Friday');
  expect(text).toContain('Nothing was changed.');
  await noButtons(message);
  await desk.shot('fix-declined');
});

test('after an hour nobody can approve any more', async () => {
  const message = await asked(DATA_EVENTS);
  await desk.actAs('박미나');
  const window = await desk.open(message, /Approve/);
  product.wait(61);
  await window.locator('.bk-plain-input').first().fill('too late');
  await window.locator('.modal-btn.primary').click();
  await said(message, /Nobody decided in time, so it expired and nothing was changed/);
  await noButtons(message);
  await desk.shot('fix-expired');
});

test('what no button can do comes as a runbook, and its risk is accepted by the same approval', async () => {
  await desk.actAs('Alice Kim');
  await desk.say(`/trail fix ${MFA_DELETE}`);
  const runbook = desk.message('How to mend it').filter({ hasText: 'MFADelete' });
  await runbook.waitFor();
  expect(await runbook.getByRole('button', { name: /^Fix|Approve/ }).count()).toBe(0);
  await desk.shot('runbook');

  const window = await desk.open(runbook, /Accept the risk/);
  const [reason, owner] = [0, 1].map((at) => window.locator('.bk-plain-input').nth(at));
  await reason?.fill('the bucket is emptied and deleted in spring');
  await owner?.fill('payments');
  await window.locator('input[type=date]').fill(nextMonth());
  await window.locator('.modal-btn.primary').click();
  const request = desk.message('Request to accept a risk');
  await request.waitFor();
  await desk.actAs('Jun Choi');
  await desk.decide(request, /Approve/, 'agreed until then');
  await said(request, /applied/);
  await desk.shot('risk-accepted');
});

test('/trail fixes lists what was asked for and what was done', async () => {
  await desk.actAs('Alice Kim');
  await desk.say('/trail fixes');
  const list = desk.message('Done lately');
  await list.waitFor();
  const text = await list.innerText();
  for (const words of ['rolled back', 'declined', 'expired', 'make-trail-multi-region'])
    expect(text).toContain(words);
  await desk.shot('fixes');
});

/** A day that an exception may last to, whatever today is. */
function nextMonth(): string {
  return new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
}
