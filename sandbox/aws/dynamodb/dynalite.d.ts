/** The parts of dynalite that the simulator runs on its own storage; dynalite ships no types. */
declare module 'dynalite/validations/index.js' {
  /** Drops unknown members in place and checks the types. */
  export function checkTypes(data: object, types: unknown): import('./store.ts').Checked;
  /** Checks the values; parses expressions into `_condition`, `_updates`, `_filter`, `_projection`. */
  export function checkValidations(
    data: import('./store.ts').Checked,
    types: unknown,
    custom: unknown,
    store: unknown,
  ): void;
}

declare module 'dynalite/validations/*' {
  export const types: unknown;
  export const custom: unknown;
}

declare module 'dynalite/db/index.js' {
  import type { AttributeValue, TableDescription } from '@aws-sdk/client-dynamodb';

  type Attributes = Record<string, AttributeValue>;
  /** The sortable storage key of an item or of an item's key. */
  export function createKey(item: Attributes, table: TableDescription): string;
  export function validateKey(key: Attributes, table: TableDescription): Error | undefined;
  export function validateItem(item: Attributes, table: TableDescription): Error | undefined;
}

declare module 'dynalite/actions/*' {
  const action: (
    store: import('./store.ts').Store,
    data: import('./store.ts').Checked,
    done: (error: unknown, result?: object) => void,
  ) => void;
  // biome-ignore lint/style/noDefaultExport: this is how a CommonJS package is seen from a module
  export default action;
}
