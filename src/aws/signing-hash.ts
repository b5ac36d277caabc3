import { createHash, type Hash } from 'node:crypto';

/** SHA-256 takes its input in blocks of so many bytes. */
const BLOCK = 64;

/**
 * SHA-256 for the SDK's signatures, and with a secret HMAC-SHA-256 (RFC 2104). Every account, service and
 * region takes a signing key of its own, four HMACs, and every request two more. Node's `createHmac`
 * makes a key object each time, for 30 µs; two plain hashes over the padded secret, which are the same
 * by definition, take 6.
 */
export class SigningHash {
  private readonly key: Uint8Array | null;
  private hash: Hash;

  constructor(secret?: Bytes) {
    this.key = secret === undefined ? null : keyOf(bytesOf(secret));
    this.hash = begun(this.key);
  }

  /** Takes the bytes in at once: whoever sends a stream may use its buffers again, and none is kept. */
  update(data: Bytes): void {
    this.hash.update(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    const inner = this.hash.digest();
    return this.key === null
      ? inner
      : sha256().update(padded(this.key, 0x5c)).update(inner).digest();
  }

  reset(): void {
    this.hash = begun(this.key);
  }
}

type Bytes = string | ArrayBuffer | ArrayBufferView;

const sha256 = () => createHash('sha256');

function begun(key: Uint8Array | null): Hash {
  return key === null ? sha256() : sha256().update(padded(key, 0x36));
}

/** A secret longer than a block is hashed first; always our own bytes, whatever becomes of the secret's. */
function keyOf(secret: Uint8Array): Uint8Array {
  return secret.length > BLOCK ? sha256().update(secret).digest() : secret.slice();
}

function padded(key: Uint8Array, pad: number): Uint8Array {
  const block = new Uint8Array(BLOCK).fill(pad);
  for (const [at, byte] of key.entries()) block[at] = byte ^ pad;
  return block;
}

function bytesOf(data: Bytes): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, 'utf8');
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
