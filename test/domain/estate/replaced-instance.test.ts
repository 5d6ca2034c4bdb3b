import { describe, expect, it } from 'vitest';
import type { Instance } from '#domain/estate/instance.ts';
import { licensesReplaced, replacedInstance } from '#domain/estate/replaced-instance.ts';
import {
  aConfiguration,
  aHost,
  anInstance,
  aPlan,
  aResize,
  aShard,
  aUsage,
} from '../../builders.ts';

const INSTANCE = 'i-0000000000000000a';

function shardWith(instance: Partial<Instance>) {
  const configurations = [aConfiguration(), aConfiguration({ digit: '2' })];
  return aShard({ instances: [anInstance(instance)], configurations });
}

describe('what a plan takes the place of', () => {
  const resize = aPlan({ action: aResize() });

  it.each`
    state         | replaced
    ${'running'}  | ${8}
    ${'stopping'} | ${8}
    ${'pending'}  | ${8}
    ${'stopped'}  | ${0}
  `('is $replaced licenses of an instance that is $state', ({ state, replaced }) => {
    const shard = shardWith({ state });

    expect(licensesReplaced(resize, shard, aConfiguration())).toBe(replaced);
    expect(replacedInstance(resize, shard)?.instanceId ?? null).toBe(
      replaced === 0 ? null : INSTANCE,
    );
  });

  it('is nothing for new instances, though others run', () => {
    expect(licensesReplaced(aPlan(), shardWith({}), aConfiguration())).toBe(0);
  });

  it('is nothing of a configuration that the instance is not associated with', () => {
    expect(licensesReplaced(resize, shardWith({}), aConfiguration({ digit: '2' }))).toBe(0);
  });

  it('is nothing of a host’s licenses, which stay', () => {
    const core = aConfiguration({ countingType: 'Core' });
    const instances = [anInstance({ hostId: aHost().hostId })];
    const shard = aShard({ configurations: [core], hosts: [aHost()], instances });

    expect(licensesReplaced(resize, shard, core)).toBe(0);
  });

  it('is what License Manager lists where nothing describes the type', () => {
    const instances = [anInstance({ instanceType: 'z9.large', cpuOptions: null })];
    const shard = aShard({ instances, usage: [aUsage({ consumed: 12 })] });

    expect(licensesReplaced(resize, shard, aConfiguration())).toBe(12);
    expect(licensesReplaced(resize, aShard({ instances }), aConfiguration())).toBe(0);
  });
});
