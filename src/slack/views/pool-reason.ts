import type { Reason } from '#domain/launch/launch-reason.ts';
import type { CountingType } from '#domain/licenses/license-configuration.ts';
import type { PoolId } from '#domain/licenses/license-pool.ts';
import { figure, plural, unitOf } from '#slack/views/figures.ts';
import { nameText, utc } from '#slack/views/text.ts';

/** What sentences call a pool. */
export type PoolNames = (poolId: PoolId) => {
  readonly name: string;
  readonly countingType: CountingType | null;
};

const TENANCY = {
  default: 'shared hardware',
  dedicated: 'Dedicated Instances',
  host: 'Dedicated Hosts',
} as const;
const UNIT = { vcpus: 'vCPU', cores: 'Core', sockets: 'Socket' } as const;

/** A reason that is about one pool. */
export type PoolReason = Extract<Reason, { readonly poolId: PoolId }>;

/** A reason about a pool, as a sentence. */
export function poolReasonText(reason: PoolReason, pools: PoolNames): string {
  const pool = nameText(pools(reason.poolId).name);
  switch (reason.code) {
    case 'pool-not-allowed':
      return `Policy does not allow launches with ${pool} here.`;
    case 'configuration-disabled':
      return `${pool} is disabled in License Manager.`;
    case 'configuration-expired':
      return `${pool} expired on ${utc(reason.expiredAt)}.`;
    case 'configuration-expires-soon':
      return `${pool} expires on ${utc(reason.expiresAt)}.`;
    case 'tenancy-not-allowed': {
      const allowed = reason.allowed.map((tenancy) => TENANCY[tenancy]).join(' or ');
      return `${pool} allows ${allowed} only, and this launch uses ${TENANCY[reason.tenancy]}.`;
    }
    case 'below-minimum':
      return `${pool} needs at least ${bound(reason)}.`;
    case 'above-maximum':
      return `${pool} allows at most ${bound(reason)}.`;
    case 'needs-dedicated-host':
      return `${pool} counts ${unitOf(2, reason.countingType)}, so it needs a Dedicated Host.`;
    case 'unknown-rule':
      return `${pool} has a rule that I do not know: ${nameText(reason.rule, 100)}.`;
    case 'over-hard-limit':
      return `${pool} is ${licenses(reason.short, reason, pools)} short, and its limit is hard: AWS would refuse the launch.`;
    case 'over-soft-limit':
      return `${pool} is ${licenses(reason.short, reason, pools)} short.`;
    case 'more-than-limit':
      return `This needs more than all of ${pool}: its limit is ${licenses(reason.limit, reason, pools)}.`;
    case 'line-full':
      return `${figure(reason.waiting)} requests wait for ${pool} already, and no more can join them.`;
    case 'pool-unknown':
      return 'The license pool is not known any more.';
    case 'license-stays-with-host':
      return `Licenses of ${pool} stay with their host for ${plural(reason.days, 'day')} after the last instance left it.`;
    case 'license-affinity': {
      const end = reason.until === null ? '' : `, until ${utc(reason.until)}`;
      return `Licenses of ${pool} must stay with ${nameText(reason.hostId)} for ${plural(reason.days, 'day')}${end}, and the other host would need them.`;
    }
    case 'figures-old':
      return `The figures of ${pool} are old: they are from ${utc(reason.asOf)}.`;
  }
}

function bound(reason: Extract<PoolReason, { readonly bound: number }>): string {
  const unit = UNIT[reason.unit];
  return `${figure(reason.bound)} ${unitOf(reason.bound, unit)} an instance, and this launch has ${figure(reason.actual)}`;
}

function licenses(value: number, { poolId }: PoolReason, pools: PoolNames): string {
  const { countingType } = pools(poolId);
  return countingType === null
    ? plural(value, 'license')
    : `${figure(value)} ${unitOf(value, countingType)}`;
}
