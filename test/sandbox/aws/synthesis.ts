import type { Shape } from '../../../src/sandbox/aws/wire/shape.ts';

/** A value for every member of a shape, so that nothing can get lost on the wire unnoticed. */
export function synthesis(shape: Shape, depth = 0, seed = 'v'): unknown {
  if (depth > 6) return undefined;
  switch (shape.kind) {
    case 'structure': {
      const members = shape
        .members()
        .filter(({ shape: { traits } }) => traits.streaming === undefined)
        .map(({ name, shape: member }) => [name, synthesis(member, depth + 1, name)] as const)
        .filter(([, value]) => value !== undefined);
      return members.length > 0 ? Object.fromEntries(members) : undefined;
    }
    case 'list': {
      const item = isHeader(shape) ? 'one' : synthesis(shape.item(), depth + 1, seed);
      return item === undefined ? undefined : [item, item];
    }
    case 'map': {
      const value = isHeader(shape) ? seed : synthesis(shape.value(), depth + 1, seed);
      return value === undefined ? undefined : { one: value, two: value };
    }
    case 'boolean':
      return true;
    case 'number':
      return 7;
    case 'timestamp':
      return new Date('2026-11-20T01:02:03Z');
    case 'blob':
      return new Uint8Array([1, 2, 250]);
    case 'string':
      // Headers carry no more than plain text; everything else must stand what people write.
      return isHeader(shape) ? seed : `${seed} <&"é한>`;
    default:
      return undefined;
  }
}

function isHeader({ traits }: Shape): boolean {
  return traits.httpHeader !== undefined || traits.httpPrefixHeaders !== undefined;
}

/** Values as both sides can be compared: bytes and dates as text, without what is undefined. */
export function comparable(value: unknown): unknown {
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`;
  if (value instanceof Date) return `date ${value.toISOString()}`;
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => member !== undefined && name !== '$metadata')
      .map(([name, member]) => [name, comparable(member)]),
  );
}
