import type {
  DescribeHostReservationsRequest,
  DescribeHostReservationsResult,
  HostReservation,
} from '@aws-sdk/client-ec2';
import type { Call } from './ec2.ts';
import { invalidParameterValue } from './errors.ts';
import { byTags, type FilterFields, filtered } from './filters.ts';
import { page } from './paging.ts';

const FIELDS: FilterFields<HostReservation> = {
  'instance-family': ({ InstanceFamily }) => InstanceFamily,
  'payment-option': ({ PaymentOption }) => PaymentOption,
  state: ({ State }) => State,
};

/** A reservation stays listed when it has ended. */
export function describeHostReservations(
  { ec2, region }: Call,
  input: DescribeHostReservationsRequest,
): DescribeHostReservationsResult {
  const now = ec2.cloud.clock.now();
  const ids = input.HostReservationIdSet ?? [];
  const unknown = ids.find((id) => !region.hostReservations.has(id));
  if (unknown !== undefined) throw invalidParameterValue(`Invalid host reservation ID ${unknown}`);
  const found = [...region.hostReservations.values()]
    .filter(({ HostReservationId = '' }) => ids.length === 0 || ids.includes(HostReservationId))
    .map((reservation): HostReservation => {
      const isOver = (reservation.End?.getTime() ?? now) <= now;
      return isOver ? { ...reservation, State: 'retired' } : reservation;
    });
  const { items, NextToken } = page(filtered(found, input.Filter, FIELDS, byTags), input, {
    keyOf: ({ HostReservationId }) => HostReservationId ?? '',
    least: 5,
    most: 500,
    idsGiven: ids.length > 0 ? 'hostReservationIdSet' : undefined,
  });
  return { HostReservationSet: items, NextToken };
}
