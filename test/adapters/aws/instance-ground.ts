import type { Instance as AwsInstance } from '@aws-sdk/client-ec2';
import { instanceOf } from '#adapters/aws/ec2-instance.ts';
import type { MachinePlan, Size } from '#domain/launch/launch-plan.ts';
import type { Launcher } from '#ports/launcher.ts';
import { aPlan, aResize, aStart } from '../../builders.ts';
import { MEMBER, REGION } from './deployed-hub.ts';
import { createConfiguration, launchWorld, TICKET } from './launch-ground.ts';

/** Longer than EC2 takes to stop or to start an instance. */
export const A_WHILE = 60_000;

/** A launched instance in the member account, running; and what people do to it. */
export async function instanceWorld() {
  const world = await launchWorld();
  const { hub, region } = world;
  const other = await createConfiguration(hub, 8, 'Windows Server');
  const [own = ''] = world.plan.licenseConfigurationArns;
  const first = { ...TICKET, requestId: 'req-0000000009' };
  await world.launcherOf().launch(world.plan, first);
  const pass = async (ms = A_WHILE) => {
    hub.clock.advance(ms);
    await call('DescribeInstances', {});
  };
  const call = (operation: string, input: unknown, service = 'ec2') =>
    hub.aws.call({ service, operation, input, account: MEMBER, region: REGION });
  await pass();
  const [instanceId = ''] = region.instances.keys();

  function aws(): AwsInstance {
    const instance = region.instances.get(instanceId);
    if (instance === undefined) throw new Error('gone');
    return instance;
  }
  const now = () => instanceOf(aws(), { account: MEMBER, region: REGION });

  return {
    ...world,
    own,
    other,
    instanceId,
    first,
    pass,
    call,
    /** The instance as EC2 has it. */
    now,
    async stop() {
      await call('StopInstances', { InstanceIds: [instanceId] });
      await pass();
    },
    /** Its start as it is now, under these license configurations beside its own. */
    startPlan: (attach: readonly string[] = []): MachinePlan =>
      aPlan({
        action: aStart({ instanceId, attach }),
        licenseConfigurationArns: [own, ...attach].toSorted(),
        tags: [],
      }),
    resizePlan: (to: Partial<Size>, attach: readonly string[] = []): MachinePlan => {
      const { instanceType, cpuOptions, state } = now();
      const from = { instanceType, cpuOptions };
      return aPlan({
        action: aResize({ instanceId, attach, from, running: state === 'running' }),
        licenseConfigurationArns: [own, ...attach].toSorted(),
        tags: [],
        ...from,
        ...to,
      });
    },
    /** A change of it as it is now. */
    changePlan: (
      action: MachinePlan['action'],
      changes: Partial<MachinePlan> = {},
    ): MachinePlan => {
      const { instanceType, cpuOptions, tenancy, hostId, licenseConfigurationArns } = now();
      const as = { instanceType, cpuOptions, tenancy, hostId, licenseConfigurationArns };
      return aPlan({ ...as, tags: [], action, ...changes });
    },
    /** Launches until EC2 needs no more time. */
    async finish(launcher: Launcher, plan: MachinePlan, ticket = TICKET) {
      let outcome = await launcher.launch(plan, ticket);
      for (let tries = 3; outcome.kind === 'under-way' && tries > 0; tries -= 1) {
        await pass();
        outcome = await launcher.launch(plan, ticket);
      }
      return outcome;
    },
    calls: () =>
      hub.calls
        .list()
        .map(({ operation }) => operation)
        .filter((operation) => CHANGING.has(operation)),
  };
}

const CHANGING: ReadonlySet<string> = new Set([
  'CreateTags',
  'ModifyInstanceAttribute',
  'ModifyInstanceCpuOptions',
  'ModifyInstancePlacement',
  'CreateLicenseConversionTaskForResource',
  'StartInstances',
  'StopInstances',
  'UpdateLicenseSpecificationsForResource',
]);

export type InstanceWorld = Awaited<ReturnType<typeof instanceWorld>>;
