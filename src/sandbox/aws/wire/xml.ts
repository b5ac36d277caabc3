import { writeScalar } from './scalar.ts';
import type { Shape, Structure } from './shape.ts';

/** A structure's members as XML elements, without an element around them. */
export function writeMembers(structure: Structure, value: object, except?: Set<string>): string {
  const fields = value as { [name: string]: unknown };
  let xml = '';
  for (const member of structure.members()) {
    const field = fields[member.name];
    if (field === undefined || field === null) continue;
    if (member.shape.traits.xmlAttribute || except?.has(member.name)) continue;
    xml += writeElement(member.shape.traits.xmlName ?? member.name, member.shape, field);
  }
  return xml;
}

/** One value as an element of the given name; a flattened list becomes several. */
export function writeElement(name: string, shape: Shape, value: unknown): string {
  switch (shape.kind) {
    case 'structure':
      return `<${name}${attributes(shape, value as object)}>${writeMembers(shape, value as object)}</${name}>`;
    case 'list': {
      const flat = shape.traits.xmlFlattened;
      const item = shape.item();
      const called = flat ? name : (item.traits.xmlName ?? 'member');
      const items = (value as unknown[]).map((each) => writeElement(called, item, each)).join('');
      return flat ? items : `<${name}>${items}</${name}>`;
    }
    case 'map': {
      const flat = shape.traits.xmlFlattened;
      const keyName = shape.key().traits.xmlName ?? 'key';
      const valueName = shape.value().traits.xmlName ?? 'value';
      const called = flat ? name : 'entry';
      const entries = Object.entries(value as object).map(
        ([key, each]) =>
          `<${called}><${keyName}>${escapeXml(key)}</${keyName}>` +
          `${writeElement(valueName, shape.value(), each)}</${called}>`,
      );
      return flat ? entries.join('') : `<${name}>${entries.join('')}</${name}>`;
    }
    default:
      return `<${name}>${escapeXml(writeScalar(shape, value))}</${name}>`;
  }
}

function attributes(structure: Structure, value: object): string {
  const fields = value as { [name: string]: unknown };
  let written = '';
  for (const member of structure.members()) {
    const field = fields[member.name];
    if (!member.shape.traits.xmlAttribute || field === undefined) continue;
    const name = member.shape.traits.xmlName ?? member.name;
    if (name.startsWith('xsi:')) written += ` xmlns:xsi="${XSI}"`;
    written += ` ${name}="${escapeXml(String(field))}"`;
  }
  return written;
}
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

const ENTITIES: { [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
/** Text as XML carries it; line ends are written as references, or a reader would change them. */
export function escapeXml(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to escape.
    /[&<>"'\u0000-\u0008\u000b-\u001f\u0085\u2028]/g,
    (character) =>
      ENTITIES[character] ?? `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`,
  );
}
