import { readScalar } from './scalar.ts';
import type { Member, Shape } from './shape.ts';

/** How a form names nested values: awsQuery and its EC2 variant differ. */
export type FormStyle = 'query' | 'ec2';

/** A form's parameters read as the shape says; undefined where the form says nothing of it. */
export function readForm(
  shape: Shape,
  form: URLSearchParams,
  style: FormStyle,
  prefix = '',
): unknown {
  switch (shape.kind) {
    case 'structure': {
      const read: { [name: string]: unknown } = {};
      for (const member of shape.members()) {
        const name = sentName(member, style);
        const value = readForm(member.shape, form, style, prefix ? `${prefix}.${name}` : name);
        if (value !== undefined) read[member.name] = value;
      }
      return prefix === '' || Object.keys(read).length > 0 ? read : undefined;
    }
    case 'list': {
      const flat = style === 'ec2' || shape.traits.xmlFlattened;
      const item = shape.item();
      const path = flat ? prefix : `${prefix}.${item.traits.xmlName ?? 'member'}`;
      return numbered(form, prefix, (index) => readForm(item, form, style, `${path}.${index}`));
    }
    case 'map': {
      const path = shape.traits.xmlFlattened ? prefix : `${prefix}.entry`;
      const keyName = shape.key().traits.xmlName ?? 'key';
      const valueName = shape.value().traits.xmlName ?? 'value';
      const entries = numbered(form, prefix, (index) => {
        const key = form.get(`${path}.${index}.${keyName}`);
        if (key === null) return undefined;
        return [key, readForm(shape.value(), form, style, `${path}.${index}.${valueName}`)];
      });
      return entries && Object.fromEntries(entries as [string, unknown][]);
    }
    default: {
      const text = form.get(prefix);
      return text === null ? undefined : readScalar(shape, text);
    }
  }
}

/** Items 1, 2, 3 … until one is missing; an empty list is sent as its bare name. */
function numbered(form: URLSearchParams, prefix: string, read: (index: number) => unknown) {
  const items: unknown[] = [];
  for (let index = 1; ; index++) {
    const item = read(index);
    if (item === undefined) break;
    items.push(item);
  }
  return items.length > 0 || form.has(prefix) ? items : undefined;
}

function sentName({ name, shape: { traits } }: Member, style: FormStyle): string {
  if (style === 'query') return traits.xmlName ?? name;
  if (traits.ec2QueryName) return traits.ec2QueryName;
  const spelled = traits.xmlName ?? name;
  return spelled.charAt(0).toUpperCase() + spelled.slice(1);
}
