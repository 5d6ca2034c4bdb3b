import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOST_FAMILIES, type HostFamily, hostPacking } from '#domain/estate/host-families.ts';

/** Cores of a size of a family with two threads a core. */
const CORES: Readonly<Record<string, number>> = {
  large: 1,
  xlarge: 2,
  '2xlarge': 4,
  '4xlarge': 8,
  '8xlarge': 16,
  '9xlarge': 18,
  '12xlarge': 24,
  '16xlarge': 32,
  '18xlarge': 36,
  '24xlarge': 48,
  '32xlarge': 64,
  '48xlarge': 96,
};
const coresOf = (size: string): number | null => CORES[size] ?? null;

function family(name: string): HostFamily {
  const found = HOST_FAMILIES.get(name);
  if (found === undefined) throw new Error(`no family ${name}`);
  return found;
}

function fits({ compartments: { count, cores } }: ReturnType<typeof hostPacking>, size: number) {
  return size <= cores ? count * Math.floor(cores / size) : Math.floor((count * cores) / size);
}

describe('hostPacking', () => {
  it.each([
    ['m5', { count: 2, cores: 24 }],
    ['c5', { count: 2, cores: 18 }],
    ['r6i', { count: 2, cores: 32 }],
    ['m6a', { count: 1, cores: 96 }],
    ['i3', { count: 2, cores: 16 }],
  ])('%s is packed into %o', (name, compartments) => {
    expect(hostPacking(family(name), coresOf).compartments).toEqual(compartments);
  });

  it('does not let m5.8xlarge straddle sockets', () => {
    const packing = hostPacking(family('m5'), coresOf);
    expect(fits(packing, 16)).toBe(2);
  });

  it('never puts a size on a host more often than AWS says', () => {
    fc.assert(
      fc.property(fc.constantFrom(...HOST_FAMILIES.keys()), (name) => {
        const facts = family(name);
        const packing = hostPacking(facts, coresOf);
        for (const [size, cores] of packing.sizes) {
          expect(fits(packing, cores)).toBeLessThanOrEqual(facts.capacity.get(size) ?? 0);
        }
      }),
    );
  });

  it('leaves out a size that the published capacity says fits less often', () => {
    const odd: HostFamily = {
      family: 'odd',
      sockets: 2,
      cores: 16,
      capacity: new Map([
        ['large', 16],
        ['2xlarge', 1],
      ]),
    };
    expect([...hostPacking(odd, coresOf).sizes.keys()]).toEqual(['large']);
  });

  it('packs nothing where no size is known', () => {
    const packing = hostPacking(family('r6i'), () => null);
    expect(packing).toEqual({ compartments: { count: 2, cores: 0 }, sizes: new Map() });
  });

  it('leaves out bare metal', () => {
    expect(hostPacking(family('m5'), coresOf).sizes.has('metal')).toBe(false);
  });
});
