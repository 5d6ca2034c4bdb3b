import {
  type Document,
  isCollection,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
} from 'yaml';

/** Where something stands in a text, both counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A YAML text that was read. */
export interface YamlText {
  readonly value: unknown;
  /** Where a field stands, by a path such as `approvals[0].channel`; for one that is missing, its section. */
  readonly placeOf: (path: string) => Place | null;
}

/** A text that is no YAML: the parser's words, which name line and column, and the place itself. */
export class BadYaml extends Error {
  readonly place: Place | null;

  constructor(message: string, place: Place | null) {
    super(message);
    this.place = place;
  }
}

/** Read a YAML text and remember where everything stands. @throws {BadYaml} */
export function readYaml(text: string): YamlText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) {
    const [at] = error.linePos ?? [];
    throw new BadYaml(firstLine(error), at ? { line: at.line, column: at.col } : null);
  }
  return { value: plainOf(document), placeOf: (path) => placeIn(document, lines, path) };
}

/** Aliases that would grow without end are refused while they are resolved. */
function plainOf(document: Document.Parsed): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new BadYaml(firstLine(error), null);
  }
}

/** The lines below the first show the place. */
function firstLine(error: unknown): string {
  const [first = ''] = (error instanceof Error ? error.message : '').split('\n');
  return first.replace(/:$/, '');
}

function placeIn(document: Document.Parsed, lines: LineCounter, path: string): Place | null {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const key of keysOf(path)) {
    if (!isCollection(node) || !node.has(key)) break;
    const child: unknown = node.get(key, true);
    offset = (isScalar(child) ? null : keyStart(node, key)) ?? startOf(child) ?? offset;
    node = child;
  }
  if (offset === null) return null;
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

const KEY = /\[(?<index>\d+)\]|\["(?<quoted>(?:[^"\\]|\\.)*)"\]|(?<name>[^.[\]]+)/g;

function keysOf(path: string): readonly (string | number | undefined)[] {
  return [...path.matchAll(KEY)].map(({ groups = {} }) => {
    const { index, quoted, name } = groups;
    return index === undefined ? (quoted ?? name) : Number(index);
  });
}

function startOf(node: unknown): number | null {
  return isNode(node) ? (node.range?.[0] ?? null) : null;
}

/** A section or list begins where its name stands, not at the first thing in it. */
function keyStart(node: unknown, key: unknown): number | null {
  if (!isMap(node)) return null;
  return startOf(node.items.find((item) => isScalar(item.key) && item.key.value === key)?.key);
}
