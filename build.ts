import { readdirSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

const stub = (name: string): string =>
  fileURLToPath(new URL(`scripts/bundle-stubs/${name}`, import.meta.url));

/** One ESM file a function, without what Bolt and the SDK load for other places than Lambda. */
export function bundleOptions(entry: string, outfile: string): BuildOptions {
  return {
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true,
    legalComments: 'none',
    alias: {
      express: stub('express.cjs'),
      'raw-body': stub('raw-body.cjs'),
      '@slack/oauth': stub('unused-class.cjs'),
      '@slack/socket-mode': stub('unused-class.cjs'),
      '@aws-sdk/credential-provider-node': stub('environment-credentials.ts'),
    },
    banner: {
      js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
    },
  };
}

if (import.meta.main) {
  rmSync('.build', { recursive: true, force: true });
  const functions = readdirSync('functions').map((file) => basename(file, '.ts'));
  await Promise.all(
    functions.map((name) =>
      build(bundleOptions(`functions/${name}.ts`, `.build/${name}/index.mjs`)),
    ),
  );
}
