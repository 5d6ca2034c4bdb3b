import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundleOptions } from '../build.ts';

const OURS = fileURLToPath(new URL('../functions/slack.ts', import.meta.url));
const STOCK = fileURLToPath(new URL('cold-start/stock-bolt.ts', import.meta.url));

/** functions/slack as it is deployed, and stock Bolt bundled as its users do it. */
export interface Bundles {
  readonly ours: string;
  readonly stock: string;
  /** The whole package of functions/slack. */
  readonly directory: string;
  remove(): Promise<void>;
}

export async function buildBundles(): Promise<Bundles> {
  const root = await mkdtemp(join(tmpdir(), 'quartermaster-bench-'));
  const directory = join(root, 'slack');
  const stock = join(root, 'stock-bolt.cjs');
  await build(bundleOptions(OURS, directory));
  await build({
    entryPoints: [STOCK],
    outfile: stock,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    logLevel: 'error',
  });
  return {
    ours: join(directory, 'index.mjs'),
    stock,
    directory,
    remove: () => rm(root, { recursive: true }),
  };
}
