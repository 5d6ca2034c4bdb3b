import type { Instance } from '@aws-sdk/client-ec2';
import type { Cloud, RegionState } from '../cloud/cloud.ts';
import { ranDuring } from '../demand/demand.ts';
import { listedHostHourly, listedHourly } from '../pricing/hourly-price.ts';

const HOUR = 3_600_000;

/** Billing data come in some three times a day: what ran since is not in them yet. */
const LATE = 8 * HOUR;

/** What a stretch of time of one machine is billed, by Cost Explorer's dimensions. */
export interface BilledLine {
  readonly LINKED_ACCOUNT: string;
  readonly REGION: string;
  readonly SERVICE: string;
  readonly OPERATION: string;
  readonly INSTANCE_TYPE: string;
  readonly PURCHASE_TYPE: string;
  readonly hours: number;
  readonly usd: number;
}

/** Everything that EC2 bills these accounts from `start` to `end`, as far as it has come in by now. */
export function billOf(
  { regions, clock }: Cloud,
  accounts: readonly string[],
  { start, end }: { readonly start: number; readonly end: number },
): BilledLine[] {
  const until = Math.min(end, Math.floor((clock.now() - LATE) / HOUR) * HOUR);
  const hoursOf = (from: number, to: number) =>
    Math.max(0, Math.min(to, until) - Math.max(from, start)) / HOUR;
  return regions()
    .filter(({ account }) => accounts.includes(account))
    .flatMap((state) => [
      ...[...state.instances.values()].map((instance) => {
        const { from, to } = ranDuring(instance, clock.now());
        return instanceLine(state, instance, hoursOf(from, to));
      }),
      ...hostLines(state, hoursOf),
    ])
    .filter(({ usd }) => usd > 0);
}

function instanceLine(state: RegionState, instance: Instance, hours: number): BilledLine {
  const spot = instance.InstanceLifecycle === 'spot';
  const operation = instance.UsageOperation ?? 'RunInstances';
  return {
    ...placeOf(state),
    OPERATION: spot ? `${operation}:SV001` : operation,
    INSTANCE_TYPE: instance.InstanceType ?? '',
    PURCHASE_TYPE: spot ? 'Spot Instances' : 'On Demand Instances',
    hours,
    usd: (hours * listedHourly(state.region, instance)) / 1_000_000,
  };
}

/** A host is billed from when it is allocated, whether or not something runs on it. */
function hostLines(
  state: RegionState,
  hoursOf: (from: number, to: number) => number,
): BilledLine[] {
  return [...state.hosts.values()].map(({ AllocationTime, ReleaseTime, HostProperties }) => {
    const from = AllocationTime?.getTime() ?? Number.POSITIVE_INFINITY;
    const hours = hoursOf(from, ReleaseTime?.getTime() ?? Number.POSITIVE_INFINITY);
    const hourly = listedHostHourly(state.region, HostProperties?.InstanceFamily ?? '');
    return {
      ...placeOf(state),
      OPERATION: 'RunInstances',
      INSTANCE_TYPE: 'NoInstanceType',
      PURCHASE_TYPE: 'On Demand Instances',
      hours,
      usd: (hours * hourly) / 1_000_000,
    };
  });
}

function placeOf({ account, region }: RegionState) {
  const SERVICE = 'Amazon Elastic Compute Cloud - Compute';
  return { LINKED_ACCOUNT: account, REGION: region, SERVICE };
}
