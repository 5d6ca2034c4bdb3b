import {
  DescribeHostsCommand,
  DescribeInstancesCommand,
  type EC2Client,
  EC2ServiceException,
  type Filter,
} from '@aws-sdk/client-ec2';
import { allPages, batches } from '#adapters/aws/all-pages.ts';
import { hostOf } from '#adapters/aws/ec2-host.ts';
import { instanceOf } from '#adapters/aws/ec2-instance.ts';
import type { Scope } from '#domain/scope.ts';
import type { Reservation, ResourceLookup } from '#ports/resource-lookup.ts';

/** A filter takes this many values. */
const VALUES_A_FILTER = 200;

/** EC2 of any account, asked for single resources. Instances by filters: naming ids would fail for one that is gone. */
export function ec2Lookup(clientOf: (scope: Scope) => EC2Client): ResourceLookup {
  return {
    async reservation(scope, instanceId) {
      const [named] = await reservations(clientOf, scope, 'instance-id', [instanceId]);
      if (named === undefined) return null;
      const parts = await reservations(clientOf, scope, 'reservation-id', [named.id]);
      const instances = parts.flatMap((part) => part.instances);
      // What the second call does not show yet, the first one did.
      return { id: named.id, instances: instances.length === 0 ? named.instances : instances };
    },

    async instances(scope, instanceIds) {
      const found: Reservation[] = [];
      for (const ids of batches(instanceIds, VALUES_A_FILTER)) {
        found.push(...(await reservations(clientOf, scope, 'instance-id', ids)));
      }
      return found.flatMap(({ instances }) => instances);
    },

    async host(scope, hostId) {
      try {
        const { Hosts } = await clientOf(scope).send(
          new DescribeHostsCommand({ HostIds: [hostId] }),
        );
        const [host] = (Hosts ?? []).map((aws) => hostOf(aws, scope));
        return host === undefined || host.state.startsWith('released') ? null : host;
      } catch (error) {
        // Hosts have no filter by id, and naming one that EC2 does not show fails.
        if (error instanceof EC2ServiceException && error.name === 'InvalidHostID.NotFound') {
          return null;
        }
        throw error;
      }
    },
  };
}

async function reservations(
  clientOf: (scope: Scope) => EC2Client,
  scope: Scope,
  name: 'instance-id' | 'reservation-id',
  values: readonly string[],
): Promise<readonly Reservation[]> {
  const Filters: Filter[] = [{ Name: name, Values: [...values] }];
  const client = clientOf(scope);
  const pages = await allPages(
    (NextToken) =>
      client.send(new DescribeInstancesCommand({ Filters, MaxResults: 1000, NextToken })),
    (page) => [page.Reservations, page.NextToken],
  );
  return pages.map(({ ReservationId = '', Instances }) => ({
    id: ReservationId,
    instances: (Instances ?? []).map((aws) => instanceOf(aws, scope)),
  }));
}
