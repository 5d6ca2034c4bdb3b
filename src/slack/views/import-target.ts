/** What a Confirm button confirms: ids only. What it does is decided on stored data. */
export interface ImportTarget {
  /** Of the register that the preview showed. */
  readonly hash: string;
  /** Of the one that it was compared with; `null` for none. */
  readonly expected: string | null;
}

const TARGET = /^([0-9a-f]{64}) ([0-9a-f]{64}|none)$/;

/** Two hashes, or a hash and `none`. */
export function targetText({ hash, expected }: ImportTarget): string {
  return `${hash} ${expected ?? 'none'}`;
}

/** What a button or form names, or `null` for anything that is none of ours. */
export function parseImportTarget(text: string | undefined): ImportTarget | null {
  const [, hash, expected] = TARGET.exec(text ?? '') ?? [];
  if (hash === undefined || expected === undefined) return null;
  return { hash, expected: expected === 'none' ? null : expected };
}
