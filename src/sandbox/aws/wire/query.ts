import { type FormStyle, readForm } from './form.ts';
import type { Protocol, WireRequest } from './protocol.ts';
import type { Operation } from './schemas.ts';
import { escapeXml, writeMembers } from './xml.ts';

/** awsQuery: STS. */
export const query: Protocol = {
  operationOf: actionOf,
  decode: (request, operation) => decode(request, operation, 'query'),
  encode: (output, operation, { xmlNamespace }, requestId) => ({
    status: 200,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body:
      `<${operation.name}Response xmlns="${xmlNamespace}">` +
      `<${operation.name}Result>${members(operation, output)}</${operation.name}Result>` +
      `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>` +
      `</${operation.name}Response>`,
  }),
  encodeError: ({ code, message, status }, service, requestId) => {
    const known = service.errors.get(code);
    return {
      status: status ?? known?.status ?? 400,
      headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
      body:
        `<ErrorResponse xmlns="${service.xmlNamespace}"><Error><Type>Sender</Type>` +
        `<Code>${known?.wireCode ?? code}</Code><Message>${escapeXml(message)}</Message></Error>` +
        `<RequestId>${requestId}</RequestId></ErrorResponse>`,
    };
  },
};

/** EC2's variant of awsQuery. */
export const ec2Query: Protocol = {
  operationOf: actionOf,
  decode: (request, operation) => decode(request, operation, 'ec2'),
  encode: (output, operation, { xmlNamespace }, requestId) => ({
    status: 200,
    headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId },
    body:
      `<?xml version="1.0" encoding="UTF-8"?>\n<${operation.name}Response xmlns="${xmlNamespace}">` +
      `<requestId>${requestId}</requestId>${members(operation, output)}</${operation.name}Response>`,
  }),
  encodeError: ({ code, message, status }, _service, requestId) => ({
    status: status ?? 400,
    headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId },
    body:
      `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>${code}</Code>` +
      `<Message>${escapeXml(message)}</Message></Error></Errors>` +
      `<RequestID>${requestId}</RequestID></Response>`,
  }),
};

const forms = new WeakMap<WireRequest, URLSearchParams>();
function formOf(request: WireRequest): URLSearchParams {
  const form = forms.get(request) ?? new URLSearchParams(request.body.toString('utf8'));
  forms.set(request, form);
  return form;
}

function actionOf(request: WireRequest): string | undefined {
  return formOf(request).get('Action') ?? undefined;
}

function decode(request: WireRequest, operation: Operation, style: FormStyle): object {
  return (readForm(operation.input, formOf(request), style) ?? {}) as object;
}

function members({ output: shape }: Operation, output: object): string {
  return shape.kind === 'structure' ? writeMembers(shape, output) : '';
}
