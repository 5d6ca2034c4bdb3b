// biome-ignore lint/style/noRestrictedImports: HiGHS is what this folder adapts
import loader, { type Highs, type Model as HighsModel } from 'highs';

export type Runtime = Highs;
export type Model = HighsModel;

/** HiGHS as WebAssembly, in this thread. */
export function startRuntime(): Promise<Runtime> {
  return isLoader(loader) ? loader() : loader.default();
}

/** The package's types describe its CommonJS build; what Node and bundlers import is the loader itself. */
function isLoader(imported: unknown): imported is typeof loader.default {
  return typeof imported === 'function';
}

/** WebAssembly gave up: its memory cannot grow, or its stack is full. Nothing can be solved with this runtime any more. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && ['RuntimeError', 'RangeError'].includes(error.name);
}
