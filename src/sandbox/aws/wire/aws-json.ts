import { parseBody, readJson, writeJson } from './json.ts';
import type { Protocol } from './protocol.ts';

/** awsJson1_1: Organizations, CloudTrail, Config, KMS. */
export const awsJson: Protocol = {
  operationOf: ({ headers }) => {
    const target = headers['x-amz-target'];
    return typeof target === 'string' ? target.split('.').pop() : undefined;
  },
  decode: ({ body }, operation) =>
    (readJson(operation.input, parseBody(body), 'model') ?? {}) as object,
  encode: (output, operation, _service, requestId) => ({
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId },
    body: JSON.stringify(writeJson(operation.output, output, 'model') ?? {}),
  }),
  // These services answer the caller's mistakes with 400, whatever `httpError` their models name.
  encodeError: ({ code, message, status }, service, requestId) => ({
    status: status ?? ((service.errors.get(code)?.status ?? 400) >= 500 ? 500 : 400),
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId },
    body: JSON.stringify({ __type: code, message, Message: message }),
  }),
};
