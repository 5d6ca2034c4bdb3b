import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

/**
 * Turns imports of Node's own modules into `require`. An `import` reads all exports of a module at
 * once, and one of node:http's loads undici: 20 ms of a cold start.
 */
export const requireBuiltins: Plugin = {
  name: 'require-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?[a-z_]+(\/[a-z_]+)*$/ }, ({ path, kind }) => {
      if (!isBuiltin(path)) return undefined;
      // Every bundle begins with an import of `node:module`: once more takes no time.
      if (kind === 'require-call' || path === 'node:module') return { path, external: true };
      const namespace = kind === 'dynamic-import' ? 'builtin-namespace' : 'builtin';
      return { path, namespace, sideEffects: false };
    });
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({ contents: exportsOf(path) }));
    onLoad({ filter: /.*/, namespace: 'builtin-namespace' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
};

/** Each export by itself, so that only those that somebody imports are read. */
function exportsOf(path: string): string {
  const names = Object.keys(process.getBuiltinModule(path) ?? {});
  return [
    `const builtin = require(${JSON.stringify(path)});`,
    'export default builtin;',
    ...names
      .filter((name) => name !== 'default')
      .map((name) => `export const ${name} = /* @__PURE__ */ (() => builtin.${name})();`),
  ].join('\n');
}
