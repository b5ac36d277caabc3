import { parseBody, readJson, writeJson } from './json.ts';
import type { Protocol } from './protocol.ts';
import { type BodyFormat, readBound, writeBound } from './rest.ts';
import { route } from './route.ts';

const JSON_BODY: BodyFormat = {
  contentType: 'application/json',
  read: (shape, body) => readJson(shape, parseBody(body), 'json-name'),
  writePayload: ({ shape }, value) => JSON.stringify(writeJson(shape, value, 'json-name')),
  writeBody: (structure, output, bound) => {
    const unbound = Object.entries(output).filter(([name]) => !bound.has(name));
    return JSON.stringify(writeJson(structure, Object.fromEntries(unbound), 'json-name'));
  },
};

/** restJson1: Account. */
export const restJson: Protocol = {
  operationOf: (request, service) => route(service, request, request.path)?.operation.name,
  decode: (request, operation, service) => {
    const labels = route(service, request, request.path)?.labels ?? {};
    return readBound(operation.input, request, labels, JSON_BODY);
  },
  encode: (output, operation, _service, requestId) => {
    const status = operation.traits.http?.[2] ?? 200;
    const response = writeBound(operation.output, output, status, JSON_BODY);
    response.headers['x-amzn-requestid'] = requestId;
    return response;
  },
  encodeError: ({ code, message, status }, service, requestId) => ({
    status: status ?? service.errors.get(code)?.status ?? 400,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': code,
    },
    body: JSON.stringify({ message }),
  }),
};
