import { describe, expect, it } from 'vitest';
import { checkConsolidation, checkPlan } from '#domain/consolidation/check-consolidation.ts';
import type { Breach } from '#domain/consolidation/checking/breach.ts';
import type {
  ConsolidationPlan,
  HostedMachine,
  PlannedHost,
} from '#domain/consolidation/consolidation-plan.ts';
import type { ConsolidationProblem } from '#domain/consolidation/consolidation-problem.ts';

/** Two sockets of 24 cores; its licenses cover everything on it. */
const M5 = {
  id: 'm5+sql',
  family: 'm5',
  micros: 1000,
  uses: [{ rightId: 'sql', units: 48 }],
  compartments: { count: 2, cores: 24 },
  sizes: [4, 8, 16, 32],
  existing: [{ hostId: 'h-1', zone: 'a', micros: 300 }],
  mostNew: 2,
};

const PROBLEM: ConsolidationProblem = {
  hostTypes: [M5, { ...M5, id: 'm5', micros: 900, uses: [], existing: [] }],
  workloads: [
    {
      id: 'web',
      zone: 'a',
      count: 4,
      alone: [{ id: 'shared', micros: 50, uses: [] }],
      hosted: [
        { id: 'm5.4xlarge', hostTypeId: 'm5+sql', cores: 16, micros: 5, uses: [] },
        { id: 'm5.large', hostTypeId: 'm5+sql', cores: 3, micros: 5, uses: [] },
        { id: 'm5.2xlarge', hostTypeId: 'm5', cores: 8, micros: 6, uses: [] },
      ],
      apart: ['pair', 'pair'],
    },
    {
      id: 'db',
      zone: 'a',
      count: 1,
      alone: [{ id: 'byol', micros: 200, uses: [{ rightId: 'sql', units: 64 }] }],
      hosted: [{ id: 'm5.16xlarge', hostTypeId: 'm5+sql', cores: 32, micros: 7, uses: [] }],
      apart: [],
    },
    {
      id: 'far',
      zone: 'b',
      count: 1,
      alone: [],
      hosted: [
        {
          id: 'm5.2xlarge',
          hostTypeId: 'm5',
          cores: 8,
          micros: 1,
          uses: [{ rightId: 'windows', units: 8 }],
        },
      ],
      apart: [],
    },
  ],
  rights: [
    { id: 'sql', owned: 100, ownedUnitMicros: 1, buyable: 150, boughtUnitMicros: 10 },
    { id: 'windows', owned: 8, ownedUnitMicros: 0, buyable: 0, boughtUnitMicros: 0 },
  ],
  headroom: { spareHosts: 1, fillPercent: 90 },
};

/** The database over both sockets of the host that is there; two web servers on a new one, two by themselves. */
const EXISTING: PlannedHost = {
  hostTypeId: 'm5+sql',
  zone: 'a',
  hostId: 'h-1',
  spare: false,
  machines: [{ workloadId: 'db', optionId: 'm5.16xlarge', compartment: null, apart: null }],
};
const SPARE: PlannedHost = { ...EXISTING, hostId: null, spare: true, machines: [] };
const NEW: PlannedHost = { ...SPARE, spare: false, machines: [web(0, 'pair'), web(1, null)] };
const FAR: PlannedHost = {
  hostTypeId: 'm5',
  zone: 'b',
  hostId: null,
  spare: false,
  machines: [{ workloadId: 'far', optionId: 'm5.2xlarge', compartment: 1, apart: null }],
};
const FAR_SPARE: PlannedHost = { ...FAR, spare: true, machines: [] };

const PLAN: ConsolidationPlan = {
  hosts: [EXISTING, NEW, SPARE, FAR, FAR_SPARE],
  alone: [{ workloadId: 'web', optionId: 'shared', count: 2 }],
  drawn: [
    { rightId: 'sql', units: 144, bought: 44 },
    { rightId: 'windows', units: 8, bought: 0 },
  ],
  // Hosts 300 + 2 x 1000 + 2 x 900, machines 7 + 2 x 5 + 1 + 2 x 50, licenses 100 + 440.
  micros: 4758,
};

function web(compartment: number | null, apart: string | null): HostedMachine {
  return { workloadId: 'web', optionId: 'm5.4xlarge', compartment, apart };
}

function withHost(index: number, change: Partial<PlannedHost>): ConsolidationPlan {
  const hosts = PLAN.hosts.map((host, at) => (at === index ? { ...host, ...change } : host));
  return { ...PLAN, hosts };
}

/** What is found beside sums that the change moved as well. */
function found(plan: ConsolidationPlan, problem = PROBLEM): readonly Breach[] {
  const sums = ['machines', 'wrong-cost', 'wrong-units', 'wrong-bought'];
  return checkPlan(problem, plan).filter(({ code }) => !sums.includes(code));
}

describe('checkPlan', () => {
  it('finds nothing in a plan that keeps to everything', () => {
    expect(checkPlan(PROBLEM, PLAN)).toEqual([]);
  });

  it.each([
    {
      what: 'a machine that is missing',
      plan: { ...PLAN, alone: [{ workloadId: 'web', optionId: 'shared', count: 1 }], micros: 4708 },
      breach: { code: 'machines', workloadId: 'web', wanted: 4, planned: 3 },
    },
    {
      what: 'a machine that runs twice',
      plan: { ...PLAN, alone: [{ workloadId: 'web', optionId: 'shared', count: 3 }], micros: 4808 },
      breach: { code: 'machines', workloadId: 'web', wanted: 4, planned: 5 },
    },
    {
      what: 'machines that cancel each other out',
      plan: {
        ...PLAN,
        alone: [
          { workloadId: 'web', optionId: 'shared', count: 3 },
          { workloadId: 'web', optionId: 'shared', count: -1 },
        ],
      },
      breach: { code: 'bad-count', workloadId: 'web', count: -1 },
    },
    {
      what: 'an amount that does not add up',
      plan: { ...PLAN, micros: 4757 },
      breach: { code: 'wrong-cost', computed: 4758, planned: 4757 },
    },
    {
      what: 'units that are not those in use',
      plan: {
        ...PLAN,
        drawn: [
          { rightId: 'sql', units: 96, bought: 44 },
          { rightId: 'windows', units: 8, bought: 0 },
        ],
      },
      breach: { code: 'wrong-units', rightId: 'sql', computed: 144, planned: 96 },
    },
    {
      what: 'a purchase that is not what is missing',
      plan: {
        ...PLAN,
        drawn: [
          { rightId: 'sql', units: 144, bought: 0 },
          { rightId: 'windows', units: 8, bought: 0 },
        ],
      },
      breach: { code: 'wrong-bought', rightId: 'sql', computed: 44, planned: 0 },
    },
    {
      what: 'a right in use that it says nothing of',
      plan: { ...PLAN, drawn: PLAN.drawn.slice(0, 1) },
      breach: { code: 'wrong-units', rightId: 'windows', computed: 8, planned: 0 },
    },
    {
      what: 'a right that is named twice',
      plan: { ...PLAN, drawn: [...PLAN.drawn, ...PLAN.drawn.slice(1)] },
      breach: { code: 'drawn-twice', rightId: 'windows' },
    },
  ])('finds $what, and nothing else', ({ plan, breach }) => {
    expect(checkPlan(PROBLEM, plan)).toEqual([breach]);
  });

  it.each([
    {
      what: 'a workload that nobody knows, alone or on a host',
      plan: {
        ...withHost(3, { machines: [{ ...machineOf(FAR), workloadId: 'other' }] }),
        alone: [...PLAN.alone, { workloadId: 'ghost', optionId: 'shared', count: 1 }],
      },
      breaches: [
        { code: 'unknown-workload', workloadId: 'other' },
        { code: 'unknown-workload', workloadId: 'ghost' },
      ],
    },
    {
      what: 'a way to run alone that the workload does not have',
      plan: { ...PLAN, alone: [{ workloadId: 'web', optionId: 'byol', count: 2 }] },
      breaches: [{ code: 'unknown-option', workloadId: 'web', optionId: 'byol' }],
    },
    {
      what: 'a way that is for hosts of another type',
      plan: withHost(1, { machines: [{ ...web(0, 'pair'), optionId: 'm5.2xlarge' }] }),
      breaches: [{ code: 'unknown-option', workloadId: 'web', optionId: 'm5.2xlarge' }],
    },
    {
      what: 'a host type that nobody knows, and what is on it',
      plan: withHost(3, { hostTypeId: 'x1' }),
      breaches: [
        { code: 'unknown-option', workloadId: 'far', optionId: 'm5.2xlarge' },
        { code: 'unknown-host-type', hostTypeId: 'x1' },
      ],
    },
    {
      what: 'a machine in another zone than its workload',
      plan: withHost(3, { zone: 'c' }),
      breaches: [
        { code: 'wrong-zone', host: 3, workloadId: 'far' },
        { code: 'spare-missing', family: 'm5', zone: 'c', wanted: 1, planned: 0 },
      ],
    },
    {
      what: 'an existing host in another zone',
      plan: withHost(2, { hostId: 'h-1', zone: 'b' }),
      breaches: [
        { code: 'unknown-host', host: 2, hostId: 'h-1' },
        { code: 'host-twice', hostId: 'h-1' },
        { code: 'spare-missing', family: 'm5', zone: 'a', wanted: 1, planned: 0 },
      ],
    },
    {
      what: 'an existing host that is not there',
      plan: withHost(0, { hostId: 'h-9' }),
      breaches: [{ code: 'unknown-host', host: 0, hostId: 'h-9' }],
    },
    {
      what: 'an existing host that is used twice',
      plan: withHost(1, { hostId: 'h-1' }),
      breaches: [{ code: 'host-twice', hostId: 'h-1' }],
    },
    {
      what: 'more new hosts than may be allocated in a zone',
      plan: withHost(0, { hostId: null }),
      breaches: [{ code: 'too-many-new', hostTypeId: 'm5+sql', zone: 'a', most: 2, planned: 3 }],
    },
    {
      what: 'a size that the host does not have',
      plan: withHost(1, { machines: [{ ...web(0, 'pair'), optionId: 'm5.large' }] }),
      breaches: [{ code: 'unknown-size', host: 1, cores: 3 }],
    },
    {
      what: 'more in a socket than it has cores, though the host has room',
      plan: withHost(1, { machines: [web(0, 'pair'), web(0, null)] }),
      breaches: [{ code: 'over-capacity', host: 1, compartment: 0, cores: 32 }],
    },
    {
      what: 'what spans both sockets beside what one of them has no room for',
      plan: withHost(0, { machines: [...EXISTING.machines, web(1, null)] }),
      breaches: [
        { code: 'over-capacity', host: 0, compartment: 1, cores: 32 },
        { code: 'over-filled', host: 0, cores: 48 },
      ],
    },
    {
      what: 'a spanning size in one socket',
      plan: withHost(0, { machines: [{ ...machineOf(EXISTING), compartment: 0 }] }),
      breaches: [{ code: 'wrong-compartment', host: 0, workloadId: 'db' }],
    },
    {
      what: 'a size of one socket over both',
      plan: withHost(1, { machines: [web(null, 'pair')] }),
      breaches: [{ code: 'wrong-compartment', host: 1, workloadId: 'web' }],
    },
    {
      what: 'sockets that the host does not have',
      plan: withHost(1, { machines: [web(2, 'pair'), web(-1, null), web(0.5, null)] }),
      breaches: [
        { code: 'wrong-compartment', host: 1, workloadId: 'web' },
        { code: 'wrong-compartment', host: 1, workloadId: 'web' },
        { code: 'wrong-compartment', host: 1, workloadId: 'web' },
        { code: 'over-filled', host: 1, cores: 48 },
      ],
    },
    {
      what: 'two of a group on one host',
      plan: withHost(1, { machines: [web(0, 'pair'), web(1, 'pair')] }),
      breaches: [{ code: 'not-apart', host: 1, group: 'pair' }],
    },
    {
      what: 'a machine in a group that it is not of',
      plan: withHost(3, { machines: [{ ...machineOf(FAR), apart: 'pair' }] }),
      breaches: [{ code: 'wrong-group', workloadId: 'far', group: 'pair', most: 0, planned: 1 }],
    },
    {
      what: 'a machine that left its group',
      plan: { ...withHost(0, { machines: [web(0, null), web(1, null)] }), alone: [] },
      breaches: [{ code: 'wrong-group', workloadId: 'web', group: null, most: 2, planned: 3 }],
    },
    {
      what: 'a spare host with load',
      plan: withHost(1, { spare: true }),
      breaches: [{ code: 'loaded-spare', host: 1 }],
    },
    {
      what: 'a family and zone without its spare host',
      plan: withHost(4, { spare: false }),
      breaches: [{ code: 'spare-missing', family: 'm5', zone: 'b', wanted: 1, planned: 0 }],
    },
    {
      what: 'a spare host that lacks the licenses of the hosts that may fail',
      plan: withHost(2, { hostTypeId: 'm5' }),
      breaches: [{ code: 'spare-missing', family: 'm5', zone: 'a', wanted: 1, planned: 0 }],
    },
    {
      what: 'a right that the problem does not have',
      plan: { ...PLAN, drawn: [...PLAN.drawn, { rightId: 'oracle', units: 0, bought: 0 }] },
      breaches: [{ code: 'unknown-right', rightId: 'oracle' }],
    },
  ])('finds $what', ({ plan, breaches }) => {
    expect(found(plan)).toEqual(breaches);
  });

  it('finds more in use than is owned and may be bought', () => {
    const [sql, ...others] = PROBLEM.rights.map((right) => ({ ...right, buyable: 43 }));
    const short = { ...PROBLEM, rights: [sql, ...others].flatMap((right) => right ?? []) };

    expect(found(PLAN, short)).toEqual([
      { code: 'right-exceeded', rightId: 'sql', units: 144, most: 143 },
    ]);
  });

  it('finds a right that something draws on and nobody described', () => {
    const rights = PROBLEM.rights.slice(0, 1);

    expect(found(PLAN, { ...PROBLEM, rights })).toEqual([
      { code: 'unknown-right', rightId: 'windows' },
    ]);
  });
});

describe('checkConsolidation', () => {
  it('finds nothing where there is no plan', () => {
    expect(checkConsolidation(PROBLEM, { plan: null, lowerBoundMicros: 0 })).toEqual([]);
  });

  it.each([
    { bound: 4758, breaches: [] },
    { bound: 4759, breaches: [{ code: 'bound-above-cost', bound: 4759, cost: 4758 }] },
  ])('judges a bound of $bound', ({ bound, breaches }) => {
    expect(checkConsolidation(PROBLEM, { plan: PLAN, lowerBoundMicros: bound })).toEqual(breaches);
  });
});

function machineOf({ machines }: PlannedHost): HostedMachine {
  const [machine] = machines;
  if (machine === undefined) throw new Error('the host has no machine');
  return machine;
}
