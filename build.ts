import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { requireBuiltins } from './scripts/require-builtins.ts';

const stub = (name: string): string => path(`scripts/bundle-stubs/${name}`);

function path(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** What Bolt and the SDK load for other places than Lambda, and what stands in its place. */
const LEFT_OUT: readonly { module: RegExp; importer: RegExp; stub: string }[] = [
  { module: /^@slack\/bolt$/, importer: /./, stub: 'bolt.cjs' },
  { module: /^@slack\/web-api$/, importer: /@slack\/bolt\//, stub: 'unused-web-api.cjs' },
  {
    module: /^\.\/receivers\/(HTTP|SocketMode)Receiver$/,
    importer: /@slack\/bolt\//,
    stub: 'unused-class.cjs',
  },
  {
    module: /^@aws-sdk\/credential-provider-node$/,
    importer: /./,
    stub: 'environment-credentials.ts',
  },
  {
    module: /^@smithy\/core\/event-streams$/,
    importer: /@smithy\/core\//,
    stub: 'unused-class.cjs',
  },
  { module: /^bowser$/, importer: /@aws-sdk\//, stub: 'unused-class.cjs' },
];

const leaveOut: Plugin = {
  name: 'leave-out',
  setup({ onResolve }) {
    for (const { module, importer, stub: file } of LEFT_OUT) {
      onResolve({ filter: module }, (request) =>
        importer.test(request.importer) ? { path: stub(file) } : undefined,
      );
    }
  },
};

/**
 * One function as ESM: `index.mjs`, and beside it what is loaded only when it is needed. Names are
 * shortened, which `keepNames` would undo at the price of 6 ms of a cold start.
 */
export function bundleOptions(entry: string, outdir: string): BuildOptions {
  return {
    entryPoints: { index: entry },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    banner: {
      js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
    },
    plugins: [leaveOut, requireBuiltins],
  };
}

/** What a function starts in threads of its own, by the name that it asks for, and what that loads as it is. */
const BESIDE: Readonly<
  Record<
    string,
    { readonly entries: Readonly<Record<string, string>>; readonly files: readonly URL[] }
  >
> = {
  optimize: {
    entries: {
      'consolidation-worker': path('src/adapters/highs/consolidation-worker.ts'),
    },
    files: [new URL(import.meta.resolve('highs/runtime'))],
  },
};

/** Bundles one function into `outdir`, with everything that belongs beside it. */
export async function buildFunction(name: string, outdir: string): Promise<void> {
  const { entries = {}, files = [] } = BESIDE[name] ?? {};
  const options = bundleOptions(path(`functions/${name}.ts`), outdir);
  await build({ ...options, entryPoints: { ...options.entryPoints, ...entries } });
  for (const file of files) copyFileSync(file, join(outdir, basename(file.pathname)));
}

/** Bundles every function into a folder of its own below `root`. */
export async function buildFunctions(root: string): Promise<void> {
  const names = readdirSync(path('functions')).map((file) => basename(file, '.ts'));
  await Promise.all(names.map((name) => buildFunction(name, join(root, name))));
}

if (import.meta.main) {
  rmSync('.build', { recursive: true, force: true });
  await buildFunctions('.build');
}
