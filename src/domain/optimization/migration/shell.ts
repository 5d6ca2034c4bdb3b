/** An argument as POSIX shells read it: nothing in it means anything to them. */
export function quoted(argument: string): string {
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}

/** Untrusted text on one line, without signs that nobody sees or that turn text around. */
export function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ').trim();
}

/** A comment line. */
export function comment(text: string): string {
  return `# ${plain(text)}`;
}
