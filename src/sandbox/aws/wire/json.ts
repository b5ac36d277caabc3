import { AwsFault } from '../service.ts';
import { readTimestamp, writeTimestamp } from './scalar.ts';
import type { Member, Shape } from './shape.ts';

/** Whether members carry their model names (awsJson) or their `jsonName` (restJson). */
export type Naming = 'model' | 'json-name';

/** A body as parsed JSON; an empty body is an empty object. */
export function parseBody(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new AwsFault('SerializationException', `The body is no JSON: ${String(error)}`);
  }
}

/** A JSON value read as its shape says; members that the shape does not have are dropped. */
export function readJson(shape: Shape, value: unknown, naming: Naming): unknown {
  if (value === undefined || value === null) return value;
  switch (shape.kind) {
    case 'structure': {
      const fields = objectOf(value);
      const read: { [name: string]: unknown } = {};
      for (const member of shape.members()) {
        const sent = fields[sentName(member, naming)];
        if (sent !== undefined && sent !== null)
          read[member.name] = readJson(member.shape, sent, naming);
      }
      return read;
    }
    case 'list':
      if (!Array.isArray(value)) throw mismatch('a list', value);
      return value.map((item) => readJson(shape.item(), item, naming));
    case 'map':
      return mapValues(objectOf(value), (item) => readJson(shape.value(), item, naming));
    case 'blob':
      return Buffer.from(textOf(value), 'base64');
    case 'timestamp':
      return readTimestamp(value, shape.format ?? 'epoch-seconds');
    case 'string':
      return textOf(value);
    case 'number':
      if (typeof value !== 'number') throw mismatch('a number', value);
      return value;
    case 'boolean':
      if (typeof value !== 'boolean') throw mismatch('a boolean', value);
      return value;
    default:
      return value;
  }
}

/** A handler's answer as JSON says it; what the shape does not have stays inside. */
export function writeJson(shape: Shape, value: unknown, naming: Naming): unknown {
  if (value === undefined || value === null) return undefined;
  switch (shape.kind) {
    case 'structure': {
      const fields = value as { [name: string]: unknown };
      const written: { [name: string]: unknown } = {};
      for (const member of shape.members()) {
        const field = fields[member.name];
        if (field !== undefined)
          written[sentName(member, naming)] = writeJson(member.shape, field, naming);
      }
      return written;
    }
    case 'list':
      return (value as unknown[]).map((item) => writeJson(shape.item(), item, naming));
    case 'map':
      return mapValues(value as object, (item) => writeJson(shape.value(), item, naming));
    case 'blob':
      return Buffer.from(value as Uint8Array).toString('base64');
    case 'timestamp':
      return writeTimestamp(value as Date, shape.format ?? 'epoch-seconds');
    default:
      return value;
  }
}

function sentName(member: Member, naming: Naming): string {
  return naming === 'json-name' ? (member.shape.traits.jsonName ?? member.name) : member.name;
}

function mapValues(map: object, change: (item: unknown) => unknown) {
  return Object.fromEntries(Object.entries(map).map(([key, item]) => [key, change(item)]));
}

function objectOf(value: unknown): { [name: string]: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw mismatch('an object', value);
  }
  return value as { [name: string]: unknown };
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw mismatch('a string', value);
  return value;
}

function mismatch(expected: string, value: unknown): AwsFault {
  return new AwsFault(
    'SerializationException',
    `Expected ${expected}, not ${JSON.stringify(value)}`,
  );
}
