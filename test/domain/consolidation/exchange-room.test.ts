import { describe, expect, it } from 'vitest';
import { exchangeRoom } from '#domain/consolidation/exchange-room.ts';
import { countProblem } from '#domain/consolidation/fleet.ts';
import type { OpenHost, Slot } from '#domain/consolidation/open-hosts.ts';
import { aHostType, aProblem, aWorkload, onHost } from './builders.ts';

const SIZES = [1, 2, 3, 4, 8];
const WORKLOAD = aWorkload({
  hosted: SIZES.map((cores) => onHost({ id: `${cores}`, cores })),
});
const [FLEET] = countProblem(
  aProblem({
    hostTypes: [aHostType({ compartments: { count: 1, cores: 8 }, sizes: SIZES })],
    workloads: [WORKLOAD],
  }),
).fleets;

/** A host with machines in its slots: their sizes, and the group of those that are in one; `null` has no guest. */
function aHost(...slots: readonly (readonly [size: number, apart?: string | null])[]): OpenHost {
  if (FLEET === undefined) throw new Error('no fleet');
  const host: OpenHost = { fleet: FLEET, free: [0], cores: 0, slots: [], groups: new Set() };
  for (const [size, group] of slots) {
    const apart = group === undefined ? null : group;
    const guest =
      group === null
        ? null
        : { workload: WORKLOAD, way: { position: 0, micros: 0, uses: [] }, apart };
    host.slots.push({ size, host, compartment: 0, guest });
    if (apart !== null) host.groups.add(apart);
  }
  return host;
}

function freeSlot(host: OpenHost): Slot {
  const slot = host.slots.find(({ guest }) => guest === null);
  if (slot === undefined) throw new Error('no free slot');
  return slot;
}

const sizes = (host: OpenHost) => host.slots.map(({ size }) => size).toSorted();

describe('exchanging room', () => {
  it('gives a free slot for smaller ones that are as large together', () => {
    const home = aHost([4, null], [4, 'mine'], [1, 'g']);
    const other = aHost([2], [4, 'g'], [1], [1, null]);

    expect(exchangeRoom(freeSlot(home), 'mine', [home, other])).toBe(true);

    expect([sizes(home), sizes(other)]).toEqual([
      [1, 1, 1, 2, 4],
      [4, 4],
    ]);
    expect(other.slots.every(({ host }) => host === other)).toBe(true);
  });

  it('gives what is beside it too, for a larger slot', () => {
    const home = aHost([2, null], [1], [1], [4, 'mine']);
    const other = aHost([4], [4]);

    expect(exchangeRoom(freeSlot(home), 'mine', [other])).toBe(true);

    expect([sizes(home), sizes(other)]).toEqual([
      [4, 4],
      [1, 1, 2, 4],
    ]);
  });

  it('takes groups along', () => {
    const home = aHost([4, null], [2, 'stays'], [2, 'mine']);
    const other = aHost([4, 'moves'], [4, 'stays']);

    expect(exchangeRoom(freeSlot(home), 'mine', [other])).toBe(true);

    expect([[...home.groups], [...other.groups]]).toEqual([['stays', 'mine', 'moves'], ['stays']]);
  });

  it.each<[string, OpenHost, OpenHost]>([
    ['machines whose group is on the host', aHost([4, null], [4, 'g']), aHost([4, 'g'])],
    ['room on a host of its own group', aHost([4, null], [4, 'mine']), aHost([4], [1, 'mine'])],
    ['its own group along', aHost([4, null], [4, 'mine']), aHost([8])],
    ['machines that are not of a size that divides', aHost([2, null], [3], [3]), aHost([3], [3])],
    ['as much of two compartments', aHost([8, null]), aHost([4])],
  ])('does not take %s', (_, home, other) => {
    expect(exchangeRoom(freeSlot(home), 'mine', [home, other])).toBe(false);
  });

  it('does not move what is over all compartments', () => {
    const home = aHost([8, null]);
    const slot = freeSlot(home);
    slot.compartment = null;

    expect(exchangeRoom(slot, 'mine', [aHost([8])])).toBe(false);
  });
});
