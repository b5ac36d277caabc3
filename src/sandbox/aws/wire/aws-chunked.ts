import type { IncomingHttpHeaders } from 'node:http';

type Message = { headers: IncomingHttpHeaders; body: Buffer };

/** A message as it was before an SDK framed its body with `aws-chunked` (signatures, trailers). */
export function unchunked({ headers, body }: Message): Message {
  const encodings = (headers['content-encoding'] ?? '').split(/,\s*/).filter(Boolean);
  const streaming = /^STREAMING-/.test(String(headers['x-amz-content-sha256'] ?? ''));
  if (!encodings.includes('aws-chunked') && !streaming) return { headers, body };
  const { 'content-encoding': _, ...rest } = headers;
  // The framing is no property of the object; an encoding beside it is.
  const own = encodings.filter((encoding) => encoding !== 'aws-chunked').join(', ');
  return {
    headers: own ? { ...rest, 'content-encoding': own } : rest,
    body: withoutFrames(body),
  };
}

function withoutFrames(body: Buffer): Buffer {
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
