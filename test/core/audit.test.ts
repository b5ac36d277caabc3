import {
  type AuditStep,
  type Checkpoint,
  chainCheck,
  proveChain,
  type SealedEntry,
  seal,
} from '../../src/core/audit.ts';

const alice = { slackId: 'U01ALICE', name: 'alice', email: 'alice@bora.example' };

/** A chain of so many entries, with what people may write into it. */
function chainOf(length: number, words = 'who deleted i-0abc? 누가\u0001"\\'): SealedEntry[] {
  const chain: SealedEntry[] = [];
  for (let n = 1; n <= length; n += 1) {
    const step: AuditStep = {
      at: `2026-11-22T10:00:0${n % 10}.000Z`,
      actor: n % 3 === 0 ? 'trailwarden' : n % 3 === 1 ? alice : { terminal: 'alice' },
      action: 'question',
      details: { n, words, planHash: 'a'.repeat(64) },
    };
    chain.push(seal(chain.at(-1), step));
  }
  return chain;
}

function verdictOn(
  chain: SealedEntry[],
  head: Checkpoint | undefined = chain.at(-1),
  checkpoint?: Checkpoint,
) {
  const check = chainCheck(head, checkpoint);
  for (const entry of chain) {
    const broken = check.take(entry);
    if (broken) return broken;
  }
  return check.end();
}

test('a chain as it was written holds, and so does an empty one', () => {
  expect(verdictOn(chainOf(12))).toEqual({ ok: true, entries: 12 });
  expect(verdictOn([])).toEqual({ ok: true, entries: 0 });
});

test.each([1, 3, 5])('every byte of entry %i that is turned is found, and named', (seq) => {
  const chain = chainOf(5);
  const entry = chain[seq - 1];
  if (!entry) throw new Error('no such entry');
  for (const column of ['body', 'hash'] as const) {
    const bytes = Buffer.from(entry[column]);
    for (let at = 0; at < bytes.length; at += 1)
      for (const bit of [1, 32, 128]) {
        const turned = Buffer.from(bytes);
        turned[at] = (turned[at] ?? 0) ^ bit;
        const changed = chain.with(seq - 1, { ...entry, [column]: turned.toString() });
        expect(verdictOn(changed, chain.at(-1))).toEqual({
          ok: false,
          brokenAt: seq,
          why: 'altered',
        });
      }
  }
});

test('an entry that is taken out, put in or changes places is found', () => {
  const chain = chainOf(6);
  const [first, second] = chain as [SealedEntry, SealedEntry];
  expect(verdictOn(chain.toSpliced(2, 1))).toMatchObject({ brokenAt: 3, why: 'missing' });
  expect(verdictOn(chain.with(0, second).with(1, first))).toMatchObject({ brokenAt: 1 });
  // Whoever renumbers what follows has to seal it anew, or it does not follow any more.
  const forged = seal(first, { at: '', actor: 'trailwarden', action: 'forged', details: {} });
  expect(verdictOn(chain.with(1, forged))).toMatchObject({ brokenAt: 3, why: 'unlinked' });
});

test('an end that was cut off is found by the note of the end', () => {
  const chain = chainOf(6);
  expect(verdictOn(chain.slice(0, 4), chain.at(-1))).toEqual({
    ok: false,
    brokenAt: 5,
    why: 'cut-off',
  });
  expect(verdictOn(chain, chain[3])).toEqual({ ok: false, brokenAt: 5, why: 'not-noted' });
  expect(verdictOn(chain, { seq: 6, hash: 'b'.repeat(64) })).toMatchObject({ brokenAt: 6 });
});

test('a chain that was written anew from its beginning is sound, and not the one of the checkpoint', () => {
  const chain = chainOf(6);
  const checkpoint = { seq: 4, hash: chain[3]?.hash ?? '' };
  const rewritten = chainOf(9, 'nothing happened');
  expect(verdictOn(rewritten)).toEqual({ ok: true, entries: 9 });
  expect(verdictOn(rewritten, rewritten.at(-1), checkpoint)).toEqual({
    ok: false,
    brokenAt: 4,
    why: 'not-the-checkpoint',
  });
  // The chain and the note of its end cut off together.
  expect(verdictOn(chain.slice(0, 3), chain[2], checkpoint)).toEqual({
    ok: false,
    brokenAt: 4,
    why: 'cut-off',
  });
  expect(verdictOn(chain, chain.at(-1), checkpoint)).toEqual({ ok: true, entries: 6 });
});

test('a long chain is proved a page at a time; what is appended meanwhile is left for the next time', async () => {
  const chain = chainOf(1_203);
  const asked: number[] = [];
  const log = {
    async auditHead() {
      const head = chain[1_200];
      return { head, entries: 1_201 };
    },
    async auditAfter(seq: number, count: number) {
      asked.push(count);
      return chain.filter((entry) => entry.seq > seq).slice(0, count);
    },
  };
  expect(await proveChain(log)).toEqual({ ok: true, entries: 1_201 });
  expect(asked).toEqual([500, 500, 201]);
});
