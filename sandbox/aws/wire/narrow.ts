/** What a value is, in the words of an error message. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'structure';
  return typeof value;
}

/** Makes the error for a value at a path that is not what the API's schema wants. */
type Complain = (path: string, problem: string) => Error;

/** Turns unknown values into typed ones, or throws what `complain` makes. */
export interface Narrow {
  record(value: unknown, path: string): Readonly<Record<string, unknown>>;
  list(value: unknown, path: string): readonly unknown[];
  string(value: unknown, path: string): string;
  number(value: unknown, path: string): number;
  boolean(value: unknown, path: string): boolean;
  fail(path: string, problem: string): never;
}

/** Narrowing for one direction: a request's faults are the client's, an answer's are the simulator's. */
export function narrowing(complain: Complain): Narrow {
  function fail(path: string, problem: string): never {
    throw complain(path, problem);
  }
  function wrong(path: string, wanted: string, value: unknown): never {
    return fail(path, `expected ${wanted}, got ${describe(value)}`);
  }
  return {
    fail,
    record: (value, path) => (isRecord(value) ? value : wrong(path, 'structure', value)),
    list: (value, path) => (Array.isArray(value) ? value : wrong(path, 'list', value)),
    string: (value, path) => (typeof value === 'string' ? value : wrong(path, 'string', value)),
    number: (value, path) => (typeof value === 'number' ? value : wrong(path, 'number', value)),
    boolean: (value, path) => (typeof value === 'boolean' ? value : wrong(path, 'boolean', value)),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
