import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startSandbox } from '../../src/sandbox/start.ts';

test.each(['2026-11-22T10:00:00Z', '2031-02-28T23:59:59Z'])(
  'the exceptions of the sandbox have three months to go, whenever it starts: %s',
  async (at) => {
    const sandbox = await startSandbox({ slack: 'none', now: () => new Date(at) });
    try {
      const config = sandbox.environment.TRAILWARDEN_CONFIG ?? '';
      expect(readFileSync(config, 'utf8')).toContain('exceptions: exceptions.yml');
      const exceptions = readFileSync(join(dirname(config), 'exceptions.yml'), 'utf8');
      const days = [...exceptions.matchAll(/^ *expires: (\S+)$/gm)].map(([, day = '']) => {
        return (Date.parse(day) - Date.parse(at)) / 86_400_000;
      });
      expect(days.length).toBeGreaterThan(0);
      for (const left of days) {
        expect(left).toBeGreaterThan(88);
        expect(left).toBeLessThan(91);
      }
    } finally {
      await sandbox.close();
    }
  },
);
