import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file of hostile input beside the repository, or `null`; says loudly when it is not there. */
export function corpus(name: string): unknown {
  const folder = process.env['BADINPUT_DIR'];
  const path =
    folder === undefined
      ? fileURLToPath(new URL(`../../../shared/data/badinput/${name}`, import.meta.url))
      : `${folder}/${name}`;
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8'));
  // biome-ignore lint/suspicious/noConsole: a skipped corpus must not go unnoticed
  console.warn(`SKIPPED: ${name} is not at ${path}`);
  return null;
}
