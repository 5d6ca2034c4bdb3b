import { answered, answeredBlob, answeredMembers, answeredTimestamp } from './answer.ts';
import type { Member, Shape } from './shape.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Text for an XML element; line breaks and control characters as references, so that parsers keep them. */
export function escapeXml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: names in AWS may hold them
  return text.replace(/[&<>"\u0000-\u0008\u000a-\u001f\u0085\u2028]/g, (character) => {
    return ENTITIES[character] ?? `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`;
  });
}

/** An answer as the XML inside its element. @throws {SimulatorBug} when AWS's API has no such answer. */
export function toXml(shape: Shape, value: unknown, path = '$'): string {
  switch (shape.kind) {
    case 'structure': {
      let xml = '';
      for (const [name, member, item] of answeredMembers(shape, value, path)) {
        xml += memberXml(member.xmlName ?? name, member, item, `${path}.${name}`);
      }
      return xml;
    }
    case 'list': {
      const tag = shape.element.xmlName ?? 'member';
      return elements(tag, shape.element.shape, value, path);
    }
    case 'map':
      return mapEntries(shape.key.xmlName, shape.value, value, path)
        .map((entry) => `<entry>${entry}</entry>`)
        .join('');
    case 'timestamp':
      return String(answeredTimestamp(shape.format, 'date-time', value, path));
    case 'blob':
      return answeredBlob(value, path);
    case 'number':
      return String(answered.number(value, path));
    case 'boolean':
      return String(answered.boolean(value, path));
    case 'string':
      return escapeXml(answered.string(value, path));
    case 'document':
      return answered.fail(path, 'XML protocols have no documents');
  }
}

function memberXml(tag: string, member: Member, value: unknown, path: string): string {
  const { shape } = member;
  if (member.flattened && shape.kind === 'list') {
    return elements(tag, shape.element.shape, value, path);
  }
  if (member.flattened && shape.kind === 'map') {
    return mapEntries(shape.key.xmlName, shape.value, value, path)
      .map((entry) => `<${tag}>${entry}</${tag}>`)
      .join('');
  }
  return `<${tag}>${toXml(shape, value, path)}</${tag}>`;
}

function elements(tag: string, shape: Shape, value: unknown, path: string): string {
  return answered
    .list(value, path)
    .map((item, index) => `<${tag}>${toXml(shape, item, `${path}[${index}]`)}</${tag}>`)
    .join('');
}

function mapEntries(
  keyName: string | null,
  member: Member,
  value: unknown,
  path: string,
): string[] {
  const keyTag = keyName ?? 'key';
  const valueTag = member.xmlName ?? 'value';
  return Object.entries(answered.record(value, path)).map(([key, item]) => {
    const inner = toXml(member.shape, item, `${path}.${key}`);
    return `<${keyTag}>${escapeXml(key)}</${keyTag}><${valueTag}>${inner}</${valueTag}>`;
  });
}
