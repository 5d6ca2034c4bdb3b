type Matcher = (text: string) => boolean;

/** Matches IAM's wildcards: `*` for any text, `?` for one character. */
export function wildcard(pattern: string, options: { ignoreCase: boolean }): Matcher {
  const expression = new RegExp(`^${source(pattern, '.')}$`, options.ignoreCase ? 'isu' : 'su');
  return (text) => expression.test(text);
}

/**
 * Matches ARNs segment by segment, so that a wildcard does not reach over a colon except in the last segment.
 *
 * @throws {TypeError} for a pattern that is neither `*` nor an ARN of six segments.
 */
export function arnPattern(pattern: string): Matcher {
  if (pattern === '*') return () => true;
  const segments = pattern.split(':');
  if (segments[0] !== 'arn' || segments.length < 6) {
    throw new TypeError(`"${pattern}" is neither * nor an ARN of six segments.`);
  }
  const head = segments.slice(0, 5).map((segment) => source(segment, '[^:]'));
  const expression = new RegExp(
    `^${head.join(':')}:${source(segments.slice(5).join(':'), '.')}$`,
    'su',
  );
  return (arn) => expression.test(arn);
}

function source(pattern: string, any: string): string {
  return pattern
    .replace(/[\\^$.+()|[\]{}/]/g, '\\$&')
    .replaceAll('*', `${any}*`)
    .replaceAll('?', any);
}
