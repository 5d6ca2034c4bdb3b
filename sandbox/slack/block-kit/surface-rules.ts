import { isObject, type JsonObject, objectsIn } from '../json.ts';
import { isInteractive, type Node, nodesIn } from './element-tree.ts';
import { LIMITS } from './limits.ts';
import type { Problem } from './problem.ts';

/** What no block can know alone: uniqueness, counts and the choices that menus start with. */
export function crossBlockProblems(blocks: readonly unknown[], base: string): Problem[] {
  const nodes = [...nodesIn(blocks, base)];
  return [
    ...duplicateIds(nodes),
    ...focusProblems(nodes),
    ...nodes.flatMap(initialChoiceProblems),
    ...tooMany(nodes, 'data_visualization', LIMITS.chart.perMessage),
    ...tooMany(nodes, 'table', 1),
    ...markdownProblems(nodes),
    ...tableProblems(nodes),
  ];
}

/** A block_id is unique among all blocks, an action_id within its block. */
function duplicateIds(nodes: readonly Node[]): Problem[] {
  const isBlock = ({ value, block }: Node) => value === block;
  const elements = Map.groupBy(
    nodes.filter((node) => !isBlock(node)),
    ({ block }) => block,
  );
  return [
    ...repeated(nodes.filter(isBlock), 'block_id'),
    ...[...elements.values()].flatMap((ofBlock) => repeated(ofBlock, 'action_id')),
  ];
}

function repeated(nodes: readonly Node[], member: string): Problem[] {
  const named = nodes.filter(({ value }) => value[member] !== undefined);
  return [...Map.groupBy(named, ({ value }) => value[member]).values()]
    .flatMap((sameId) => sameId.slice(1))
    .map(({ pointer }) => ({
      pointer: `${pointer}/${member}`,
      message: `\`${member}\` already exists`,
    }));
}

function focusProblems(nodes: readonly Node[]): Problem[] {
  return nodes
    .filter(({ value }) => value['focus_on_load'] === true)
    .slice(1)
    .map(({ pointer }) => ({
      pointer: `${pointer}/focus_on_load`,
      message: 'only one element may have `focus_on_load`',
    }));
}

/** Every option of a menu, out of its groups as well. */
export function optionsOf(element: JsonObject): readonly JsonObject[] {
  const grouped = objectsIn(element['option_groups']).flatMap((group) =>
    objectsIn(group['options']),
  );
  return [...objectsIn(element['options']), ...grouped];
}

function initialChoiceProblems({ value, pointer }: Node): Problem[] {
  const hasOptions = value['options'] !== undefined || value['option_groups'] !== undefined;
  if (!isInteractive(value) || !hasOptions) return [];
  const offered = new Set(optionsOf(value).map((option) => JSON.stringify(option)));
  const initial = [value['initial_option'], ...objectsIn(value['initial_options'])].filter(
    isObject,
  );
  return initial
    .filter((option) => !offered.has(JSON.stringify(option)))
    .map(() => ({ pointer, message: 'initial options must exactly match one of the options' }));
}

function tooMany(nodes: readonly Node[], type: string, limit: number): Problem[] {
  return nodes
    .filter(({ value }) => value['type'] === type)
    .slice(limit)
    .map(({ pointer }) => ({ pointer, message: `no more than ${limit} ${type} blocks allowed` }));
}

function markdownProblems(nodes: readonly Node[]): Problem[] {
  const markdown = nodes.filter(({ value }) => value['type'] === 'markdown');
  if (visibleCharacters(markdown.map(({ value }) => value)) <= LIMITS.markdown) return [];
  const message = `markdown blocks together must be less than ${LIMITS.markdown + 1} characters`;
  return markdown.slice(-1).map(({ pointer }) => ({ pointer, message }));
}

function tableProblems(nodes: readonly Node[]): Problem[] {
  return nodes
    .filter(({ value }) => value['type'] === 'table')
    .filter(({ value }) => visibleCharacters(value) > LIMITS.table.characters)
    .map(({ pointer }) => ({
      pointer,
      message: `cells together must be less than ${LIMITS.table.characters + 1} characters`,
    }));
}

/** Members that hold no words for a reader. */
const INVISIBLE = new Set([
  'type',
  'block_id',
  'action_id',
  'value',
  'url',
  'image_url',
  'style',
  'level',
  'width',
]);

/** Characters (code points) that a reader could see somewhere below the value. */
export function visibleCharacters(value: unknown): number {
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value))
    return value.reduce<number>((sum, item) => sum + visibleCharacters(item), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value)
    .filter(([member]) => !INVISIBLE.has(member))
    .reduce((sum, [, item]) => sum + visibleCharacters(item), 0);
}
