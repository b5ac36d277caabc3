import { runbooks } from '../../src/core/fixes/runbooks/index.ts';
import { runbookText } from '../../src/terminal/runbook.ts';

const target = {
  id: 'f0000001',
  check: 'log-bucket-mfa-delete',
  subject: 'arn:aws:s3:::audit-logs',
  owner: '222233334444',
  covers: ['222233334444'],
};

test.each(runbooks)('$id is printed with every command, whole', ({ write }) => {
  const runbook = write(target);
  for (const language of ['en', 'ko'] as const) {
    const text = runbookText(runbook, language);
    for (const { say, command } of runbook.steps) {
      expect(text).toContain(say[language]);
      for (const line of (command ?? '').split('\n')) expect(text).toContain(line);
    }
    for (const { say } of runbook.alternatives) expect(text).toContain(say[language]);
    for (const conflict of runbook.conflicts) expect(text).toContain(conflict[language]);
  }
});

test('what AWS says of a thing cannot turn the terminal around', () => {
  const runbook = runbooks.find(({ id }) => id === 'enable-mfa-delete');
  const hostile = { ...target, subject: 'arn:aws:s3:::a\u202eb\u001b[31m' };
  const text = runbookText(runbook?.write(hostile) ?? raise(), 'en');
  for (const control of ['\u202e', '\u001b']) expect(text).not.toContain(control);
});

function raise(): never {
  throw new Error('there is no such runbook');
}
