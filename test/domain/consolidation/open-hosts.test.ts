import { describe, expect, it } from 'vitest';
import { countProblem } from '#domain/consolidation/fleet.ts';
import { OpenHosts } from '#domain/consolidation/open-hosts.ts';
import { aHostType, aProblem, aWorkload, onHost } from './builders.ts';

describe('open hosts', () => {
  it('do not take what the layout of their fleet does not know', () => {
    const hosts = new OpenHosts({ hosts: [], seated: [], alone: [], sources: [], spares: [] });
    const [fleet] = countProblem(aProblem()).fleets;

    expect(() => fleet && hosts.open(fleet, 3)).toThrow('m5 takes no 3 cores');
  });
});

describe('a fleet', () => {
  it('is not made of hosts that can be filled in too many ways', () => {
    const sizes = [7, 8, 11, 13, 17, 19, 23, 29, 31, 37];
    const type = aHostType({ compartments: { count: 2, cores: 200 }, sizes });
    const hosted = sizes.map((cores) => onHost({ id: `${cores}`, cores, micros: cores }));

    expect(() =>
      countProblem(aProblem({ hostTypes: [type], workloads: [aWorkload({ hosted })] })),
    ).toThrow('Hosts m5 can be filled in too many ways');
  });
});
