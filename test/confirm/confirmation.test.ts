import type { AuditStep } from '../../src/core/audit.ts';
import type { FixRecord } from '../../src/core/fixes/fix.ts';
import { hashOf } from '../../src/core/hash.ts';
import { type OpenConfirmation, openConfirm } from '../../src/open-confirm.ts';
import { jun, mina } from '../jobs/fix-world.ts';
import { proposal } from '../store/contract.ts';
import { CLIENT, freePort, openBrowser, startProvider } from './stage.ts';

type Confirmed = { decision: { fix: string; reason: string | null }; by: { email: string } };

let provider: Awaited<ReturnType<typeof startProvider>>;
let opened: OpenConfirmation;
let url = '';
const clock = { ahead: 0 };
let fix: FixRecord;
let confirmed: Confirmed[] = [];
let audit: AuditStep[] = [];
let troubles: Error[] = [];

beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  provider = await startProvider(url);
  opened = await confirming({});
}, 60_000);
afterAll(async () => {
  provider?.close();
  await opened?.close();
});
beforeEach(() => {
  clock.ahead = 0;
  fix = open();
  confirmed = [];
  audit = [];
  troubles = [];
});

function confirming(different: { acr?: string; trustEmail?: boolean; listen?: string }) {
  const { clientId, clientSecret } = CLIENT;
  return openConfirm(
    {
      classes: ['C'],
      issuer: provider.issuer,
      clientId,
      listen: new URL(url).host,
      url,
      trustEmail: false,
      ...different,
    },
    clientSecret,
    {
      now: () => new Date(Date.now() + clock.ahead),
      fix: async (id) => (id === fix.id ? fix : undefined),
      confirmed: async (decision, by) => void confirmed.push({ decision, by }),
      appendAudit: async (step) => void audit.push(step),
      report: (trouble) => void troubles.push(trouble),
    },
  );
}

/** A proposal that can be approved now, by the clock of this machine. */
function open(different: Partial<FixRecord> = {}): FixRecord {
  const { plan } = proposal();
  return proposal({
    plan: { ...plan, riskClass: 'C' },
    planHash: hashOf({ ...plan, riskClass: 'C' }),
    requestedBy: jun,
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    ...different,
  });
}

const link = async (by = mina) => {
  const { planHash } = fix;
  const reason = 'agreed <b>in</b> CHG-1';
  return (await opened.confirmation.link({ fix: fix.id, planHash, by, reason, replyTo: null })).url;
};

test('who signs in with the address that Slack has of them sees the plan, and approves exactly that', async () => {
  await provider.as('mina');
  const browser = openBrowser();
  const consent = await browser.open(await link());
  expect(consent.status).toBe(200);
  expect(consent.text).toContain(fix.planHash);
  expect(consent.text).toContain('cloudtrail:UpdateTrail');
  expect(consent.text).toContain('agreed &#60;b&#62;in&#60;/b&#62; CHG-1');
  expect(confirmed).toEqual([]);

  expect((await browser.press(consent.consent)).text).toContain('Your approval was taken');
  const by = {
    issuer: provider.issuer,
    subject: 'mina',
    email: 'mina@bora.example',
    at: expect.any(String),
  };
  expect(confirmed).toEqual([
    { decision: expect.objectContaining({ fix: fix.id, planHash: fix.planHash, by: mina }), by },
  ]);
  expect(audit).toEqual([
    expect.objectContaining({
      action: 'fix-confirmed',
      actor: mina,
      details: { fix: fix.id, planHash: fix.planHash, ...by },
    }),
  ]);
  expect(troubles).toEqual([]);
});

test('the provider is asked to sign them in anew, and nothing of the plan goes there', async () => {
  await provider.as('mina');
  const browser = openBrowser();
  await browser.open(await link());
  const asked = browser.history.find((address) => address.startsWith(`${provider.issuer}/auth?`));
  const query = new URL(asked ?? '').searchParams;
  expect(query.get('prompt')).toBe('login');
  expect(query.get('max_age')).toBe('300');
  expect(query.get('code_challenge_method')).toBe('S256');
  expect(asked).not.toContain(fix.planHash);
});

test('a link is used up by one yes, in whatever browser', async () => {
  await provider.as('mina');
  const address = await link();
  const [first, second] = [openBrowser(), openBrowser()];
  const [one, other] = [await first.open(address), await second.open(address)];
  expect((await first.press(one.consent)).status).toBe(200);
  expect((await first.press(one.consent)).text).toContain('begun elsewhere');
  expect((await second.press(other.consent)).status).toBe(410);
  expect((await openBrowser().open(address)).text).toContain('This link is not known');
  expect(confirmed).toHaveLength(1);
});

test('a link that was merely opened, as previews do, is not used up', async () => {
  await provider.as('mina');
  const address = await link();
  await fetch(address, { redirect: 'manual' });
  await fetch(address, { redirect: 'manual' });
  const browser = openBrowser();
  const { consent } = await browser.open(address);
  await browser.press(consent);
  expect(confirmed).toHaveLength(1);
});

test('whoever signs in with another address approves nothing', async () => {
  await provider.as('bob');
  const page = await openBrowser().open(await link());
  expect(page.status).toBe(403);
  expect(page.text).toContain('for somebody else');
  expect(page.consent).toBeUndefined();
  expect(audit).toMatchObject([
    { action: 'confirmation-refused', actor: mina, details: { email: 'bob@bora.example' } },
  ]);
});

test.each([
  ['unverified', 'does not say that the e-mail address is verified'],
  ['unsaid', 'does not say that the e-mail address is verified'],
  ['nameless', 'does not say the e-mail address'],
  [null, 'access_denied'],
] as const)('a sign-in as %s does not do', async (account, because) => {
  await provider.as(account);
  const page = await openBrowser().open(await link());
  expect(page).toMatchObject({ status: 403, text: expect.stringContaining(because) });
  expect(audit).toMatchObject([{ action: 'confirmation-refused' }]);
  expect(confirmed).toEqual([]);
});

test('somebody of whom Slack has no address cannot be confirmed', async () => {
  await provider.as('nameless');
  const page = await openBrowser().open(await link({ ...mina, email: null } as never));
  expect(page.status).toBe(403);
});

test('any byte of the link that is turned makes it another one', async () => {
  const address = await link();
  const from = address.lastIndexOf('/') + 1;
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  for (let at = from; at < address.length; at += 1) {
    const letter = letters[(letters.indexOf(address[at] ?? '') + 32) % 64];
    const turned = `${address.slice(0, at)}${letter}${address.slice(at + 1)}`;
    const { status } = await fetch(turned, { redirect: 'manual' });
    expect([at, status]).toEqual([at, 404]);
  }
});

test('the answer of the provider counts in the browser that asked for it, and once', async () => {
  await provider.as('mina');
  const browser = openBrowser();
  await browser.open(await link());
  const [back = ''] = browser.history;
  expect(new URL(back).pathname).toBe('/callback');
  expect((await openBrowser().open(back)).text).toContain('begun elsewhere');
  expect((await browser.open(back)).text).toContain('begun elsewhere');
});

test('a yes without the page of one’s own is none', async () => {
  await provider.as('mina');
  const browser = openBrowser();
  await browser.open(await link());
  expect((await browser.press('forged')).status).toBe(400);
  expect((await openBrowser().open(`${url}/confirm`)).status).toBe(404);
  const stranger = openBrowser();
  await stranger.open(`${url}/`);
  expect((await stranger.press('forged')).status).toBe(400);
  expect(confirmed).toEqual([]);
});

test.each([
  ['was decided', { state: 'cancelled' as const }],
  ['has another plan now', { planHash: 'f'.repeat(64) }],
  ['has expired', { expiresAt: '2026-01-01T00:00:00.000Z' }],
])('what %s between the page and the yes is not approved', async (_, different) => {
  await provider.as('mina');
  const browser = openBrowser();
  const address = await link();
  const { consent } = await browser.open(address);
  fix = open(different);
  expect((await browser.press(consent)).text).toContain('nothing to confirm any more');
  expect(confirmed).toEqual([]);
});

test('after ten minutes the link is over, and so is the page behind it', async () => {
  await provider.as('mina');
  const browser = openBrowser();
  const address = await link();
  const { consent } = await browser.open(address);
  clock.ahead = 10 * 60_000;
  expect((await openBrowser().open(address)).text).toContain('This link has expired');
  expect((await browser.press(consent)).status).toBe(400);
  expect(confirmed).toEqual([]);
});

test('pages are kept by nobody, framed by nobody, and run nothing', async () => {
  const { headers, status } = await openBrowser().open(`${url}/anything`);
  expect(status).toBe(404);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(headers.get('referrer-policy')).toBe('no-referrer');
});

test('a form that never ends is not read to its end', async () => {
  const response = await fetch(`${url}/confirm`, { method: 'POST', body: 'x'.repeat(100_000) });
  expect(response.status).toBe(400);
});

test('where the configuration demands a way of signing in, any other does not do', async () => {
  await opened.close();
  opened = await confirming({ acr: 'urn:example:mfa' });
  await provider.as('mina');
  expect((await openBrowser().open(await link())).text).toContain('urn:example:mfa');
  await provider.as('strong');
  expect((await openBrowser().open(await link())).consent).toBeDefined();
  await opened.close();
  opened = await confirming({ trustEmail: true });
  await provider.as('unsaid');
  expect((await openBrowser().open(await link())).consent).toBeDefined();
  await provider.as('unverified');
  expect((await openBrowser().open(await link())).status).toBe(403);
});

test('only the classes that the configuration names need it', () => {
  const { plan } = fix;
  expect(opened.confirmation.demanded(plan)).toBe(true);
  expect(opened.confirmation.demanded({ ...plan, riskClass: 'B' })).toBe(false);
});
