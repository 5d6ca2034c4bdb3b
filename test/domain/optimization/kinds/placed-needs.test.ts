import { describe, expect, it } from 'vitest';
import { licensesFreed, type Needs } from '#domain/optimization/kinds/placed-needs.ts';

const LINE = { product: 'sql-server', edition: 'enterprise', metric: 'core' } as const;

function needs(units: number | null): Needs {
  return new Map(units === null ? [] : [['sql', { line: LINE, units }]]);
}

describe('licensesFreed', () => {
  it.each([
    { before: 16, after: 8, freed: [{ ...LINE, units: 8 }] },
    { before: 16, after: null, freed: [{ ...LINE, units: 16 }] },
    { before: 2.5, after: 1, freed: [{ ...LINE, units: 1 }] },
    { before: 8, after: 8, freed: [] },
    { before: 8, after: 9, freed: null },
    { before: null, after: 1, freed: null },
  ])('is $freed.0.units from $before to $after', ({ before, after, freed }) => {
    expect(licensesFreed(needs(before), needs(after))).toEqual(freed);
  });
});
