import type { PostureFacts } from '../../../../src/core/posture/facts.ts';
import { known } from '../../../../src/core/posture/known.ts';
import { coverageMap } from '../../../../src/core/posture/recorded/coverage-map.ts';
import {
  basic,
  denied,
  ORG_TRAIL,
  SHOP,
  seen,
  soundAccount,
  soundFacts,
  soundTrail,
} from '../sound.ts';

function map(differs: Partial<PostureFacts>) {
  return coverageMap(known(soundFacts({ accounts: [soundAccount()], ...differs })));
}

test('the coverage map claims only what is proven', () => {
  const cells = map({
    accounts: [soundAccount(), soundAccount({ id: '999900001111', trails: denied() })],
    trails: [soundTrail({ selectors: denied() })],
  });
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

test('a cell tells what is left out, which objects, and whether global services are recorded', () => {
  const selectors = {
    basic: [
      basic({
        excludedSources: ['kms.amazonaws.com'],
        dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3:::documents/'] }],
      }),
    ],
  };
  const [west, east] = map({ trails: [soundTrail({ selectors: seen(selectors) })] });
  expect(west).toEqual({
    account: SHOP,
    region: 'eu-west-1',
    managementRead: true,
    managementWrite: true,
    excludedSources: ['kms.amazonaws.com'],
    dataEvents: ['AWS::S3::Object read+write arn:aws:s3:::documents/*'],
    trails: [ORG_TRAIL],
  });
  expect(east).toMatchObject({ region: 'us-east-1', globalServiceEvents: true });
});

test('thousands of accounts of one organization trail share what is said of them', () => {
  const regions = seen(Array.from({ length: 17 }, (_, index) => `region-${index}`));
  /** The map of so many accounts, and how often somebody looked at what the trail selects. */
  function drawn(length: number) {
    const { selectors, ...rest } = soundTrail();
    let looks = 0;
    const trail = {
      ...rest,
      get selectors() {
        looks += 1;
        return selectors;
      },
    };
    const accounts = Array.from({ length }, (_, index) =>
      soundAccount({ id: String(100000000000 + index), regions }),
    );
    return { cells: map({ accounts, trails: [trail] }), looks };
  }
  const { cells, looks } = drawn(5_000);
  expect(cells).toHaveLength(85_000);
  expect(looks).toBeGreaterThan(0);
  expect(looks).toBe(drawn(2).looks);
  expect(new Set(cells.map(({ trails }) => trails)).size).toBe(1);
  expect(new Set(cells.map(({ dataEvents }) => dataEvents)).size).toBe(1);
});
