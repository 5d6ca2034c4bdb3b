import { requested, requestedBlob, requestedTimestamp, requireMembers } from './requested.ts';
import { AwsError } from './service.ts';
import type { ListShape, MapShape, Member, Shape, StructureShape } from './shape.ts';

/** A form's parameters as a tree: `Filter.1.Name=x` is `Filter`, then `1`, then `Name` with the text `x`. */
export interface FormNode {
  text: string | null;
  readonly children: Map<string, FormNode>;
}

export type QueryDialect = 'awsQuery' | 'ec2Query';

/** Reads an `application/x-www-form-urlencoded` body. */
export function parseForm(body: string): FormNode {
  const root: FormNode = { text: null, children: new Map() };
  for (const [key, text] of new URLSearchParams(body)) {
    let node = root;
    for (const part of key.split('.')) {
      let child = node.children.get(part);
      if (child === undefined) {
        child = { text: null, children: new Map() };
        node.children.set(part, child);
      }
      node = child;
    }
    node.text = text;
  }
  return root;
}

/** A form as the value that the SDK was given. @throws {AwsError} for unknown parameters and wrong types. */
export function fromQuery(shape: Shape, node: FormNode, dialect: QueryDialect, path = ''): unknown {
  switch (shape.kind) {
    case 'structure':
      return structureFromQuery(shape, node, dialect, path);
    case 'list':
      return listFromQuery(shape, node, dialect, false, path);
    case 'map':
      return mapFromQuery(shape, node, dialect, false, path);
    case 'timestamp':
      return timestampFromText(textOf(node, path), path);
    case 'blob':
      return requestedBlob(textOf(node, path), path);
    case 'number':
      return numberFromText(textOf(node, path), path);
    case 'boolean':
      return booleanFromText(textOf(node, path), path);
    case 'string':
      return textOf(node, path);
    case 'document':
      return requested.fail(path, 'query protocols have no documents');
  }
}

function structureFromQuery(
  shape: StructureShape,
  node: FormNode,
  dialect: QueryDialect,
  path: string,
): unknown {
  const structure: Record<string, unknown> = {};
  const known = new Set<string>();
  for (const [name, member] of shape.members) {
    const key = parameterName(name, member, dialect);
    known.add(key);
    const child = node.children.get(key);
    if (child !== undefined) {
      structure[name] = memberFromQuery(member, child, dialect, joined(path, key));
    }
  }
  for (const key of node.children.keys()) {
    if (!known.has(key)) throw unknownParameter(joined(path, key));
  }
  requireMembers(shape, structure, path, (name) => missingParameter(joined(path, name)));
  return structure;
}

/** How a protocol spells a member in a form. */
function parameterName(name: string, member: Member, dialect: QueryDialect): string {
  if (dialect === 'awsQuery') return member.xmlName ?? name;
  if (member.ec2QueryName !== null) return member.ec2QueryName;
  const key = member.xmlName ?? name;
  return key.charAt(0).toUpperCase() + key.slice(1);
}

function memberFromQuery(
  member: Member,
  node: FormNode,
  dialect: QueryDialect,
  path: string,
): unknown {
  const { shape, flattened } = member;
  if (shape.kind === 'list') return listFromQuery(shape, node, dialect, flattened, path);
  if (shape.kind === 'map') return mapFromQuery(shape, node, dialect, flattened, path);
  return fromQuery(shape, node, dialect, path);
}

/** EC2 always writes `Name.1`; the other services write `Name.member.1` unless the list is flattened. */
function listFromQuery(
  shape: ListShape,
  node: FormNode,
  dialect: QueryDialect,
  flattened: boolean,
  path: string,
): unknown[] {
  const flat = flattened || dialect === 'ec2Query';
  const prefix = flat ? path : `${path}.${shape.element.xmlName ?? 'member'}`;
  const items = flat ? node : nested(node, shape.element.xmlName ?? 'member', path);
  return numbered(items, prefix).map(([item, itemPath]) =>
    memberFromQuery(shape.element, item, dialect, itemPath),
  );
}

function mapFromQuery(
  shape: MapShape,
  node: FormNode,
  dialect: QueryDialect,
  flattened: boolean,
  path: string,
): unknown {
  const entries = flattened ? node : nested(node, 'entry', path);
  const keyName = shape.key.xmlName ?? 'key';
  const valueName = shape.value.xmlName ?? 'value';
  return Object.fromEntries(
    numbered(entries, path).map(([entry, entryPath]) => {
      for (const name of entry.children.keys()) {
        if (name !== keyName && name !== valueName) throw unknownParameter(`${entryPath}.${name}`);
      }
      const key = textOf(childOf(entry, keyName), `${entryPath}.${keyName}`);
      const value = childOf(entry, valueName);
      return [key, memberFromQuery(shape.value, value, dialect, `${entryPath}.${valueName}`)];
    }),
  );
}

const EMPTY: FormNode = { text: null, children: new Map() };

function childOf(node: FormNode, name: string): FormNode {
  return node.children.get(name) ?? EMPTY;
}

/** The node that holds a list's items; other children than it are unknown parameters. */
function nested(node: FormNode, name: string, path: string): FormNode {
  for (const key of node.children.keys()) {
    if (key !== name) throw unknownParameter(`${path}.${key}`);
  }
  return childOf(node, name);
}

/** The children 1, 2, 3… in order. */
function numbered(node: FormNode, path: string): [FormNode, string][] {
  return [...node.children]
    .map(([key, child]): [number, FormNode, string] => {
      if (!/^[1-9]\d*$/.test(key)) throw unknownParameter(`${path}.${key}`);
      return [Number(key), child, `${path}.${key}`];
    })
    .sort(([first], [second]) => first - second)
    .map(([, child, childPath]) => [child, childPath]);
}

function textOf(node: FormNode, path: string): string {
  const [inner] = node.children.keys();
  if (inner !== undefined) throw unknownParameter(`${path}.${inner}`);
  return requested.string(node.text, path);
}

function numberFromText(text: string, path: string): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isNaN(number) && text !== 'NaN') requested.fail(path, `expected number, got ${text}`);
  return number;
}

function booleanFromText(text: string, path: string): boolean {
  if (text !== 'true' && text !== 'false') requested.fail(path, `expected boolean, got ${text}`);
  return text === 'true';
}

function timestampFromText(text: string, path: string): Date {
  return requestedTimestamp(/^-?[\d.]+$/.test(text) ? Number(text) : text, path);
}

function joined(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function unknownParameter(name: string): AwsError {
  return new AwsError('UnknownParameter', `The parameter ${name} is not recognized`);
}

function missingParameter(name: string): AwsError {
  return new AwsError('MissingParameter', `The request must contain the parameter ${name}`);
}
