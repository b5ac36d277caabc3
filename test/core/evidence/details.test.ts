import { resourcesOf } from '../../../src/core/evidence/details.ts';
import { soundEvent } from './sound.ts';

const created = (path: string) =>
  soundEvent({
    eventSource: 'iam.amazonaws.com',
    eventName: 'CreateUser',
    requestParameters: { path, userName: 'vendor-sync' },
  });

test.each(['/', '/team/'])('the IAM path %s is no thing that was touched', (path) => {
  expect(resourcesOf(created(path), [])).toEqual(['vendor-sync']);
});

test.each(['*', '/', '-', '…', ''])('%j names nothing', (name) => {
  expect(resourcesOf(soundEvent({ requestParameters: { name, id: 'i-1' } }), [])).toEqual(['i-1']);
});

test('a path elsewhere is what was touched', () => {
  const read = soundEvent({
    eventSource: 'ssm.amazonaws.com',
    eventName: 'GetParametersByPath',
    requestParameters: { path: '/prod/orders' },
  });
  expect(resourcesOf(read, [])).toEqual(['/prod/orders']);
});

test('a DNS name stands once, as it was asked for', () => {
  const changed = soundEvent({ requestParameters: { name: 'labs.bora.example.' } });
  expect(resourcesOf(changed, ['labs.bora.example'])).toEqual(['labs.bora.example']);
  expect(resourcesOf(changed, [])).toEqual(['labs.bora.example.']);
});
