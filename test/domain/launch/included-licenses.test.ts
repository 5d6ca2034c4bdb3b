import { describe, expect, it } from 'vitest';
import { resolvePlan } from '#domain/launch/launch-planning.ts';
import { poolIdOf } from '#domain/licenses/license-pool.ts';
import {
  aChoice,
  aConfiguration,
  anImage,
  anInstance,
  aShard,
  aTemplate,
  configurationArn,
  POLICY_HASH,
  poolId,
} from '../../builders.ts';

/** The plan of a launch whose licenses are said to be in the price, from an image that is billed so. */
function planned(usageOperation: string, ...pools: readonly string[]) {
  const configurations = pools.map((name, index) =>
    aConfiguration({ digit: String(index + 1), name }),
  );
  const image = anImage({ usageOperation, platformDetails: 'Something new' });
  const shard = aShard({ configurations, images: [image] });
  const otherPoolIds = configurations.slice(1).map(poolIdOf);
  return resolvePlan(aChoice({ licenseIncluded: true, otherPoolIds }), shard, POLICY_HASH);
}

describe('a launch whose licenses are in the hourly price', () => {
  it.each`
    usageOperation         | pools                                        | because
    ${'RunInstances:0006'} | ${['SQL Server Standard']}                   | ${'the edition is in the price'}
    ${'RunInstances:0006'} | ${['SQL Server']}                            | ${'any edition will do'}
    ${'RunInstances:0006'} | ${['SQL Server Standard', 'Windows Server']} | ${'both are in the price'}
    ${'RunInstances:0002'} | ${['Windows Server 2022']}                   | ${'the system is in the price'}
    ${'RunInstances:0010'} | ${['Red Hat Enterprise Linux']}              | ${'the subscription is in the price'}
    ${'RunInstances:0006'} | ${['Pool of the CRM']}                       | ${'the name tells no product, and there is one in the price'}
  `('draws nothing of $pools from $usageOperation: $because', ({ usageOperation, pools }) => {
    expect(planned(usageOperation, ...pools)).toMatchObject({
      ok: true,
      plan: { licenseConfigurationArns: [] },
    });
  });

  it.each`
    usageOperation         | pools                                     | because
    ${'RunInstances:0800'} | ${['Windows Server']}                     | ${'Windows is brought along'}
    ${'RunInstances:0002'} | ${['SQL Server Standard']}                | ${'only the system is in the price'}
    ${'RunInstances:0006'} | ${['SQL Server Enterprise']}              | ${'another edition is in the price'}
    ${'RunInstances:0100'} | ${['SQL Server', 'Windows Server']}       | ${'one of them is not in the price'}
    ${'RunInstances:0006'} | ${['Oracle Database Enterprise Edition']} | ${'nobody sells that by the hour'}
    ${'RunInstances'}      | ${['Pool of the CRM']}                    | ${'no license is in the price'}
    ${'RunInstances:00g0'} | ${['Red Hat Enterprise Linux']}           | ${'the subscription is brought along'}
    ${'RunInstances:9999'} | ${['SQL Server']}                         | ${'nobody knows what that is'}
  `('is refused for $pools from $usageOperation: $because', ({ usageOperation, pools }) => {
    expect(planned(usageOperation, ...pools)).toEqual({
      ok: false,
      reasons: [{ code: 'image-without-licenses', imageId: anImage().imageId }],
    });
  });

  it('still draws on what its template attaches', () => {
    const shard = aShard({
      configurations: [aConfiguration({ name: 'SQL Server Standard' })],
      images: [anImage({ usageOperation: 'RunInstances:0006' })],
      launchTemplates: [aTemplate({ licenseConfigurationArns: [configurationArn('1')] })],
    });

    expect(resolvePlan(aChoice({ licenseIncluded: true }), shard, POLICY_HASH)).toMatchObject({
      plan: { licenseConfigurationArns: [configurationArn('1')] },
    });
  });

  it('says nothing of an instance that is there: its licenses are drawn all the same', () => {
    const instance = anInstance({ state: 'stopped', licenseConfigurationArns: [] });
    const target = { operation: 'start', instanceId: instance.instanceId } as const;
    const choice = aChoice({ licenseIncluded: true, target, poolId: poolId('1') });

    expect(resolvePlan(choice, aShard({ instances: [instance] }), POLICY_HASH)).toMatchObject({
      plan: { licenseConfigurationArns: [configurationArn('1')] },
    });
  });
});
