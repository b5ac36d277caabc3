import { admits, names } from './coverage.ts';
import type { AdvancedSelector, Selectors } from './facts.ts';

/** How much of the object-level writes to one bucket is recorded. */
export type WritesRecorded = 'all' | 'part' | 'none';

/**
 * How much of the writes to a bucket's objects these trails' selectors record together. Conditions on
 * an object's ARN are about its beginning, its end, or all of it, so a few well-chosen objects stand
 * for all: one under each beginning and end that any selector names, and one that none names. If all of
 * those are recorded, everything is.
 */
export function writesRecorded(bucketArn: string, selectors: Selectors[]): WritesRecorded {
  const events = telling(bucketArn, selectors);
  const recorded = events.filter((event) => selectors.some((of) => records(of, event)));
  if (recorded.length === events.length) return 'all';
  return recorded.length > 0 ? 'part' : 'none';
}

/** A write to an object: its ARN and the name of the event. */
export type ObjectWrite = { arn: string; eventName: string };

/** A text that no selector of a real organization holds. */
const UNNAMED = '\u0001unnamed\u0001';

function telling(bucketArn: string, selectors: Selectors[]): ObjectWrite[] {
  const inside = `${bucketArn}/`;
  const beginnings = new Set([inside]);
  const ends = new Set(['']);
  const whole = new Set<string>();
  const eventNames = new Set([UNNAMED]);
  for (const selector of selectors) {
    if ('basic' in selector) {
      for (const { dataResources } of selector.basic)
        for (const { values } of dataResources)
          for (const value of values) if (value.startsWith(inside)) beginnings.add(value);
      continue;
    }
    for (const condition of selector.advanced.flat()) {
      if (condition.field === 'resources.ARN') {
        for (const start of [...condition.startsWith, ...condition.notStartsWith])
          if (start.startsWith(inside)) beginnings.add(start);
        for (const end of [...condition.endsWith, ...condition.notEndsWith]) ends.add(end);
        for (const arn of [...condition.equals, ...condition.notEquals])
          if (arn.startsWith(inside)) whole.add(arn);
      }
      if (condition.field === 'eventName')
        for (const values of [
          condition.equals,
          condition.notEquals,
          condition.startsWith,
          condition.notStartsWith,
          condition.endsWith,
          condition.notEndsWith,
        ])
          for (const value of values) eventNames.add(value);
    }
  }
  const arns = [...beginnings].flatMap((start) => [...ends].map((end) => start + UNNAMED + end));
  return [...arns, ...whole].flatMap((arn) =>
    [...eventNames].map((eventName) => ({ arn, eventName })),
  );
}

/** Whether one trail's selectors record one write to an object. */
export function records(selectors: Selectors, write: ObjectWrite): boolean {
  if ('basic' in selectors)
    return selectors.basic.some(
      ({ readWriteType, dataResources }) =>
        readWriteType !== 'ReadOnly' &&
        dataResources.some(
          ({ type, values }) =>
            type === 'AWS::S3::Object' && values.some((value) => write.arn.startsWith(value)),
        ),
    );
  return selectors.advanced.some((selector) => recordsWrite(selector, write));
}

const UNDERSTOOD = new Set([
  'eventCategory',
  'resources.type',
  'resources.ARN',
  'readOnly',
  'eventName',
  'eventSource',
]);

function recordsWrite(selector: AdvancedSelector, { arn, eventName }: ObjectWrite): boolean {
  return (
    // A condition on anything else (the caller, the network) narrows it in a way we cannot weigh.
    selector.every(({ field }) => UNDERSTOOD.has(field)) &&
    names(selector, 'eventCategory', 'Data') &&
    names(selector, 'resources.type', 'AWS::S3::Object') &&
    admits(selector, 'readOnly', 'false') &&
    admits(selector, 'eventSource', 's3.amazonaws.com') &&
    admits(selector, 'resources.ARN', arn) &&
    admits(selector, 'eventName', eventName)
  );
}
