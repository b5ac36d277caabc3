import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AwsFault } from './service.ts';
import { unchunked } from './wire/aws-chunked.ts';
import { credentialScope, sessionToken } from './wire/credential-scope.ts';
import type { WireRequest, WireResponse } from './wire/protocol.ts';
import { PROTOCOLS } from './wire/protocols.ts';
import { type ServiceSchema, schemaOf } from './wire/schemas.ts';

/** A request decoded from the wire; nobody has asked yet whether its maker exists. */
export type WireCall = {
  service: ServiceSchema;
  operation: string;
  input: object;
  region: string;
  accessKeyId: string;
  sessionToken: string | undefined;
  userAgent: string;
  requestId: string;
};

/** How a call ends: with an output (or a thrown `AwsFault`), or badly, as networks do. */
export type Ending = { output: object; truncated?: boolean } | 'hang' | 'reset';
export type Answer = (call: WireCall) => Promise<Ending>;
/** Where the simulator complains: loudly about what it does not simulate, and about its own bugs. */
export type Log = (line: string) => void;

/** An HTTP server that speaks AWS's wire protocols and leaves the answers to `answer`. */
export function serveAws(answer: Answer, log: Log): Server {
  const server = createServer((request, response) => {
    exchange(request, response, answer, log).catch((error: unknown) => {
      // The client went away in the middle of its request, or the socket broke.
      if (!request.destroyed) log(`aws simulator: ${String(error)}`);
      response.destroy();
    });
  });
  // Longer than clients keep idle connections: closing one first would race with its next request.
  server.keepAliveTimeout = 300_000;
  return server;
}

async function exchange(
  incoming: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  log: Log,
): Promise<void> {
  const request = await receive(incoming);
  const requestId = randomUUID();
  const scope = credentialScope(request);
  const service = schemaOf(scope?.service ?? 's3');
  if (!scope || !service) {
    const fault = scope ? unknownService(scope.service, request) : missingToken();
    if (scope) log(`aws simulator: ${fault.message}`);
    return send(response, errorOf(fault, service ?? schemaFor(request), requestId));
  }
  const protocol = PROTOCOLS[service.protocol];
  try {
    const name = protocol.operationOf(request, service);
    const operation = name === undefined ? undefined : service.operations.get(name);
    if (!operation) throw unknownOperation(service, name ?? `${request.method} ${request.path}`);
    const ending = await answer({
      service,
      operation: operation.name,
      input: protocol.decode(request, operation, service),
      region: scope.region,
      accessKeyId: scope.accessKeyId,
      sessionToken: sessionToken(request),
      userAgent: request.headers['user-agent'] ?? '',
      requestId,
    });
    if (ending === 'hang') return;
    if (ending === 'reset') {
      incoming.socket.resetAndDestroy();
      return;
    }
    const encoded = protocol.encode(ending.output, operation, service, requestId);
    if (ending.truncated) cut(response, encoded);
    else send(response, encoded);
  } catch (error) {
    const fault = error instanceof AwsFault ? error : ownBug(error, log);
    if (fault.code === 'NotImplemented') log(`aws simulator: ${fault.message}`);
    send(response, errorOf(fault, service, requestId));
  }
}

async function receive(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const [path = '/', search = ''] = (incoming.url ?? '/').split('?', 2);
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(search),
    ...unchunked({ headers: incoming.headers, body: Buffer.concat(chunks) }),
  };
}

function send(response: ServerResponse, { status, headers, body }: WireResponse): void {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  response.writeHead(status, { 'content-length': String(bytes.length), ...headers });
  response.end(response.req.method === 'HEAD' ? undefined : bytes);
}

/** Promises the whole body, sends half of it and hangs up. */
function cut(response: ServerResponse, { status, headers, body }: WireResponse): void {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : Buffer.from(body);
  response.writeHead(status, { ...headers, 'content-length': String(Math.max(bytes.length, 1)) });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}

function errorOf(fault: AwsFault, service: ServiceSchema, requestId: string): WireResponse {
  const { code, message, status } = fault;
  const error = { code, message, status };
  const encoded = PROTOCOLS[service.protocol].encodeError(error, service, requestId);
  return { ...encoded, headers: { ...encoded.headers, ...fault.headers } };
}

/** Whatever speaks to an unknown service gets an error that its protocol can most likely read. */
function schemaFor(request: WireRequest): ServiceSchema {
  const type = String(request.headers['content-type'] ?? '');
  const known = type.includes('form') ? 'sts' : type.includes('json') ? 'cloudtrail' : 's3';
  const schema = schemaOf(known);
  if (!schema) throw new Error(`${known} has no schema`);
  return schema;
}

function unknownService(service: string, request: WireRequest): AwsFault {
  const target = request.headers['x-amz-target'];
  const asked =
    typeof target === 'string'
      ? target.split('.').pop()
      : new URLSearchParams(request.body.toString('utf8')).get('Action');
  const operation = asked ?? `${request.method} ${request.path}`;
  return new AwsFault('NotImplemented', `${service}:${operation} is not simulated`, 501);
}

function unknownOperation(service: ServiceSchema, asked: string): AwsFault {
  return new AwsFault('NotImplemented', `${service.name}:${asked} is not simulated`, 501);
}

function missingToken(): AwsFault {
  return new AwsFault('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
}

function ownBug(error: unknown, log: Log): AwsFault {
  log(`aws simulator: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return new AwsFault('InternalFailure', 'The simulator itself failed; its log says how.', 500);
}
