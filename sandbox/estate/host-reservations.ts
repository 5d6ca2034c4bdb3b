import { ERP_PRODUCTION } from './accounts.ts';
import { hostId } from './dedicated-hosts.ts';
import { daysAgo, type Ground } from './ground.ts';

/** Hosts that are paid for until then, whatever becomes of them. */
const RESERVATIONS = [
  { account: ERP_PRODUCTION, region: 'us-east-1', host: 'erp-win-host-1', endsInDays: 205 },
] as const;

const DAYS_A_YEAR = 365;

/** Bought for a year, paid by the month. */
export function addHostReservations(ground: Ground): void {
  const { site, state } = ground;
  for (const { account, region, host, endsInDays } of RESERVATIONS) {
    const id = hostId(site, host);
    const reserved = state.hosts.get(id);
    if (account !== site.account || region !== site.region || reserved === undefined) continue;
    const HostReservationId = `hr-${id.slice('h-'.length)}`;
    const End = daysAgo(ground, -endsInDays);
    reserved.HostReservationId = HostReservationId;
    state.hostReservations.set(HostReservationId, {
      HostReservationId,
      HostIdSet: [id],
      InstanceFamily: reserved.HostProperties?.InstanceFamily,
      Count: 1,
      Start: daysAgo(ground, DAYS_A_YEAR - endsInDays),
      End,
      Duration: DAYS_A_YEAR * 86_400,
      PaymentOption: 'NoUpfront',
      HourlyPrice: '3.5480',
      UpfrontPrice: '0.0000',
      CurrencyCode: 'USD',
      State: 'active',
    });
  }
}
