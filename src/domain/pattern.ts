/**
 * True when `text` matches `pattern`, in which `*` stands for any text, whatever the case. Takes time
 * in proportion to the texts at worst, because names are written by strangers.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const subject = text.toLowerCase();
  const last = rest.pop();
  if (last === undefined) return subject === first;
  if (!subject.startsWith(first) || subject.length < first.length + last.length) return false;

  let from = first.length;
  for (const part of rest) {
    const found = subject.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return from + last.length <= subject.length && subject.endsWith(last);
}

/** True when any of the patterns matches any of the texts. */
export function matchesAny(patterns: readonly string[], ...texts: readonly string[]): boolean {
  return patterns.some((pattern) => texts.some((text) => matchesPattern(pattern, text)));
}
