/**
 * Gives back the memory of bytes that nobody reads any more. Left to the collector, it would have to run
 * every few files, or find out late how much there is. Small buffers share their memory with others.
 */
export function giveBack({ buffer, byteOffset }: ArrayBufferView): void {
  if (byteOffset === 0 && buffer instanceof ArrayBuffer && buffer.byteLength > Buffer.poolSize)
    buffer.transfer(0);
}
