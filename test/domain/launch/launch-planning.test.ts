import { describe, expect, it } from 'vitest';
import { attachedConfigurations } from '#domain/estate/attached-configurations.ts';
import { chooseHost, hostsWithRoom } from '#domain/launch/host-choice.ts';
import { resolvePlan, sealPlan } from '#domain/launch/launch-planning.ts';
import {
  aChoice,
  aConfiguration,
  aHost,
  anImage,
  anInstance,
  aPlan,
  aRun,
  aShard,
  aTemplate,
  aType,
  configurationArn,
  machinesOf,
  POLICY_HASH,
  poolId,
  sha256,
} from '../../builders.ts';

function planOf(choice = aChoice(), shard = aShard()) {
  const planning = resolvePlan(choice, shard, POLICY_HASH);
  if (!planning.ok) throw new Error(JSON.stringify(planning.reasons));
  return machinesOf(planning.plan);
}

const GONE = { operation: 'launch', launchTemplateId: 'lt-gone' } as const;

describe('resolvePlan', () => {
  it('takes everything from the template, and pins its version and image (T11)', () => {
    expect(planOf()).toEqual(aPlan());
  });

  it('attaches the pool chosen beside what the template attaches, once and in order', () => {
    const template = aTemplate({
      licenseConfigurationArns: [configurationArn('9'), configurationArn('1')],
    });

    expect(
      planOf(aChoice(), aShard({ launchTemplates: [template] })).licenseConfigurationArns,
    ).toEqual([configurationArn('1'), configurationArn('9')]);
  });

  it.each`
    choice                     | shard                                                                | reasons
    ${{ target: GONE }}        | ${{}}                                                                | ${[{ code: 'template-unknown', launchTemplateId: 'lt-gone' }]}
    ${{ poolId: poolId('7') }} | ${{}}                                                                | ${[{ code: 'pool-unknown', poolId: poolId('7') }]}
    ${{}}                      | ${{ launchTemplates: [aTemplate({ imageId: null })] }}               | ${[{ code: 'template-incomplete', missing: 'image' }]}
    ${{}}                      | ${{ launchTemplates: [aTemplate({ imageId: 'resolve:ssm:/ami' })] }} | ${[{ code: 'template-incomplete', missing: 'explicit-image' }]}
    ${{}}                      | ${{ images: [] }}                                                    | ${[{ code: 'image-unavailable', imageId: 'ami-0000000000000000a' }]}
    ${{}}                      | ${{ images: [anImage({ state: 'deregistered' })] }}                  | ${[{ code: 'image-unavailable', imageId: 'ami-0000000000000000a' }]}
  `('refuses with $reasons', ({ choice, shard, reasons }) => {
    expect(resolvePlan(aChoice(choice), aShard(shard), POLICY_HASH)).toEqual({
      ok: false,
      reasons,
    });
  });

  it('names everything that is missing at once', () => {
    const choice = aChoice({ target: GONE, poolId: poolId('7') });

    expect(resolvePlan(choice, aShard(), POLICY_HASH)).toMatchObject({
      reasons: [{ code: 'template-unknown' }, { code: 'pool-unknown' }],
    });
  });

  const own = { coreCount: 2, threadsPerCore: 1 };
  it.each`
    choice                                             | template                                          | cpuOptions                             | because
    ${{}}                                              | ${{}}                                             | ${null}                                | ${'nobody asks for any'}
    ${{ cores: 2, threadsPerCore: 1 }}                 | ${{}}                                             | ${own}                                 | ${'the choice says both'}
    ${{ cores: 2 }}                                    | ${{}}                                             | ${{ coreCount: 2, threadsPerCore: 2 }} | ${'EC2 takes both or none'}
    ${{ threadsPerCore: 1 }}                           | ${{}}                                             | ${{ coreCount: 4, threadsPerCore: 1 }} | ${'EC2 takes both or none'}
    ${{}}                                              | ${{ cpuOptions: own }}                            | ${own}                                 | ${'the template says so for its own type'}
    ${{ cores: 3 }}                                    | ${{ cpuOptions: own }}                            | ${{ coreCount: 3, threadsPerCore: 2 }} | ${'the choice comes first'}
    ${{}}                                              | ${{ cpuOptions: own, instanceType: 'r6i.large' }} | ${{ coreCount: 4, threadsPerCore: 2 }} | ${'the template’s are for another type'}
    ${{ instanceType: 'z9.large' }}                    | ${{ cpuOptions: own }}                            | ${null}                                | ${'nothing is known of the type'}
    ${{ instanceType: 'z9.large', cores: 2 }}          | ${{}}                                             | ${{ coreCount: 2, threadsPerCore: 1 }} | ${'nothing is known of the type'}
    ${{ instanceType: 'z9.large', threadsPerCore: 2 }} | ${{}}                                             | ${{ coreCount: 1, threadsPerCore: 2 }} | ${'nothing is known of the type'}
  `('gives CPU options $cpuOptions: $because', ({ choice, template, cpuOptions }) => {
    const shard = aShard({ launchTemplates: [aTemplate(template)] });

    expect(planOf(aChoice(choice), shard).cpuOptions).toEqual(cpuOptions);
  });

  it.each`
    choice                    | template                                     | placement
    ${{}}                     | ${{ tenancy: 'dedicated' }}                  | ${{ tenancy: 'dedicated', hostId: null }}
    ${{ hostId: 'h-chosen' }} | ${{}}                                        | ${{ tenancy: 'host', hostId: 'h-chosen' }}
    ${{ hostId: 'h-chosen' }} | ${{ tenancy: 'host', hostId: 'h-template' }} | ${{ tenancy: 'host', hostId: 'h-chosen' }}
    ${{}}                     | ${{ tenancy: 'host', hostId: 'h-template' }} | ${{ tenancy: 'host', hostId: 'h-template' }}
    ${{}}                     | ${{ tenancy: 'host' }}                       | ${{ tenancy: 'host', hostId: 'h-0000000000000000a' }}
    ${{ count: 9 }}           | ${{ tenancy: 'host' }}                       | ${{ tenancy: 'host', hostId: null }}
  `('places $choice on $template as $placement', ({ choice, template, placement }) => {
    const shard = aShard({ launchTemplates: [aTemplate(template)], hosts: [aHost()] });

    expect(planOf(aChoice(choice), shard)).toMatchObject(placement);
  });
});

describe('hostsWithRoom', () => {
  const core = aConfiguration({ countingType: 'Core' });
  const socket = aConfiguration({ digit: '2', countingType: 'Socket' });
  const plan = aPlan({ tenancy: 'host' });
  const licensed = (hostId: string) => anInstance({ instanceId: `i-on-${hostId}`, hostId });
  const room = (slots: number) => ({ availableCapacity: { 'r6i.2xlarge': slots } });

  it('puts licensed hosts first, then the tightest fit, then the id', () => {
    const hosts = [
      aHost({ hostId: 'h-d', ...room(2) }),
      aHost({ hostId: 'h-c', ...room(2) }),
      aHost({ hostId: 'h-b', ...room(1) }),
      aHost({ hostId: 'h-a', ...room(8) }),
    ];
    const shard = aShard({ configurations: [core], hosts, instances: [licensed('h-a')] });

    expect(hostsWithRoom(plan, shard).map(({ hostId }) => hostId)).toEqual([
      'h-a',
      'h-b',
      'h-c',
      'h-d',
    ]);
    expect(hostsWithRoom(plan, { ...shard, hosts: hosts.toReversed() })).toEqual(
      hostsWithRoom(plan, shard),
    );
  });

  it('weighs sockets as sockets and cores as cores', () => {
    const hosts = [
      aHost({ hostId: 'h-a', cores: 64, sockets: 1 }),
      aHost({ hostId: 'h-b', cores: 48, sockets: 2 }),
    ];
    const bySocket = { ...plan, licenseConfigurationArns: [socket.arn] };

    expect(chooseHost(plan, aShard({ configurations: [core], hosts }))?.hostId).toBe('h-b');
    expect(chooseHost(bySocket, aShard({ configurations: [socket], hosts }))?.hostId).toBe('h-a');
  });

  it.each`
    host                                         | because
    ${aHost({ state: 'under-assessment' })}      | ${'it is not available'}
    ${aHost({ availableCapacity: {} })}          | ${'it takes other types'}
    ${aHost(room(1))}                            | ${'it takes only one of two'}
    ${aHost({ availabilityZone: 'us-east-1b' })} | ${'it is in another zone'}
  `('leaves out a host when $because', ({ host }) => {
    const shard = aShard({
      hosts: [host],
      launchTemplates: [aTemplate({ availabilityZone: 'us-east-1a' })],
    });

    expect(chooseHost({ ...plan, count: 2 }, shard)).toBeNull();
  });
});

describe('attachedConfigurations', () => {
  it('are the plan’s, the image’s and the host’s, each once', () => {
    const configurations = ['1', '2', '3', '4'].map((digit) => aConfiguration({ digit }));
    const shard = aShard({
      configurations,
      images: [anImage({ licenseConfigurationArns: [configurationArn('2')] })],
      hosts: [aHost({ licenseConfigurationArns: [configurationArn('3'), configurationArn('1')] })],
    });

    const attached = attachedConfigurations(aPlan({ hostId: aHost().hostId }), shard);

    expect(attached).toEqual(configurations.slice(0, 3));
  });

  it('are the plan’s alone where image and host are unknown', () => {
    const shard = aShard({ images: [] });

    expect(attachedConfigurations(aPlan(), shard)).toEqual([aConfiguration()]);
  });
});

describe('sealPlan', () => {
  it('is one hash for one plan, whatever the order of its keys', () => {
    const reversed = Object.fromEntries(Object.entries(aPlan()).reverse());

    expect(sealPlan({ ...aPlan(), ...reversed }, sha256)).toBe(sealPlan(aPlan(), sha256));
  });

  it.each`
    change
    ${{ imageId: 'ami-0000000000000000b' }}
    ${{ action: aRun({ launchTemplate: { id: 'lt-0000000000000000a', name: 'sql-server', version: 4 } }) }}
    ${{ instanceType: 'r6i.large' }}
    ${{ count: 2 }}
    ${{ cpuOptions: { coreCount: 1, threadsPerCore: 1 } }}
    ${{ action: aRun({ subnetId: null }) }}
    ${{ action: aRun({ securityGroupIds: [] }) }}
    ${{ action: aRun({ instanceProfile: 'admin' }) }}
    ${{ action: aRun({ userDataHash: 'c'.repeat(64) }) }}
    ${{ licenseConfigurationArns: [] }}
    ${{ tags: [] }}
    ${{ hostId: 'h-1' }}
    ${{ hourlyPrice: { micros: 1, currency: 'USD' } }}
    ${{ policyHash: 'd'.repeat(64) }}
  `('changes with $change', ({ change }) => {
    expect(sealPlan(aPlan(change), sha256)).not.toBe(sealPlan(aPlan(), sha256));
  });

  it('needs the type only to plan, not to seal', () => {
    expect(planOf(aChoice(), aShard({ instanceTypes: [aType({ name: 'other' })] }))).toEqual(
      aPlan(),
    );
  });
});
