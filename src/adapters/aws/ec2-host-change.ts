import {
  AllocateHostsCommand,
  DescribeHostsCommand,
  type EC2Client,
  EC2ServiceException,
  ReleaseHostsCommand,
} from '@aws-sdk/client-ec2';
import { clientToken } from '#adapters/aws/ec2-run.ts';
import { AnsweredNo } from '#adapters/aws/launch-failure.ts';
import { type LaunchOperation, UNDONE } from '#adapters/aws/launch-operation.ts';
import type { Refusal } from '#domain/launch/launch-failure.ts';
import type { ActionOf } from '#domain/launch/launch-plan.ts';
import { REQUESTER_TAG, RUN_TAG } from '#domain/requests/request-marks.ts';

/** A new Dedicated Host for what names it, and nothing else. Its client token makes it one, however often that is asked. */
export function allocatedHost(action: ActionOf<'allocate-host'>): LaunchOperation {
  const { instanceFamily, availabilityZone, hostRecovery } = action;
  return {
    async launch({ ec2 }, ticket) {
      const { HostIds = [] } = await ec2.send(
        new AllocateHostsCommand({
          ClientToken: clientToken(ticket),
          InstanceFamily: instanceFamily,
          AvailabilityZone: availabilityZone,
          Quantity: 1,
          AutoPlacement: 'off',
          HostRecovery: hostRecovery ? 'on' : 'off',
          TagSpecifications: [
            {
              ResourceType: 'dedicated-host',
              Tags: [
                { Key: RUN_TAG, Value: ticket.requestId },
                { Key: REQUESTER_TAG, Value: ticket.requestedBy },
              ],
            },
          ],
        }),
      );
      return { kind: 'launched', instanceIds: HostIds };
    },

    async find({ ec2 }, ticket) {
      const { Hosts = [] } = await ec2.send(
        new DescribeHostsCommand({
          Filter: [{ Name: 'client-token', Values: [clientToken(ticket)] }],
        }),
      );
      return Hosts.map(({ HostId }) => HostId).filter((id) => id !== undefined);
    },

    problem: async () => null,
    undo: async () => UNDONE,
  };
}

/** A Dedicated Host given back, when nothing is on it. Once it is released there is nothing more to do. */
export function releasedHost({ hostId }: ActionOf<'release-host'>): LaunchOperation {
  const released = { kind: 'launched', instanceIds: [hostId] } as const;
  return {
    async launch({ ec2 }) {
      const state = await stateOf(ec2, hostId);
      if (state.gone) return released;
      const problem = problemOf(hostId, state);
      if (problem !== null) return { kind: 'refused', ...problem };
      const { Unsuccessful = [] } = await ec2.send(new ReleaseHostsCommand({ HostIds: [hostId] }));
      const [item] = Unsuccessful;
      if (item === undefined) return released;
      throw new AnsweredNo(item.Error?.Code ?? 'unknown', item.Error?.Message ?? '');
    },

    async find({ ec2 }) {
      return (await stateOf(ec2, hostId)).gone ? [hostId] : [];
    },

    async problem({ ec2 }) {
      return problemOf(hostId, await stateOf(ec2, hostId));
    },

    undo: async () => UNDONE,
  };
}

/** A host as EC2 shows it now. */
interface HostState {
  readonly gone: boolean;
  readonly instances: number;
}

const GONE: HostState = { gone: true, instances: 0 };

async function stateOf(ec2: EC2Client, hostId: string): Promise<HostState> {
  try {
    const { Hosts } = await ec2.send(new DescribeHostsCommand({ HostIds: [hostId] }));
    const [host] = Hosts ?? [];
    const gone = host?.State === undefined || host.State.startsWith('released');
    return { gone, instances: host?.Instances?.length ?? 0 };
  } catch (error) {
    // Hosts have no filter by id, and naming one that EC2 does not show fails.
    if (error instanceof EC2ServiceException && error.name === 'InvalidHostID.NotFound')
      return GONE;
    throw error;
  }
}

function problemOf(hostId: string, { gone, instances }: HostState): Refusal | null {
  const advice = { code: 'request-again', changed: 'host' } as const;
  if (gone) return { code: 'host-gone', message: `The Dedicated Host ${hostId} is gone.`, advice };
  if (instances === 0) return null;
  const message = `The Dedicated Host ${hostId} is not empty: ${instances} on it.`;
  return { code: 'host-not-empty', message, advice };
}
