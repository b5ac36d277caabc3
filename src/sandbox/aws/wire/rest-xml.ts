import type { Protocol, WireRequest } from './protocol.ts';
import { type BodyFormat, readBound, writeBound } from './rest.ts';
import { type Routed, route } from './route.ts';
import type { Operation, ServiceSchema } from './schemas.ts';
import { escapeXml, writeElement, writeMembers } from './xml.ts';
import { readXml } from './xml-reader.ts';

const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';
const XML_BODY: BodyFormat = {
  contentType: 'application/xml',
  read: (shape, body) => readXml(shape, body.toString('utf8')),
  writePayload: ({ name, shape }, value) => {
    const called = shape.traits.xmlName ?? (shape.kind === 'structure' ? shape.name : name);
    return XML_HEAD + writeElement(called, shape, value);
  },
  writeBody: (structure, output, bound) => {
    const name = structure.traits.xmlName ?? structure.name;
    const members = writeMembers(structure, output, bound);
    // GetBucketLocation answers `<LocationConstraint>eu-west-1</LocationConstraint>`, once.
    const wrapped = members.startsWith(`<${name}>`) && members.endsWith(`</${name}>`);
    const inner = wrapped ? members.slice(name.length + 2, -name.length - 3) : members;
    return `${XML_HEAD}<${name} xmlns="${NAMESPACE}">${inner}</${name}>`;
  },
};

/** restXml with path-style addresses: S3. */
export const restXml: Protocol = {
  operationOf: (request, service) => routeOf(request, service)?.operation.name,
  decode: (request, operation, service) => {
    const labels = routeOf(request, service)?.labels ?? {};
    return readBound(operation.input, request, labels, XML_BODY);
  },
  encode: (output, operation, _service, requestId) => {
    const status = operation.traits.http?.[2] ?? 200;
    const response = writeBound(operation.output, output, status, XML_BODY);
    response.headers['x-amz-request-id'] = requestId;
    return response;
  },
  encodeError: ({ code, message, status }, service, requestId) => ({
    status: status ?? service.errors.get(code)?.status ?? S3_STATUS[code] ?? 400,
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
    body:
      `${XML_HEAD}<Error><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>` +
      `<RequestId>${requestId}</RequestId></Error>`,
  }),
};

/** Statuses of errors that S3 documents but its model does not name. */
const S3_STATUS: { [code: string]: number } = {
  AccessDenied: 403,
  InvalidAccessKeyId: 403,
  SignatureDoesNotMatch: 403,
  NoSuchBucketPolicy: 404,
  NoSuchLifecycleConfiguration: 404,
  NoSuchPublicAccessBlockConfiguration: 404,
  NoSuchTagSet: 404,
  ObjectLockConfigurationNotFoundError: 404,
  ServerSideEncryptionConfigurationNotFoundError: 404,
  OwnershipControlsNotFoundError: 404,
  NotImplemented: 501,
  SlowDown: 503,
  InternalError: 500,
};

const routed = new WeakMap<WireRequest, Routed | undefined>();

/** The client's routes leave the bucket out of the path; path style puts it first. */
function routeOf(request: WireRequest, service: ServiceSchema): Routed | undefined {
  if (routed.has(request)) return routed.get(request);
  const [, bucket = '', key = '/'] = /^\/([^/]*)(\/.*)?$/s.exec(request.path) ?? [];
  const labels = bucket ? { Bucket: decodeURIComponent(bucket) } : {};
  const found = route(service, request, key, (operation) =>
    fits(operation, bucket !== '', request),
  );
  const result = found && { operation: found.operation, labels: { ...found.labels, ...labels } };
  routed.set(request, result);
  return result;
}

/** Some operations share one route and differ by a header or parameter that they cannot be without. */
function fits(operation: Operation, bucketGiven: boolean, { headers, query }: WireRequest) {
  const { input, name } = operation;
  const members = input.kind === 'structure' ? input.members() : [];
  const bound = (label: string) => members.some((member) => member.name === label);
  if (bound('Bucket') !== bucketGiven) return false;
  if (bound('CopySource') !== (headers['x-amz-copy-source'] !== undefined)) return false;
  if (bound('RenameSource') !== (headers['x-amz-rename-source'] !== undefined)) return false;
  if (name === 'ListDirectoryBuckets') return query.get('x-id') === name;
  if (bound('UploadId')) return query.has('uploadId') || name === 'ListMultipartUploads';
  return true;
}
