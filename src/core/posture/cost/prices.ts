const HUNDRED_THOUSAND = 100_000;

/** Where the prices below stand, and when they were read. Other regions differ. */
export const PRICE_LIST = {
  region: 'us-east-1',
  asOf: '2026-11-22',
  cloudTrail: 'aws.amazon.com/cloudtrail/pricing',
  s3: 'aws.amazon.com/s3/pricing',
};

/** Per 100,000 events. The first copy of management events in a region is free; of data events none is. */
export const EVENT_PRICES = {
  managementCopy: 2.0,
  data: 0.1,
  network: 0.1,
  /** Of management events; each kind of Insights analyses for itself. */
  insights: 0.35,
};

/** Per GB and month, the first 50 TB. */
export const STORAGE_PRICES = {
  standard: 0.023,
  glacierInstant: 0.004,
  glacierDeepArchive: 0.00099,
};

/** What so many events cost, in US dollars. */
export function priceOf(events: number, perHundredThousand: number): number {
  return (events / HUNDRED_THOUSAND) * perHundredThousand;
}
