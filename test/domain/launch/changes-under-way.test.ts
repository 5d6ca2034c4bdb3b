import { describe, expect, it } from 'vitest';
import { figuresOf, isListed } from '#domain/estate/collection.ts';
import type { Instance } from '#domain/estate/instance.ts';
import { withChangesUnderWay } from '#domain/launch/changes-under-way.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import {
  aConfiguration,
  aConversion,
  aHold,
  aMove,
  anInstance,
  aPlan,
  aRequest,
  aResize,
  aShard,
  aStart,
  aType,
  aUsage,
  configurationArn,
  NOW,
} from '../../builders.ts';

const INSTANCE = 'i-0000000000000000a';
const BIGGER = { instanceType: 'r6i.4xlarge', cpuOptions: { coreCount: 8, threadsPerCore: 2 } };
const hold = aHold({ licenses: 8, firm: true });

function resizing(changes: Partial<LaunchRequest> = {}, running = true): LaunchRequest {
  const plan = aPlan({ action: aResize({ running }), ...BIGGER });
  return aRequest({ status: 'launching', plan, ...changes });
}

function shardWith(instance: Partial<Instance>, usage = [aUsage()]) {
  const types = [aType(), aType({ name: 'r6i.4xlarge', defaultVcpus: 16, defaultCores: 8 })];
  return aShard({ instances: [anInstance(instance)], instanceTypes: types, usage });
}

function taken(shard: ReturnType<typeof shardWith>, request: LaunchRequest): number {
  const counted = withChangesUnderWay(shard, [request]);
  const figures = figuresOf(counted, aConfiguration(), [hold], [request], NOW);
  return figures.counted + (figures.unlisted.get(hold.consumer) ?? hold.licenses);
}

describe('an instance that a change has stopped', () => {
  const stopped = { state: 'stopped', tenancy: 'host', hostId: 'h-1' } as const;
  const [own, other] = [configurationArn('1'), configurationArn('2')];

  it.each([
    [
      'a move',
      aMove({ licenses: { add: [other], remove: [own] } }),
      { ...stopped, licenseConfigurationArns: [other] },
      { tenancy: 'default', hostId: null, licenseConfigurationArns: [own] },
    ],
    [
      'a conversion',
      aConversion(),
      { ...stopped, usageOperation: 'RunInstances:0002' },
      { usageOperation: 'RunInstances:0800' },
    ],
    ['a move that stays stopped', aMove({ running: false }), stopped, stopped],
  ])('counts as it was before %s', (_what, action, instance, before) => {
    const request = aRequest({ status: 'launching', plan: aPlan({ action }) });
    const [counted] = withChangesUnderWay(shardWith(instance), [request]).instances;

    const state = action.running ? 'running' : 'stopped';
    expect(counted).toMatchObject({ ...before, state });
  });
});

describe('licenses of an instance that is resized', () => {
  const launched = resizing({ status: 'launched', instanceIds: [INSTANCE] });

  it.each`
    instance                           | usage                         | request                            | takes | when
    ${{ state: 'running' }}            | ${[aUsage()]}                 | ${resizing()}                      | ${16} | ${'it runs at its old size'}
    ${{ state: 'stopping' }}           | ${[aUsage()]}                 | ${resizing()}                      | ${16} | ${'EC2 stops it'}
    ${{ state: 'stopped' }}            | ${[]}                         | ${resizing()}                      | ${16} | ${'it is stopped'}
    ${{ state: 'stopped' }}            | ${[]}                         | ${resizing({ status: 'unknown' })} | ${16} | ${'nobody knows how far it is'}
    ${{ state: 'stopped', ...BIGGER }} | ${[]}                         | ${resizing()}                      | ${16} | ${'it has its new size'}
    ${{ state: 'running', ...BIGGER }} | ${[aUsage({ consumed: 16 })]} | ${launched}                        | ${16} | ${'it is done, and listed'}
  `(
    'are never fewer than it will take: $takes when $when',
    ({ instance, usage, request, takes }) => {
      expect(taken(shardWith(instance, usage), request)).toBe(takes);
    },
  );

  it.each`
    instance                           | request       | when
    ${{ state: 'running', ...BIGGER }} | ${resizing()} | ${'it runs already and nobody has noted it'}
    ${{ state: 'running', ...BIGGER }} | ${launched}   | ${'License Manager does not list it yet'}
  `('are rather too many than too few when $when', ({ instance, request }) => {
    expect(taken(shardWith(instance, []), request)).toBeGreaterThanOrEqual(16);
  });

  it.each([
    ['it was stopped before', resizing({}, false)],
    ['it is only started', resizing({ plan: aPlan({ action: aStart() }) })],
    ['it is done: who stopped it freed them', launched],
  ])('are free when it is stopped and %s', (_when, request) => {
    const shard = shardWith({ state: 'stopped' }, []);

    expect(withChangesUnderWay(shard, [request]).instances).toEqual(shard.instances);
  });

  it('leaves a shard without resizes as it is', () => {
    const shard = shardWith({});

    expect(withChangesUnderWay(shard, [aRequest({ status: 'launching' })])).toBe(shard);
  });
});

describe('a stopped instance of a new size', () => {
  it('is confirmed at once: no license is taken before somebody starts it', () => {
    const stopped = resizing({ status: 'launched', instanceIds: [INSTANCE] }, false);

    expect(isListed(stopped, shardWith({ state: 'stopped', ...BIGGER }, []))).toBe(true);
    expect(isListed(resizing({ instanceIds: [INSTANCE] }), shardWith({}, []))).toBe(false);
  });
});
