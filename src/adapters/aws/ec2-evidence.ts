import {
  DescribeHostReservationsCommand,
  DescribeInstanceSqlHaStatesCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import * as z from 'zod';
import { allPages } from '#adapters/aws/all-pages.ts';
import type { HostReservation, SqlHaState } from '#domain/estate/evidence.ts';
import type { Scope } from '#domain/scope.ts';
import type { ComputeEvidence } from '#ports/inventory-source.ts';

const AwsReservation = z.object({
  HostReservationId: z.string(),
  HostIdSet: z.array(z.string()).default([]),
  InstanceFamily: z.string(),
  End: z.date(),
});

const AwsSqlHaState = z.object({
  InstanceId: z.string(),
  HaStatus: z.string().default('processing'),
  // What AWS may say some day beside these two is not known to be free.
  SqlServerLicenseUsage: z.enum(['full', 'waived']).nullish().catch(null),
});

/** What EC2 says of reservations of hosts, and of SQL Server that it looks after. */
export function ec2Evidence(clientOf: (scope: Scope) => EC2Client): ComputeEvidence {
  return {
    async hostReservations(scope) {
      const client = clientOf(scope);
      const query = { Filter: [{ Name: 'state', Values: ['active'] }], MaxResults: 500 };
      const found = await allPages(
        (NextToken) => client.send(new DescribeHostReservationsCommand({ ...query, NextToken })),
        (page) => [page.HostReservationSet, page.NextToken],
      );
      return found.map(reservationOf);
    },

    async sqlHaStates(scope) {
      const client = clientOf(scope);
      const query = { MaxResults: 1000 };
      const found = await allPages(
        (NextToken) => client.send(new DescribeInstanceSqlHaStatesCommand({ ...query, NextToken })),
        (page) => [page.Instances, page.NextToken],
      );
      return found.map(sqlHaStateOf);
    },
  };
}

function reservationOf(raw: unknown): HostReservation {
  const aws = AwsReservation.parse(raw);
  return {
    hostReservationId: aws.HostReservationId,
    hostIds: aws.HostIdSet,
    instanceFamily: aws.InstanceFamily,
    endsAt: aws.End,
  };
}

function sqlHaStateOf(raw: unknown): SqlHaState {
  const aws = AwsSqlHaState.parse(raw);
  return {
    instanceId: aws.InstanceId,
    state: aws.HaStatus,
    licenseUsage: aws.SqlServerLicenseUsage ?? null,
  };
}
