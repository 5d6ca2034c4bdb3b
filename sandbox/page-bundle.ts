import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const SHELL = new URL('./page/index.html', import.meta.url);
const ENTRY = fileURLToPath(new URL('./page/main.tsx', import.meta.url));

/** The page's files by path. */
export type Page = ReadonlyMap<string, { readonly type: string; readonly text: string }>;

/** Bundles the page in memory. @throws esbuild's error when it cannot be built */
export async function bundlePage(): Promise<Page> {
  const shell = { type: 'text/html; charset=utf-8', text: await readFile(SHELL, 'utf8') };
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: { page: ENTRY },
    bundle: true,
    write: false,
    outdir: '/',
    format: 'esm',
    target: 'es2024',
    jsx: 'automatic',
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.svg': 'dataurl', '.png': 'dataurl', '.woff2': 'dataurl' },
    logLevel: 'silent',
  });
  const page = new Map([['/', shell]]);
  for (const { path, text } of outputFiles) {
    const type = path.endsWith('.css')
      ? 'text/css; charset=utf-8'
      : 'text/javascript; charset=utf-8';
    page.set(path, { type, text });
  }
  return page;
}
