import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

/** JSON as compressed bytes, for items that would have no room as they are. */
export function packed(document: unknown): Buffer {
  const json = JSON.stringify(document);
  return brotliCompressSync(json, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
}

/** What was packed; whoever reads it parses it. */
export function unpacked(bytes: Uint8Array): unknown {
  return JSON.parse(brotliDecompressSync(bytes).toString('utf8'));
}
