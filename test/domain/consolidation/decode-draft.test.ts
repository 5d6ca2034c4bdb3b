import { describe, expect, it } from 'vitest';
import type { ConsolidationProblem } from '#domain/consolidation/consolidation-problem.ts';
import { decodeDraft } from '#domain/consolidation/decode-draft.ts';
import type { DraftPlan } from '#domain/consolidation/draft-plan.ts';
import { countProblem } from '#domain/consolidation/fleet.ts';
import { aHostType, aProblem, aWorkload, byItself, onHost } from './builders.ts';

/** Hosts of four cores. */
const SMALL = aHostType({ compartments: { count: 1, cores: 4 }, sizes: [1, 2, 3, 4] });

interface Counts {
  readonly hosts: number;
  readonly seats: readonly number[];
  /** Which pattern each of its hosts has; the first, unless it is said. */
  readonly patterns?: readonly number[];
}

/** So many hosts of each type in their first pattern, so many machines in each of its seats, the others alone. */
function decoded(changes: Partial<ConsolidationProblem>, counts: readonly Counts[]) {
  const counted = countProblem(aProblem({ hostTypes: [SMALL], ...changes }));
  const fleets = counted.fleets.map((fleet, index) => ({ fleet, ...counts[index] }));
  const seated = fleets.flatMap(({ fleet, seats = [] }) =>
    fleet.seats.map((seat, index) => ({ fleet, seat, count: seats[index] ?? 0 })),
  );
  const draft: DraftPlan = {
    hosts: fleets.flatMap(({ fleet, hosts = 0, patterns = Array<number>(hosts).fill(0) }) =>
      patterns.flatMap((index) => {
        const chosen = fleet.layout.patterns.slice(index, index + 1);
        return chosen.map((pattern) => ({ fleet, pattern, count: 1 }));
      }),
    ),
    seated,
    alone: counted.kinds.flatMap((kind) => {
      const own = seated.filter(({ seat }) => seat.kind === kind);
      const left = own.reduce((count, each) => count - each.count, kind.count);
      return kind.alone.map((way) => ({ kind, way, count: left }));
    }),
    sources: [],
    spares: [],
  };
  return decodeDraft(counted, draft);
}

/** What is on each host, in order. */
function hostsOf(found: ReturnType<typeof decoded>) {
  if ('code' in found) return found;
  return found.hosts.map(({ machines }) =>
    machines
      .map(({ workloadId, apart }) => (apart === null ? workloadId : `${workloadId} ${apart}`))
      .toSorted(),
  );
}

const two = (changes: object) => aWorkload({ hosted: [onHost({ cores: 2 })], ...changes });

describe('deciding which machine is where', () => {
  it('puts machines of a group on different hosts, and others beside them', () => {
    const ring = two({ id: 'ring', count: 3, apart: ['g', 'g', 'g'] });
    const free = two({ id: 'free', count: 3, hosted: [onHost({ cores: 2, micros: 1 })] });

    const found = decoded({ workloads: [ring, free] }, [{ hosts: 3, seats: [3, 3] }]);

    expect(hostsOf(found)).toEqual(Array(3).fill(['free', 'ring g']));
  });

  it('lets one of another group go where it was blocked', () => {
    const groups = ['g', 'h', 'i'];
    const rings = groups.map((group, micros) =>
      two({ id: group, count: 2, apart: [group, group], hosted: [onHost({ cores: 2, micros })] }),
    );

    const found = decoded({ workloads: rings }, [{ hosts: 3, seats: [2, 2, 2] }]);

    const hosts = 'code' in found ? [] : found.hosts.map(({ machines }) => machines);
    expect(hosts.map(({ length }) => length)).toEqual([2, 2, 2]);
    expect(hosts.map((all) => new Set(all.map(({ apart }) => apart)).size)).toEqual([2, 2, 2]);
  });

  it('lets one of another group change places with one that is blocked', () => {
    const three = aHostType({ compartments: { count: 2, cores: 3 }, sizes: [2, 3] });
    const pairs = ['g', 'h'].map((group, micros) =>
      two({ id: group, count: 2, apart: [group, group], hosted: [onHost({ cores: 3, micros })] }),
    );
    const small = two({ id: 'small', count: 2 });

    const found = decoded({ hostTypes: [three], workloads: [...pairs, small] }, [
      // Both sockets for machines of three cores, then one only.
      { hosts: 3, patterns: [2, 1, 1], seats: [2, 2, 2] },
    ]);

    const hosts = 'code' in found ? [] : found.hosts.map(({ machines }) => machines);
    expect(hosts.map((all) => new Set(all.map(({ apart }) => apart)).size)).toEqual([2, 2, 2]);
  });

  it('runs one by itself where there is no host without its group', () => {
    const pair = two({ count: 2, apart: ['g', 'g'], alone: [byItself(5000)] });

    const found = decoded({ workloads: [pair] }, [{ hosts: 1, seats: [2] }]);

    expect(found).toMatchObject({
      hosts: [{ machines: [{ apart: 'g' }] }],
      alone: [{ workloadId: 'web', optionId: 'alone', count: 1 }],
    });
  });

  it('lets machines of a group be those that run by themselves', () => {
    const pair = two({ count: 3, apart: ['g', 'g'], alone: [byItself(5000)] });

    const found = decoded({ workloads: [pair] }, [{ hosts: 1, seats: [2] }]);

    expect(hostsOf(found)).toEqual([['web', 'web g']]);
  });

  it('uses what is left of a host of another type', () => {
    const other = { ...SMALL, id: 'm6' };
    const pair = two({
      id: 'pair',
      count: 2,
      apart: ['g', 'g'],
      hosted: [onHost({ cores: 2 }), onHost({ id: 'm6', hostTypeId: 'm6', cores: 1 })],
    });
    const free = two({ id: 'free', hosted: [onHost({ hostTypeId: 'm6', cores: 2, micros: 2 })] });

    const found = decoded({ hostTypes: [SMALL, other], workloads: [pair, free] }, [
      { hosts: 1, seats: [2] },
      { hosts: 1, seats: [0, 1] },
    ]);

    expect(hostsOf(found)).toEqual([['pair g'], ['free', 'pair g']]);
  });

  it('makes room where there is none without its group', () => {
    const six = aHostType({ compartments: { count: 1, cores: 6 }, sizes: [1, 2, 4] });
    const pair = two({ id: 'pair', count: 3, apart: ['g', 'g'], hosted: [onHost({ cores: 1 })] });
    const middle = two({ id: 'two', count: 2 });
    const large = two({ id: 'four', count: 2, hosted: [onHost({ cores: 4 })] });

    const found = decoded({ hostTypes: [six], workloads: [pair, middle, large] }, [
      { hosts: 3, seats: [3, 2, 2] },
    ]);

    expect(hostsOf(found)).toEqual([
      ['four', 'pair', 'pair g'],
      ['four', 'two'],
      ['pair g', 'two'],
    ]);
  });

  it.each([4, 3])('opens one host more for a machine of %i cores that must be on one', (cores) => {
    const pair = two({ count: 2, apart: ['g', 'g'], hosted: [onHost({ cores })] });

    expect(hostsOf(decoded({ workloads: [pair] }, [{ hosts: 2, seats: [2] }]))).toEqual([
      ['web g'],
      ['web g'],
    ]);
  });

  it('says when there is no host more', () => {
    const pair = two({ count: 2, apart: ['g', 'g'] });
    const changes = { hostTypes: [{ ...SMALL, mostNew: 1 }], workloads: [pair] };

    expect(decoded(changes, [{ hosts: 1, seats: [2] }])).toEqual({
      code: 'apart-short',
      group: 'g',
    });
  });

  it('says when there is no spare host', () => {
    const changes = {
      hostTypes: [{ ...SMALL, mostNew: 1 }],
      headroom: { spareHosts: 1, fillPercent: 100 },
    };

    expect(decoded({ ...changes, workloads: [two({})] }, [{ hosts: 1, seats: [1] }])).toEqual({
      code: 'hosts-short',
      zone: 'a',
    });
  });

  it('does not take what does not fit, or is not whole', () => {
    const workloads = [two({ count: 3 })];

    expect(() => decoded({ workloads }, [{ hosts: 1, seats: [3] }])).toThrow(
      'No room for 1 machines of 2 cores',
    );
    expect(() => decoded({ workloads }, [{ hosts: 1, seats: [2] }])).toThrow(
      'The draft has no place for web',
    );
  });
});
