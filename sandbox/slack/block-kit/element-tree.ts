import { isObject, type JsonObject } from '../json.ts';
import { pointerTo } from './problem.ts';

/** A block or element, wherever it is nested, with the block that holds it. */
export interface Node {
  readonly value: JsonObject;
  readonly pointer: string;
  /** The nearest block that can carry a block_id; the node itself when it is a block. */
  readonly block: JsonObject;
}

/** Members under which blocks and elements nest. */
const CHILDREN = ['elements', 'element', 'accessory', 'actions', 'child_blocks', 'tasks'] as const;

/** Members whose content is a block with a block_id of its own. */
const NESTED_BLOCKS = new Set(['child_blocks', 'tasks']);

/** Element types that send something when used; all of them have an action_id. */
const INTERACTIVE =
  /^(button|workflow_button|feedback_buttons|icon_button|overflow|checkboxes|radio_buttons|datepicker|timepicker|datetimepicker|file_input|.*_input|.*_select)$/;

/** All blocks and elements below an array of blocks, outermost first. */
export function* nodesIn(blocks: readonly unknown[], base: string): Generator<Node> {
  for (const [index, block] of blocks.entries()) {
    if (isObject(block)) yield* descend(block, pointerTo(base, [index]), block);
  }
}

function* descend(value: JsonObject, pointer: string, block: JsonObject): Generator<Node> {
  yield { value, pointer, block };
  for (const [path, child] of CHILDREN.flatMap((member) => childrenOf(value, member))) {
    if (!isObject(child)) continue;
    const nested = NESTED_BLOCKS.has(String(path[0])) || value['type'] === 'carousel';
    yield* descend(child, pointerTo(pointer, path), nested ? child : block);
  }
}

function childrenOf(value: JsonObject, member: string): [PropertyKey[], unknown][] {
  const child = value[member];
  if (Array.isArray(child)) return child.map((item, index) => [[member, index], item]);
  return [[[member], child]];
}

/** True for an element that a person can use. */
export function isInteractive(element: JsonObject): boolean {
  return INTERACTIVE.test(String(element['type']));
}

/** The interactive elements below an array of blocks. */
export function elementsIn(blocks: readonly unknown[]): Node[] {
  return [...nodesIn(blocks, '')].filter(
    ({ value, block }) => value !== block && isInteractive(value),
  );
}

/** The blocks with a block_id and action_id wherever the sender left them out, as Slack adds them. */
export function withIds(blocks: readonly unknown[], nextId: () => string): JsonObject[] {
  const copies: JsonObject[] = structuredClone(blocks.filter(isObject));
  for (const { value, block } of nodesIn(copies, '')) {
    if (value === block) addMember(value, 'block_id', nextId);
    else if (isInteractive(value)) addMember(value, 'action_id', nextId);
  }
  return copies;
}

function addMember(target: JsonObject, member: string, nextId: () => string): void {
  if (target[member] === undefined) Object.assign(target, { [member]: nextId() });
}
