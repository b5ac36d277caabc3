import type { IncomingHttpHeaders } from 'node:http';

/** A body as it was before an SDK framed it with `aws-chunked` (chunk signatures, trailers). */
export function unchunk(headers: IncomingHttpHeaders, body: Buffer): Buffer {
  const encoded = /aws-chunked/.test(String(headers['content-encoding'] ?? ''));
  const streaming = /^STREAMING-/.test(String(headers['x-amz-content-sha256'] ?? ''));
  if (!encoded && !streaming) return body;
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    if (lineEnd < 0) break;
    const size = Number.parseInt(body.toString('latin1', at, lineEnd), 16);
    if (!size) break;
    const start = lineEnd + 2;
    chunks.push(body.subarray(start, start + size));
    at = start + size + 2;
  }
  return Buffer.concat(chunks);
}
