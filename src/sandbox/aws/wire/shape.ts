import { NormalizedSchema } from '@smithy/core/schema';

/** Where and under which name a value travels, as the SDK's schemas say it. */
export type Traits = {
  http?: [method: string, path: string, status: number];
  httpLabel?: 1;
  httpQuery?: string;
  httpQueryParams?: 1;
  httpHeader?: string;
  httpPrefixHeaders?: string;
  httpPayload?: 1;
  httpResponseCode?: 1;
  jsonName?: string;
  ec2QueryName?: string;
  xmlName?: string;
  xmlFlattened?: 1;
  xmlAttribute?: 1;
  xmlNamespace?: string | [string, string];
  timestampFormat?: TimestampFormat;
  streaming?: 1;
};
export type TimestampFormat = 'date-time' | 'http-date' | 'epoch-seconds';

/** The shape of a value on the wire. Members are looked up when first needed: shapes may be recursive. */
export type Shape =
  | { kind: 'structure'; name: string; traits: Traits; members(): Member[] }
  | { kind: 'list'; traits: Traits; item(): Shape }
  | { kind: 'map'; traits: Traits; key(): Shape; value(): Shape }
  | { kind: 'timestamp'; traits: Traits; format: TimestampFormat | undefined }
  | { kind: 'string' | 'boolean' | 'number' | 'blob' | 'document' | 'nothing'; traits: Traits };
export type Structure = Extract<Shape, { kind: 'structure' }>;
export type Member = { name: string; shape: Shape };

/**
 * Our own view of an SDK schema. This is the one place that knows the SDK's schema classes, which are
 * the clients' generated code and no promised API; the round-trip test notices when they change.
 */
function shapeOf(schema: NormalizedSchema): Shape {
  const traits = schema.getMergedTraits() as Traits;
  if (schema.isStructSchema()) {
    const name = schema.getName() ?? '';
    return { kind: 'structure', name, traits, members: once(() => membersOf(schema)) };
  }
  if (schema.isListSchema()) {
    return { kind: 'list', traits, item: once(() => shapeOf(schema.getValueSchema())) };
  }
  if (schema.isMapSchema()) {
    return {
      kind: 'map',
      traits,
      key: once(() => shapeOf(schema.getKeySchema())),
      value: once(() => shapeOf(schema.getValueSchema())),
    };
  }
  if (schema.isTimestampSchema()) {
    return { kind: 'timestamp', traits, format: traits.timestampFormat ?? formatOf(schema) };
  }
  return { kind: scalarKind(schema), traits };
}

/** The shape of a reference as the clients' generated code writes it. */
export function shapeOfReference(reference: unknown): Shape {
  return shapeOf(NormalizedSchema.of(reference as Parameters<typeof NormalizedSchema.of>[0]));
}

function membersOf(schema: NormalizedSchema): Member[] {
  return [...schema.structIterator()].map(([name, member]) => ({ name, shape: shapeOf(member) }));
}

function scalarKind(schema: NormalizedSchema) {
  if (schema.isUnitSchema()) return 'nothing';
  if (schema.isBooleanSchema()) return 'boolean';
  if (schema.isBlobSchema()) return 'blob';
  if (schema.isDocumentSchema()) return 'document';
  if (schema.isNumericSchema() || schema.isBigIntegerSchema()) return 'number';
  return 'string';
}

// The generated code writes a timestamp's format as a number.
const FORMATS: { [sentinel: number]: TimestampFormat } = {
  5: 'date-time',
  6: 'http-date',
  7: 'epoch-seconds',
};
function formatOf(schema: NormalizedSchema): TimestampFormat | undefined {
  const sentinel = schema.getSchema();
  return typeof sentinel === 'number' ? FORMATS[sentinel] : undefined;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
