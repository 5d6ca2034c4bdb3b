import { DescribeHostsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import type { Refusal } from '#domain/launch/launch-failure.ts';
import type { MachinePlan } from '#domain/launch/launch-plan.ts';

/** Why the plan's Dedicated Host cannot take it now; `null` when it can, or when there is none. */
export async function hostProblem(
  ec2: EC2Client,
  { hostId, instanceType, count }: MachinePlan,
): Promise<Refusal | null> {
  if (hostId === null) return null;
  const { Hosts } = await ec2.send(new DescribeHostsCommand({ HostIds: [hostId] }));
  const [host] = Hosts ?? [];
  if (host?.State !== 'available') {
    const message = `The Dedicated Host ${hostId} is ${host?.State ?? 'gone'}.`;
    return { code: 'host-unavailable', message, advice: CHANGED };
  }
  const slots = host.AvailableCapacity?.AvailableInstanceCapacity ?? [];
  const free = slots.find((slot) => slot.InstanceType === instanceType)?.AvailableCapacity ?? 0;
  if (free >= count) return null;
  const message = `The Dedicated Host ${hostId} has room for ${free} more.`;
  return { code: 'host-full', message, advice: { code: 'find-capacity', on: 'host' } };
}

const CHANGED = { code: 'request-again', changed: 'host' } as const;
