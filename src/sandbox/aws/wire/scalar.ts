import { AwsFault } from '../service.ts';
import type { Shape, TimestampFormat } from './shape.ts';

/** A scalar that travels as text (form, XML, header, query), read as its shape says. */
export function readScalar(shape: Shape, text: string, format: TimestampFormat = 'date-time') {
  switch (shape.kind) {
    case 'boolean':
      return text === 'true';
    case 'number':
      return readNumber(text);
    case 'timestamp':
      return readTimestamp(text, shape.format ?? format);
    case 'blob':
      return Buffer.from(text, 'base64');
    default:
      return text;
  }
}

/** The text of a scalar in a form, XML, a header or a query. */
export function writeScalar(
  shape: Shape,
  value: unknown,
  format: TimestampFormat = 'date-time',
): string {
  if (shape.kind === 'timestamp') {
    return String(writeTimestamp(value as Date, shape.format ?? format));
  }
  if (shape.kind === 'blob') return Buffer.from(value as Uint8Array).toString('base64');
  return String(value);
}

export function readTimestamp(value: unknown, format: TimestampFormat): Date {
  const seconds = typeof value === 'number' || format === 'epoch-seconds';
  const moment = seconds ? new Date(Number(value) * 1000) : new Date(String(value));
  if (Number.isNaN(moment.getTime())) {
    throw new AwsFault('SerializationException', `${String(value)} is no timestamp`);
  }
  return moment;
}

export function writeTimestamp(moment: Date, format: TimestampFormat): string | number {
  if (format === 'epoch-seconds') return moment.getTime() / 1000;
  if (format === 'http-date') return moment.toUTCString();
  return moment.toISOString().replace('.000Z', 'Z');
}

function readNumber(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || Number.isNaN(number)) {
    throw new AwsFault('SerializationException', `${text} is no number`);
  }
  return number;
}
