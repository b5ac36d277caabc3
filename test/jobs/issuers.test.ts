import type { CloudTrailEvent } from '../../src/core/evidence/event.ts';
import { personBehind } from '../../src/core/evidence/person.ts';
import type { EventSource, Search } from '../../src/core/evidence/source.ts';
import { issuers } from '../../src/jobs/issuers.ts';
import { found, session, soundEvent } from '../core/evidence/sound.ts';

function quiet() {
  const searches: Search[] = [];
  const source: Pick<EventSource, 'issuing' | 'find'> = {
    async find(search) {
      searches.push(search);
      return found([]);
    },
    issuing: async (sessions) =>
      new Map(sessions.map(({ accessKeyId }) => [accessKeyId, { events: [], gaps: [] }])),
  };
  return { source, searches };
}

/** A call that came from another account, which alone knows whose it was. */
function fromOutside(n: number): CloudTrailEvent {
  return soundEvent({
    eventID: `00000000-51d5-4765-ad83-${String(n).padStart(12, '0')}`,
    sharedEventID: `50000000-51d5-4765-ad83-${String(n).padStart(12, '0')}`,
    userIdentity: { type: 'AWSAccount', accountId: '999988887777', principalId: 'AROAX' },
  });
}

test('a copy that was not looked for is told as one, and not as one that is not there', async () => {
  const { source, searches } = quiet();
  const events = Array.from({ length: 42 }, (_, n) => fromOutside(n));
  const issued = await issuers(events, [source]);
  expect(searches).toHaveLength(40);
  const told = events.map((event) => personBehind(event, issued));
  const untold = told.filter(({ chain }) => chain?.join().includes('the copies of 40 links'));
  expect(untold).toHaveLength(2);
  expect(untold[0]?.chainKo?.join()).toContain('40개까지만');
});

test('so are the sign-ins of sessions past the limit', async () => {
  const { source, searches } = quiet();
  const events = Array.from({ length: 41 }, (_, n) => {
    const at = new Date(Date.parse('2026-11-01T00:00:00Z') + n * 86_400_000 * 0.5).toISOString();
    const role = 'AWSReservedSSO_Engineer_9f1e2d3c4b5a6978';
    return soundEvent({
      eventID: `00000001-51d5-4765-ad83-${String(n).padStart(12, '0')}`,
      eventTime: at,
      userIdentity: session(role, 'jun@bora.example', {
        accessKeyId: `ASIAQ7Z1SESSION${String(n).padStart(5, '0')}`,
        sessionContext: {
          sessionIssuer: {
            type: 'Role',
            arn: `arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/${role}`,
            userName: role,
          },
          attributes: { creationDate: at, mfaAuthenticated: 'false' },
        },
      }),
    });
  });
  const home = async () => ({ account: '111122223333', region: 'ap-northeast-2' });
  const issued = await issuers(events, [source], home);
  expect(searches).toHaveLength(40);
  const gaps = [...issued.values()].flatMap((told) => told.gaps);
  expect(gaps.map(({ reason }) => reason)).toEqual([
    expect.stringContaining('the sign-ins of 40 links'),
  ]);
});
