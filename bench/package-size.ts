import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import type { Row } from './row.ts';

/** Per file: local header and central directory entry without the name, which comes twice. */
const ENTRY_BYTES = 30 + 46;
const END_BYTES = 22;

/** The zip file that `npm run package` makes of a bundle. */
export async function packageSize(directory: string): Promise<Row> {
  let bytes = END_BYTES;
  const names = await readdir(directory);
  for (const name of names) {
    const content = await readFile(join(directory, name));
    const path = `.build/slack/${name}`;
    bytes += ENTRY_BYTES + 2 * path.length + deflateRawSync(content, { level: 9 }).length;
  }
  return {
    what: 'functions/slack: zip',
    unit: 'KB',
    measured: bytes / 1024,
    must: 250,
    aim: 150,
    samples: {},
    remarks: [`${names.length} files`],
  };
}
