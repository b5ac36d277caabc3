import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { type Opened, promises } from './contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailwarden-store-'));
const opened: Store[] = [];
let files = 0;

const stores: { [name: string]: () => Promise<Opened> } = {
  sqlite: async () => {
    files += 1;
    const path = join(folder, `${files}`, 'store.db');
    const clock = { now: new Date('2026-11-22T10:00:00.000Z') };
    return {
      clock,
      open: async () => {
        const store = openStore(path, () => clock.now);
        opened.push(store);
        return store;
      },
    };
  },
};

afterAll(() => {
  for (const store of opened) store.close();
  rmSync(folder, { recursive: true });
});

describe.each(Object.entries(stores))('the %s store', (_, begin) => promises(begin));
