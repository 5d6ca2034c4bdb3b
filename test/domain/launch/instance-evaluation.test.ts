import { describe, expect, it } from 'vitest';
import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import { evaluateLaunch } from '#domain/launch/launch-evaluation.ts';
import type { MachinePlan } from '#domain/launch/launch-plan.ts';
import {
  aConfiguration,
  aHost,
  aLedger,
  anInstance,
  aPlan,
  aPolicy,
  aRequest,
  aResize,
  aShard,
  aStart,
  aType,
  NOW,
} from '../../builders.ts';

const BIGGER = { instanceType: 'r6i.4xlarge', cpuOptions: { coreCount: 8, threadsPerCore: 2 } };
const SMALLER = { instanceType: 'r6i.2xlarge', cpuOptions: { coreCount: 2, threadsPerCore: 2 } };
const TYPES = [
  aType(),
  aType({
    name: 'r6i.4xlarge',
    defaultVcpus: 16,
    defaultCores: 8,
    validCores: [2, 4, 6, 8],
    memoryMib: 131_072,
  }),
];

function evaluate(
  plan: Partial<MachinePlan>,
  instance: Partial<Instance>,
  shard: Partial<InventoryShard> = {},
  policy: Readonly<Record<string, unknown>> = {},
) {
  return evaluateLaunch({
    requestId: 'req-0000000001',
    plan: aPlan(plan),
    interested: aRequest(),
    shard: aShard({ instances: [anInstance(instance)], instanceTypes: TYPES, ...shard }),
    ledgers: [aLedger({ consumed: 8, counted: 8 })],
    terms: { view: null, ledgers: [] },
    policy: aPolicy(policy),
    now: NOW,
  });
}

const codes = ({ reasons }: ReturnType<typeof evaluate>) => reasons.map(({ code }) => code);

describe('what an instance that is there takes more', () => {
  const honor = { configurations: [aConfiguration({ rules: ['#honorVcpuOptimization=True'] })] };

  it.each`
    plan                                                  | instance                            | shard    | licenses | because
    ${{ action: aStart() }}                               | ${{ state: 'stopped' }}             | ${{}}    | ${8}     | ${'a stopped instance takes none now'}
    ${{ action: aResize(), ...BIGGER }}                   | ${{}}                               | ${{}}    | ${8}     | ${'it takes 8 already'}
    ${{ action: aResize(), ...SMALLER }}                  | ${{}}                               | ${{}}    | ${0}     | ${'the type is what counts'}
    ${{ action: aResize(), ...SMALLER }}                  | ${{}}                               | ${honor} | ${0}     | ${'it takes fewer'}
    ${{ action: aResize({ running: false }), ...BIGGER }} | ${{ state: 'stopped' }}             | ${{}}    | ${0}     | ${'it stays stopped'}
    ${{ action: aResize(), ...BIGGER }}                   | ${{ licenseConfigurationArns: [] }} | ${{}}    | ${16}    | ${'the pool is new to it'}
  `('is $licenses licenses: $because', ({ plan, instance, shard, licenses }) => {
    const { draws, verdict } = evaluate(plan, instance, shard);

    expect(draws.map((draw) => draw.licenses)).toEqual([licenses]);
    expect(verdict).toBe('ask');
  });

  it('does not need its image, which may be gone', () => {
    const gone = { images: [] };

    expect(codes(evaluate({ action: aStart() }, { state: 'stopped' }, gone))).toEqual([
      'needs-approval',
    ]);
    expect(codes(evaluate({}, {}, gone))).toContain('image-unavailable');
  });
});

describe('a resize on a Dedicated Host', () => {
  const resize = (host: Partial<DedicatedHost>, instanceTypes: InventoryShard['instanceTypes']) => {
    const placed = { tenancy: 'host', hostId: aHost().hostId } as const;
    const full = { availableCapacity: {}, ...host };
    const plan = { action: aResize(), ...BIGGER, ...placed };
    return codes(evaluate(plan, placed, { hosts: [aHost(full)], instanceTypes }));
  };

  it.each`
    availableVcpus | types             | fits     | because
    ${8}           | ${TYPES}          | ${true}  | ${'it leaves 8 of its own'}
    ${7}           | ${TYPES}          | ${false} | ${'it leaves 8 of its own'}
    ${16}          | ${TYPES.slice(1)} | ${true}  | ${'nobody knows what it leaves'}
    ${15}          | ${TYPES.slice(1)} | ${false} | ${'nobody knows what it leaves'}
  `(
    'with $availableVcpus vCPUs free fits: $fits, as $because',
    ({ availableVcpus, types, fits }) => {
      expect(resize({ availableVcpus }, types)).toEqual(fits ? ['needs-approval'] : ['host-full']);
    },
  );
});

describe('the end of a launch', () => {
  it.each`
    until                     | code
    ${null}                   | ${'until-needed'}
    ${later(NOW, 8 * DAY_MS)} | ${'until-too-late'}
    ${later(NOW, -1)}         | ${'until-passed'}
  `('at $until is refused as $code', ({ until, code }) => {
    const limits = { longestDays: 7 };

    expect(evaluate({ until }, {}, {}, { limits })).toMatchObject({
      verdict: 'refuse',
      reasons: [{ code }],
    });
  });
});
