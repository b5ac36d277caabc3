import { parseConfigFile } from '../../src/config.ts';
import type { JobRequest } from '../../src/core/request.ts';
import { approveFix } from '../../src/jobs/approve-fix.ts';
import { openConfirmFor } from '../../src/wire-confirm.ts';
import { approve, proposed } from '../jobs/deciding.ts';
import { mina, stageWhere } from '../jobs/fix-world.ts';
import { CLIENT, freePort, openBrowser, startProvider } from './stage.ts';

test('the whole way: a yes in Slack, the sign-in, the plan once more, and only then the fix', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const provider = await startProvider(url);
  const { world, stage } = await stageWhere();
  const handedOver: JobRequest[] = [];
  const confirm = await openConfirmFor(
    {
      fixes: fixesIn(`confirm:
    classes: [A]
    issuer: ${provider.issuer}
    clientId: ${CLIENT.clientId}
    listen: 127.0.0.1:${port}
    url: ${url}`),
      oidcSecret: CLIENT.clientSecret,
    },
    {
      now: world.now,
      fix: world.fix,
      appendAudit: world.appendAudit,
      report: world.report,
      handOver: async (request) => void handedOver.push(request),
    },
  );
  if (!confirm) throw new Error('no confirmation is configured');
  world.confirmation = confirm.confirmation;
  try {
    const fix = await proposed(world);
    const told = await approve(fix, world);
    if (told.kind !== 'refused' || told.why.kind !== 'confirm-outside') throw new Error(told.kind);
    expect(stage.applications).toBe(0);

    await provider.as('mina');
    const browser = openBrowser();
    const { consent } = await browser.open(told.why.url);
    await browser.press(consent);
    const [job] = handedOver;
    if (job?.job !== 'approve-fix') throw new Error('nothing was handed over');
    expect(job).toMatchObject({ by: mina, reason: 'needed', planHash: fix.planHash });
    expect(await approveFix(job, world)).toMatchObject({
      fix: {
        state: 'applied',
        approvals: [{ confirmed: { subject: 'mina', email: 'mina@bora.example' } }],
      },
    });
    expect(stage.applications).toBe(1);
    expect((await stage.store.audit()).map(({ action }) => action)).toEqual([
      'fix-proposed',
      'approval-refused',
      'fix-confirmed',
      'fix-approved',
      'fix-claimed',
      'fix-applying',
      'fix-applied',
    ]);
    expect(await stage.store.verifyAudit()).toMatchObject({ ok: true });
    expect(stage.troubles).toEqual([]);
  } finally {
    await confirm.close();
    provider.close();
  }
}, 60_000);

test('without a word of the configuration nothing is confirmed outside Slack', async () => {
  const unused = async () => {
    throw new Error('not asked for here');
  };
  const fixes = fixesIn('perHour: 5');
  const world = {
    now: () => new Date(),
    fix: unused,
    appendAudit: unused,
    handOver: unused,
    report: () => {},
  };
  expect(await openConfirmFor({ fixes, oidcSecret: null }, world)).toBeNull();
});

function fixesIn(text: string) {
  return parseConfigFile(`fixes:\n  ${text}\n`, 'trailwarden.yml').fixes;
}
