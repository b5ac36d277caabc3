import { createHash } from 'node:crypto';

/** SHA-256 takes its input in blocks of so many bytes. */
const BLOCK = 64;

/**
 * SHA-256 for the SDK's signatures, and with a secret HMAC-SHA-256 (RFC 2104). Every account, service and
 * region takes a signing key of its own, four HMACs, and every request two more. Node's `createHmac`
 * makes a key object each time, for 30 µs; two plain hashes over the padded secret, which are the same
 * by definition, take 6.
 */
export class SigningHash {
  private readonly secret: Uint8Array | null;
  private chunks: Uint8Array[] = [];

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.secret = secret === undefined ? null : bytesOf(secret);
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.chunks.push(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    if (this.secret === null) return sha256(this.chunks);
    const key = this.secret.length > BLOCK ? sha256([this.secret]) : this.secret;
    return sha256([padded(key, 0x5c), sha256([padded(key, 0x36), ...this.chunks])]);
  }

  reset(): void {
    this.chunks = [];
  }
}

function sha256(chunks: Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest();
}

function padded(key: Uint8Array, pad: number): Uint8Array {
  const block = new Uint8Array(BLOCK).fill(pad);
  for (const [at, byte] of key.entries()) block[at] = byte ^ pad;
  return block;
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, 'utf8');
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
