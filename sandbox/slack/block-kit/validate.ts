import { z } from 'zod';
import { isObject, type JsonObject } from '../json.ts';
import { BLOCKS, type Surface } from './blocks.ts';
import { nodesIn } from './element-tree.ts';
import { LIMITS } from './limits.ts';
import { type Problem, pointerTo, problemsOf } from './problem.ts';
import { crossBlockProblems } from './surface-rules.ts';
import { chars, plainText } from './text.ts';

/** Everything wrong with an array of blocks on a surface; pointers start at `base`. */
export function blockProblems(blocks: unknown, surface: Surface, base = '/blocks'): Problem[] {
  if (!Array.isArray(blocks)) return [{ pointer: base, message: 'must provide an array' }];
  const limit = surface === 'message' ? LIMITS.blocks.message : LIMITS.blocks.view;
  if (blocks.length > limit) {
    return [{ pointer: base, message: `no more than ${limit} items allowed` }];
  }
  const own = blocks.flatMap((block, index) =>
    problemsOfBlock(block, surface, pointerTo(base, [index])),
  );
  return own.length > 0 ? own : crossBlockProblems(blocks, base);
}

function problemsOfBlock(block: unknown, surface: Surface, pointer: string): Problem[] {
  if (!isObject(block)) return [{ pointer, message: 'must provide an object' }];
  const type = block['type'];
  if (type === undefined) return [{ pointer, message: 'missing required field: type' }];
  const known = Object.entries(BLOCKS).find(([name]) => name === type)?.[1];
  if (known === undefined || !known.surfaces.some((allowed) => allowed === surface)) {
    return [{ pointer: `${pointer}/type`, message: `unsupported type: ${String(type)}` }];
  }
  const parsed = known.schema.safeParse(block, { reportInput: true });
  return parsed.success ? [] : problemsOf(parsed.error, pointer);
}

const viewMembers = {
  blocks: z.array(z.unknown()),
  private_metadata: chars(LIMITS.view.privateMetadata, 0).optional(),
  callback_id: chars(LIMITS.id, 0).optional(),
  external_id: chars(LIMITS.id, 0).optional(),
};

const Modal = z.strictObject({
  type: z.literal('modal'),
  ...viewMembers,
  title: plainText(LIMITS.view.title),
  close: plainText(LIMITS.view.title).optional(),
  submit: plainText(LIMITS.view.title).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
});

const Home = z.strictObject({ type: z.literal('home'), ...viewMembers });

/** Everything wrong with a view of the given type; pointers start at `base`. */
export function viewProblems(view: unknown, type: 'modal' | 'home', base = '/view'): Problem[] {
  if (!isObject(view)) return [{ pointer: base, message: 'must provide an object' }];
  if (view['type'] !== undefined && view['type'] !== type) {
    return [{ pointer: `${base}/type`, message: `unsupported type: ${String(view['type'])}` }];
  }
  const parsed = (type === 'modal' ? Modal : Home).safeParse(view, { reportInput: true });
  if (!parsed.success) return problemsOf(parsed.error, base);
  const found = blockProblems(parsed.data.blocks, type, `${base}/blocks`);
  return found.length > 0 ? found : submitProblems(view, parsed.data.blocks, type, base);
}

function submitProblems(
  view: JsonObject,
  blocks: readonly unknown[],
  type: 'modal' | 'home',
  base: string,
): Problem[] {
  const hasInput = [...nodesIn(blocks, base)].some(({ value }) => value['type'] === 'input');
  if (type === 'home' || !hasInput || view['submit'] !== undefined) return [];
  return [{ pointer: base, message: 'must define `submit` to use an `input` block in modals' }];
}
