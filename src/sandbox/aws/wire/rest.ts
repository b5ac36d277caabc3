import type { Fields, WireRequest, WireResponse } from './protocol.ts';
import { readScalar, writeScalar } from './scalar.ts';
import type { Member, Shape, Structure } from './shape.ts';

/** How a REST service writes and reads its bodies. */
export type BodyFormat = {
  contentType: string;
  read(shape: Shape, body: Buffer): unknown;
  /** A document of one member's value, or of a structure without its bound members. */
  writePayload(member: Member, value: unknown): string;
  writeBody(structure: Structure, output: object, bound: Set<string>): string;
};

/** An input put together from path, query, headers and body, as the members' traits bind them. */
export function readBound(
  shape: Shape,
  request: WireRequest,
  labels: { [name: string]: string },
  format: BodyFormat,
): Fields {
  if (shape.kind !== 'structure') return {};
  const input: Fields = {};
  let inBody = false;
  for (const member of shape.members()) {
    if (isPayload(member)) input[member.name] = readPayload(member.shape, request.body, format);
    else if (isBound(member)) input[member.name] = readMember(member, request, labels);
    else inBody = true;
    if (input[member.name] === undefined) delete input[member.name];
  }
  if (inBody && request.body.length > 0) Object.assign(input, format.read(shape, request.body));
  return input;
}

/** An output as status, headers and body. */
export function writeBound(
  shape: Shape,
  output: object,
  status: number,
  format: BodyFormat,
): WireResponse {
  const fields = output as Fields;
  const response: WireResponse = {
    status,
    headers: { 'content-type': format.contentType },
    body: '',
  };
  if (shape.kind !== 'structure') return response;
  const bound = new Set<string>();
  let inBody = false;
  let payload: Member | undefined;
  for (const member of shape.members()) {
    if (isPayload(member)) payload = member;
    else if (isBound(member)) {
      bound.add(member.name);
      writeMember(member, fields[member.name], response);
    } else inBody = true;
  }
  if (payload) response.body = writePayload(payload, fields[payload.name], format);
  else if (inBody) response.body = format.writeBody(shape, output, bound);
  return response;
}

function isPayload({ shape: { traits } }: Member): boolean {
  return traits.httpPayload !== undefined;
}

function isBound({ shape: { traits } }: Member): boolean {
  return (
    traits.httpLabel !== undefined ||
    traits.httpQuery !== undefined ||
    traits.httpQueryParams !== undefined ||
    traits.httpHeader !== undefined ||
    traits.httpPrefixHeaders !== undefined ||
    traits.httpResponseCode !== undefined
  );
}

function readMember({ name, shape }: Member, request: WireRequest, labels: Fields): unknown {
  const { traits } = shape;
  if (traits.httpLabel) {
    const label = labels[name];
    return typeof label === 'string' ? readScalar(shape, label) : undefined;
  }
  if (traits.httpQuery !== undefined) return readQuery(shape, traits.httpQuery, request.query);
  if (traits.httpQueryParams) return nonEmpty(Object.fromEntries(request.query));
  if (traits.httpHeader !== undefined) return readHeader(shape, traits.httpHeader, request);
  if (traits.httpPrefixHeaders !== undefined) {
    const prefix = traits.httpPrefixHeaders.toLowerCase();
    const headers = Object.entries(request.headers).filter(([each]) => each.startsWith(prefix));
    return nonEmpty(
      Object.fromEntries(headers.map(([each, value]) => [each.slice(prefix.length), value])),
    );
  }
  return undefined;
}

function readQuery(shape: Shape, name: string, query: URLSearchParams): unknown {
  if (!query.has(name)) return undefined;
  if (shape.kind !== 'list') return readScalar(shape, query.get(name) ?? '');
  return query.getAll(name).map((item) => readScalar(shape.item(), item));
}

function readHeader(shape: Shape, name: string, request: WireRequest): unknown {
  const sent = request.headers[name.toLowerCase()];
  if (sent === undefined) return undefined;
  const text = Array.isArray(sent) ? sent.join(', ') : sent;
  if (shape.kind !== 'list') return readScalar(shape, text, 'http-date');
  return text.split(/,\s*/).map((item) => readScalar(shape.item(), item, 'http-date'));
}

function readPayload(shape: Shape, body: Buffer, format: BodyFormat): unknown {
  if (body.length === 0 && shape.kind !== 'blob') return undefined;
  if (shape.kind === 'structure') return format.read(shape, body);
  return shape.kind === 'blob' ? body : body.toString('utf8');
}

function writeMember({ shape }: Member, value: unknown, response: WireResponse): void {
  const { traits } = shape;
  if (value === undefined || value === null) return;
  if (traits.httpHeader !== undefined) {
    response.headers[traits.httpHeader.toLowerCase()] =
      shape.kind === 'list'
        ? (value as unknown[])
            .map((item) => writeScalar(shape.item(), item, 'http-date'))
            .join(', ')
        : writeScalar(shape, value, 'http-date');
  } else if (traits.httpPrefixHeaders !== undefined) {
    for (const [name, header] of Object.entries(value)) {
      response.headers[traits.httpPrefixHeaders + name] = String(header);
    }
  } else if (traits.httpResponseCode) response.status = Number(value);
}

function writePayload(member: Member, value: unknown, format: BodyFormat): string | Uint8Array {
  if (value === undefined || value === null) return '';
  if (member.shape.kind === 'structure') return format.writePayload(member, value);
  return value instanceof Uint8Array ? value : String(value);
}

function nonEmpty(fields: object): object | undefined {
  return Object.keys(fields).length > 0 ? fields : undefined;
}
