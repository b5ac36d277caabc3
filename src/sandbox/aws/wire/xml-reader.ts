import { AwsFault } from '../service.ts';
import { readScalar } from './scalar.ts';
import type { Shape } from './shape.ts';

type Element = {
  name: string;
  attributes: { [name: string]: string };
  children: Element[];
  text: string;
};

/** An XML body read as the shape says. It reads what SDKs send: elements, attributes, text. */
export function readXml(shape: Shape, source: string): unknown {
  return readElement(shape, parse(source));
}

function readElement(shape: Shape, element: Element): unknown {
  if (shape.kind !== 'structure') return readScalar(shape, element.text);
  const read: { [name: string]: unknown } = {};
  for (const { name, shape: member } of shape.members()) {
    const called = member.traits.xmlName ?? name;
    if (member.traits.xmlAttribute) {
      const attribute = element.attributes[called];
      if (attribute !== undefined) read[name] = attribute;
      continue;
    }
    const found = element.children.filter((child) => child.name === called);
    const [first] = found;
    if (first) {
      const entries = member.traits.xmlFlattened ? found : first.children;
      read[name] = readMember(member, first, entries);
    }
  }
  return read;
}

function readMember(shape: Shape, element: Element, entries: Element[]): unknown {
  if (shape.kind === 'list') return entries.map((entry) => readElement(shape.item(), entry));
  if (shape.kind !== 'map') return readElement(shape, element);
  return Object.fromEntries(
    entries.map(({ children: [key, value] }) => [
      key?.text ?? '',
      value && readElement(shape.value(), value),
    ]),
  );
}

const TOKEN = /<\?[^>]*\?>|<(\/)?([\w:.-]+)([^>]*?)(\/)?>|([^<]+)/g;

function parse(source: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  for (const [, closes, name, attributes, empty, text] of source.matchAll(TOKEN)) {
    const parent = open.at(-1);
    if (!parent) throw malformed();
    if (text !== undefined) parent.text += unescapeXml(text);
    else if (name && closes) {
      if (open.pop()?.name !== name) throw malformed();
    } else if (name) {
      const child = { name, attributes: parseAttributes(attributes ?? ''), children: [], text: '' };
      parent.children.push(child);
      if (!empty) open.push(child);
    }
  }
  const [first] = root.children;
  if (!first || open.length !== 1) throw malformed();
  return first;
}

function parseAttributes(source: string): { [name: string]: string } {
  const pairs = [...source.matchAll(/([\w:.-]+)="([^"]*)"/g)];
  return Object.fromEntries(pairs.map(([, name, value]) => [name, unescapeXml(value ?? '')]));
}

const ENTITIES: { [name: string]: string } = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
function unescapeXml(text: string): string {
  return text.replace(/&(lt|gt|amp|quot|apos|#x[0-9a-fA-F]{1,6}|#\d{1,7});/g, (_, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? '';
    const hex = name.startsWith('#x');
    return String.fromCodePoint(Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10));
  });
}

function malformed(): AwsFault {
  return new AwsFault(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
    400,
  );
}
