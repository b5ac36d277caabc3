import { coverageMap } from '../../../src/core/posture/coverage-map.ts';
import { known } from '../../../src/core/posture/known.ts';
import { denied, ORG_TRAIL, SHOP, soundAccount, soundFacts, soundTrail } from './sound.ts';

test('the coverage map claims only what is proven', () => {
  const facts = soundFacts({
    accounts: [soundAccount(), soundAccount({ id: '999900001111', trails: denied() })],
    trails: [soundTrail({ selectors: denied() })],
  });
  const cells = coverageMap(known(facts));
  expect(cells).toHaveLength(2);
  expect(cells[0]).toEqual({
    account: SHOP,
    region: 'eu-west-1',
    managementRead: false,
    managementWrite: false,
    dataEvents: [],
    trails: [ORG_TRAIL],
  });
});
