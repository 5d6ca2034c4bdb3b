import { AsyncLocalStorage } from 'node:async_hooks';
import { BotError } from '#src/errors.ts';

type Fields = Readonly<Record<string, string | number | boolean | null>>;

const context = new AsyncLocalStorage<Fields>();

/** Run `work` with fields (job, request id) added to every log line inside it. */
export function withLogFields<T>(fields: Fields, work: () => T): T {
  return context.run({ ...context.getStore(), ...fields }, work);
}

/**
 * One JSON line per event. `event` is a constant; everything that varies is a named field: ids,
 * codes and counts, never a body, a secret or a person's words.
 */
export const log = {
  info: (event: string, fields: Fields = {}) => write('info', event, fields),
  warn: (event: string, fields: Fields = {}) => write('warn', event, fields),
  /** An error by its name, its code and where it was thrown; its message only where it is one of ours. */
  error: (event: string, error: unknown, fields: Fields = {}) =>
    write('error', event, { ...fields, ...errorFields(error) }),
};

function write(level: 'info' | 'warn' | 'error', event: string, fields: Fields): void {
  const at = new Date().toISOString();
  process.stdout.write(
    `${JSON.stringify({ level, event, at, ...context.getStore(), ...fields })}\n`,
  );
}

/** Our own messages are known texts. Others' may carry what somebody wrote, or a secret. */
function errorFields(error: unknown): Fields {
  if (!(error instanceof Error)) return { error: typeof error };
  return {
    error: codeLike(error.name) ?? 'Error',
    code: 'code' in error ? codeLike(error.code) : null,
    where: framesOf(error).join(' < '),
    ...(error instanceof BotError ? { message: error.message.slice(0, 300) } : {}),
  };
}

/** A name or code as programs give them; `null` for anything that could be a text. */
function codeLike(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^[\w.:#$-]{1,80}$/.test(text) ? text : null;
}

const FRAMES = 5;
const FRAME = /^ {4}at (.+:\d+:\d+\)?|.+ \(<anonymous>\))$/;

/** Where it was thrown, innermost first. A stack begins with the message, of whatever many lines. */
function framesOf({ stack = '', message }: Error): readonly string[] {
  const after = stack.indexOf(message) + message.length;
  const all = stack.slice(stack.includes(message) ? after : 0).split('\n');
  const lastOther = all.findLastIndex((line) => !FRAME.test(line));
  return all.slice(lastOther + 1, lastOther + 1 + FRAMES).map((line) => line.trim());
}
