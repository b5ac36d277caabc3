import type { IncomingHttpHeaders } from 'node:http';
import type { Operation, ServiceSchema } from './schemas.ts';

/** A request with its body read and unchunked. */
export type WireRequest = {
  method: string;
  /** The path as it was sent, still percent-encoded. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
};
export type WireResponse = {
  status: number;
  headers: { [name: string]: string };
  body: string | Uint8Array;
};
/** An error on its way out: `status` is set only where the answer must differ from the schema's. */
export type WireError = { code: string; message: string; status?: number | undefined };

/** The server's side of one of AWS's wire protocols. */
export type Protocol = {
  /** The name of the operation that a request asks for; undefined when it names none. */
  operationOf(request: WireRequest, service: ServiceSchema): string | undefined;
  decode(request: WireRequest, operation: Operation, service: ServiceSchema): object;
  encode(
    output: object,
    operation: Operation,
    service: ServiceSchema,
    requestId: string,
  ): WireResponse;
  encodeError(error: WireError, service: ServiceSchema, requestId: string): WireResponse;
};

export type Fields = { [name: string]: unknown };
