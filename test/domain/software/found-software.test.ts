import { describe, expect, it } from 'vitest';
import { isHigherEdition } from '#domain/software/found-software.ts';

describe('isHigherEdition', () => {
  it.each`
    product              | one             | other           | higher
    ${'sql-server'}      | ${'enterprise'} | ${'standard'}   | ${true}
    ${'sql-server'}      | ${'standard'}   | ${'standard'}   | ${false}
    ${'sql-server'}      | ${'web'}        | ${'standard'}   | ${false}
    ${'sql-server'}      | ${'developer'}  | ${'express'}    | ${true}
    ${'oracle-database'} | ${'enterprise'} | ${'standard-2'} | ${true}
    ${'tableau-server'}  | ${'a'}          | ${'b'}          | ${false}
  `('is $higher for $product $one above $other', ({ product, one, other, higher }) => {
    expect(isHigherEdition(product, one, other)).toBe(higher);
  });
});
