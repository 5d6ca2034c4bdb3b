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

/** A program is too large for WebAssembly or for JavaScript: memory cannot grow, or the stack is full. */
export function isOutOfMemory(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ['RuntimeError', 'RangeError'].includes(error.name) || /\ballocat/.test(error.message);
}
