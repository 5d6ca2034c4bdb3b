import { expect } from 'vitest';
import * as z from 'zod';

/** Everything must be what the domain says it is, down to the last field. */
export function expectDomain(schema: z.ZodType, values: readonly unknown[]): void {
  expect(values.length).toBeGreaterThan(0);
  for (const value of values) expect(() => z.encode(schema, value)).not.toThrow();
}
