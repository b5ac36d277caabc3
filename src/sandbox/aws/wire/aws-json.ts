import { parseBody, readJson, writeJson } from './json.ts';
import type { Protocol } from './protocol.ts';

/** awsJson1_1: Organizations, CloudTrail, Config, KMS, CloudWatch Logs, EventBridge. */
export const awsJson = speaking('1.1');
/** awsJson1_0: CloudWatch. */
export const awsJson10 = speaking('1.0');

function speaking(version: '1.0' | '1.1'): Protocol {
  const type = `application/x-amz-json-${version}`;
  return {
    operationOf: ({ headers }) => {
      const target = headers['x-amz-target'];
      return typeof target === 'string' ? target.split('.').pop() : undefined;
    },
    decode: ({ body }, operation) =>
      (readJson(operation.input, parseBody(body), 'model') ?? {}) as object,
    encode: (output, operation, _service, requestId) => ({
      status: 200,
      headers: { 'content-type': type, 'x-amzn-requestid': requestId },
      body: JSON.stringify(writeJson(operation.output, output, 'model') ?? {}),
    }),
    // These services answer the caller's mistakes with 400, whatever `httpError` their models name.
    encodeError: ({ code, message, status }, service, requestId) => ({
      status: status ?? ((service.errors.get(code)?.status ?? 400) >= 500 ? 500 : 400),
      headers: { 'content-type': type, 'x-amzn-requestid': requestId },
      body: JSON.stringify({ __type: code, message, Message: message }),
    }),
  };
}
