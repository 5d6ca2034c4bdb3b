import { AsyncLocalStorage } from 'node:async_hooks';

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
  /** An error by its name and code; its message and stack only where `expected` vouches for them. */
  error: (event: string, error: unknown, fields: Fields = {}) =>
    write('error', event, { ...fields, ...errorFields(error) }),
};

function write(level: 'info' | 'warn' | 'error', event: string, fields: Fields): void {
  const at = new Date().toISOString();
  process.stdout.write(
    `${JSON.stringify({ level, event, at, ...context.getStore(), ...fields })}\n`,
  );
}

function errorFields(error: unknown): Fields {
  if (!(error instanceof Error)) return { error: typeof error };
  const where = error.stack?.split('\n').find((line) => line.trim().startsWith('at ')) ?? '';
  return { error: error.name, message: error.message.slice(0, 300), where: where.trim() };
}
