import { createHash, createHmac } from 'node:crypto';
import { SigningHash } from '../../src/aws/signing-hash.ts';

async function hexOf(secret: string | Uint8Array | undefined, ...data: (string | Uint8Array)[]) {
  const hash = new SigningHash(secret);
  for (const one of data) hash.update(one);
  return Buffer.from(await hash.digest()).toString('hex');
}

test('HMAC-SHA-256 is that of RFC 4231', async () => {
  expect(await hexOf(Buffer.alloc(20, 0x0b), 'Hi There')).toBe(
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  );
  expect(await hexOf('Jefe', 'what do ya want ', 'for nothing?')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
  const longer = 'Test Using Larger Than Block-Size Key - Hash Key First';
  expect(await hexOf(Buffer.alloc(131, 0xaa), longer)).toBe(
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  );
});

test('for secrets of every length around a block, and empty ones, it says what Node says', async () => {
  for (const length of [0, 1, 32, 63, 64, 65, 128, 200]) {
    const secret = createHash('shake256', { outputLength: Math.max(1, length) })
      .update(String(length))
      .digest()
      .subarray(0, length);
    const data = `시각 ${length}`;
    const nodes = createHmac('sha256', secret).update(data).digest('hex');
    expect([length, await hexOf(secret, data)]).toEqual([length, nodes]);
  }
});

test('without a secret it is the plain hash, of a part of a buffer, too, and can begin anew', async () => {
  const part = Buffer.from('xxpayloadxx').subarray(2, 9);
  const plain = createHash('sha256').update('payload').digest('hex');
  expect(await hexOf(undefined, part)).toBe(plain);
  const hash = new SigningHash();
  hash.update('something else');
  hash.reset();
  hash.update('payload');
  expect(Buffer.from(await hash.digest()).toString('hex')).toBe(plain);
});

test('bytes count as they were when they were given, as arrays of any kind, and texts as UTF-8', async () => {
  const expected = createHmac('sha256', 'secret')
    .update('\ufffd시')
    .update(Buffer.from([1, 2, 3, 4]));
  const bytes = new Uint8Array([1, 2, 3, 4]);
  const hash = new SigningHash('secret');
  hash.update('\ud800시');
  hash.update(new Uint16Array(bytes.buffer, 0, 1));
  hash.update(new DataView(bytes.buffer, 2, 1));
  hash.update(bytes.buffer.slice(3));
  bytes.fill(0);
  expect(Buffer.from(await hash.digest()).toString('hex')).toBe(expected.digest('hex'));
});
