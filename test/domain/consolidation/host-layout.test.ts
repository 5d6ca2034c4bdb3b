import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HostLayout, hostLayout } from '#domain/consolidation/host-layout.ts';
import { aHostType } from './builders.ts';

function layout(
  compartments: { count: number; cores: number },
  sizes: readonly number[],
  fillPercent = 100,
): HostLayout {
  const found = hostLayout({ compartments, sizes }, new Set(sizes), fillPercent);
  if (found === null) throw new Error('too many patterns');
  return found;
}

describe('the layout of a host', () => {
  it('counts sizes that divide each other, and places the others', () => {
    const { compartments, sizes } = aHostType();
    const { chain, placed, patterns } = layout(compartments, sizes);

    expect({ chain, placed }).toEqual({ chain: [1, 2, 4, 8, 16], placed: [48, 32, 24] });
    expect(patterns.map(({ places, rooms }) => [places, rooms])).toEqual([
      [
        [0, 0, 0],
        [48, 48, 48, 48, 32],
      ],
      [
        [0, 0, 1],
        [24, 24, 24, 24, 16],
      ],
      [
        [0, 0, 2],
        [0, 0, 0, 0, 0],
      ],
      [
        [1, 0, 0],
        [0, 0, 0, 0, 0],
      ],
      [
        [0, 1, 0],
        [16, 16, 16, 16, 0],
      ],
    ]);
  });

  it('leaves out what is not wanted', () => {
    const found = hostLayout(aHostType(), new Set([8]), 100);

    expect(found).toMatchObject({ chain: [8], placed: [] });
    expect(found?.patterns.map(({ rooms }) => rooms)).toEqual([[48]]);
  });

  it('leaves out sizes that no host with headroom takes', () => {
    const { chain, placed } = layout({ count: 2, cores: 4 }, [1, 2, 4, 8], 70);

    expect({ chain, placed }).toEqual({ chain: [1, 2, 4], placed: [] });
  });

  it('gives up on sizes that combine in too many ways', () => {
    const sizes = [7, 11, 13, 17, 19, 23, 29, 31, 37];

    expect(hostLayout({ compartments: { count: 2, cores: 200 }, sizes }, new Set(sizes), 100)).toBe(
      null,
    );
  });

  it('holds exactly the machines that can be put on a number of hosts', () => {
    const cases = fc
      .record({
        count: fc.integer({ min: 1, max: 3 }),
        cores: fc.integer({ min: 1, max: 8 }),
        hosts: fc.integer({ min: 1, max: 2 }),
        fillPercent: fc.constantFrom(100, 100, 80, 50),
      })
      .chain((host) =>
        fc.record({
          host: fc.constant(host),
          machines: fc.array(
            fc.record({
              size: fc.integer({ min: 1, max: host.count * host.cores }),
              count: fc.integer({ min: 1, max: 3 }),
            }),
            { minLength: 1, maxLength: 3 },
          ),
        }),
      );
    fc.assert(
      fc.property(cases, ({ host, machines }) => {
        const sizes = machines.flatMap(({ size, count }) => Array<number>(count).fill(size));

        expect(isHeld(host, sizes)).toBe(isPackable(host, sizes));
      }),
      { numRuns: 1000 },
    );
  });
});

interface Hosts {
  readonly count: number;
  readonly cores: number;
  readonly hosts: number;
  readonly fillPercent: number;
}

/** By patterns and rooms. */
function isHeld({ hosts, fillPercent, ...compartments }: Hosts, sizes: readonly number[]) {
  const distinct = [...new Set(sizes)].toSorted((one, other) => one - other);
  const { chain, placed, patterns } = layout(compartments, distinct, fillPercent);
  if (chain.length + placed.length < distinct.length) return false;
  const cores = (least: number) =>
    sizes
      .filter((size) => chain.includes(size) && size >= least)
      .reduce((sum, size) => sum + size, 0);
  const needs = [
    ...placed.map((size) => sizes.filter((other) => other === size).length),
    ...chain.map(cores),
  ];
  const choices = patterns.map(({ places, rooms }) => [...places, ...rooms]);
  const suffices = (left: number, held: readonly number[]): boolean =>
    left === 0
      ? needs.every((need, index) => need <= (held[index] ?? 0))
      : choices.some((choice) =>
          suffices(
            left - 1,
            choice.map((value, index) => value + (held[index] ?? 0)),
          ),
        );
  return suffices(hosts, []);
}

/** By trying every place of every machine. */
function isPackable({ count, cores, hosts, fillPercent }: Hosts, sizes: readonly number[]) {
  const loads = Array.from({ length: hosts }, () => Array<number>(count).fill(0));
  const fits = (load: readonly number[]) =>
    load.every((each) => each <= cores + 1e-9) &&
    load.reduce((sum, each) => sum + each, 0) <= (count * cores * fillPercent) / 100 + 1e-9;
  const place = ([size, ...rest]: readonly number[]): boolean => {
    if (size === undefined) return true;
    const whole = Array.from({ length: count }, () => size / count);
    const single = (only: number) => whole.map((_, index) => (index === only ? size : 0));
    const ways = size > cores ? [whole] : whole.map((_, index) => single(index));
    return loads.some((load, host) =>
      ways.some((way) => {
        const next = load.map((each, index) => each + (way[index] ?? 0));
        if (!fits(next)) return false;
        loads[host] = next;
        const done = place(rest);
        loads[host] = load;
        return done;
      }),
    );
  };
  return place(sizes.toSorted((one, other) => other - one));
}
