/** What the bytes of a file say, or why they are no text. */
export type DecodedText =
  | { readonly text: string }
  | { readonly problem: 'empty' | 'workbook' | 'binary' };

/** Beginnings of Excel's own formats: a ZIP archive, and the older compound file. */
const WORKBOOKS = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];

/** Text by its byte order mark; without one UTF-8, or Windows-1252 where it is no UTF-8. */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (WORKBOOKS.some((start) => start.every((byte, index) => bytes[index] === byte))) {
    return { problem: 'workbook' };
  }
  const text = decoded(bytes);
  if (text.trim() === '') return { problem: 'empty' };
  return text.includes('\0') ? { problem: 'binary' } : { text };
}

function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
