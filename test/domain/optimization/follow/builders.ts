import type { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';
import type {
  LicenseSaving,
  Recommendation,
  Savings,
  Setup,
  Step,
} from '#domain/optimization/recommendation.ts';
import { ACCOUNT, NOW, REGION } from '../../../builders.ts';

export const AT = { account: ACCOUNT, region: REGION };
export const MACHINE = 'i-0000000000000000a';
export const OTHER_MACHINE = 'i-0000000000000000b';
export const HOST = 'h-0000000000000000a';

export function usd(dollars: number) {
  return { micros: dollars * 1_000_000, currency: 'USD' };
}

export function cores(units: number): LicenseSaving {
  return { product: 'sql-server', edition: 'enterprise', metric: 'core', units };
}

export function savings(dollars: number | null, ...licenses: readonly LicenseSaving[]): Savings {
  return {
    monthly: dollars === null ? null : usd(dollars),
    basis: dollars === null ? 'unknown' : 'list',
    afterCommitments: null,
    licenses,
  };
}

export function aSetup(changes: Partial<Setup> = {}): Setup {
  return {
    running: true,
    instanceType: 'r6i.2xlarge',
    cpuOptions: null,
    tenancy: 'default',
    usageOperation: 'RunInstances:0800',
    products: [],
    ...changes,
  };
}

/** Steps on one machine, in the account and Region of the builders. */
export const steps = {
  resize: (
    instanceType = 'r6i.xlarge',
    instanceId = MACHINE,
    cpuOptions: Setup['cpuOptions'] = null,
  ): Step => ({ do: 'resize', ...AT, instanceId, instanceType, cpuOptions }),
  move: (hostId: string | null = HOST, instanceId = MACHINE): Step => ({
    do: 'move',
    ...AT,
    instanceId,
    tenancy: hostId === null ? 'default' : 'host',
    hostId,
  }),
  stop: (instanceId = MACHINE): Step => ({ do: 'stop', ...AT, instanceId }),
  start: (instanceId = MACHINE): Step => ({ do: 'start', ...AT, instanceId }),
  convert: (to = 'RunInstances:0002', from = 'RunInstances:0800', instanceId = MACHINE): Step => ({
    do: 'convert',
    ...AT,
    instanceId,
    from,
    to,
  }),
  associate: (add: readonly string[], remove: readonly string[] = [], id = MACHINE): Step => ({
    do: 'associate',
    ...AT,
    resourceArn: `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/${id}`,
    add,
    remove,
  }),
  allocate: (ref = 'new-host-1', availabilityZone = 'us-east-1a'): Step => ({
    do: 'allocate-host',
    ...AT,
    ref,
    instanceFamily: 'r6i',
    availabilityZone,
  }),
  release: (hostId = HOST): Step => ({ do: 'release-host', ...AT, hostId }),
  edition: (instanceId = MACHINE, to: string | null = 'sql-server/standard'): Step => ({
    do: 'by-hand',
    ...AT,
    task: 'change-edition',
    on: instanceId,
    to,
  }),
  raiseLimit: (
    on = 'arn:aws:license-manager:us-east-1:222233334444:license-configuration:lic-1',
  ): Step => ({
    do: 'by-hand',
    ...AT,
    task: 'raise-limit',
    on,
    to: '64',
  }),
};

/** A smaller type for one machine: 100 dollars and 4 cores a month. */
export function aRecommendation(changes: Partial<Recommendation> = {}): Recommendation {
  return {
    id: 'rec-0000000001',
    kind: 'rightsize',
    ...AT,
    subjects: [{ kind: 'instance', id: MACHINE, name: null }],
    change: null,
    savings: savings(100, cores(4)),
    evidence: [],
    gate: [],
    risk: 'low',
    effort: 'restart',
    downtime: true,
    ownerMustValidate: false,
    steps: [steps.resize()],
    rollback: [steps.resize('r6i.2xlarge')],
    atMostBetter: null,
    asOf: NOW,
    ...changes,
  };
}

/** New, found just now. Fields of the recommendation go in `about`. */
export function aFollowed({
  about = {},
  ...changes
}: Partial<FollowedRecommendation> & {
  readonly about?: Partial<Recommendation>;
} = {}): FollowedRecommendation {
  return {
    recommendation: aRecommendation(about),
    asFound: { monthly: usd(500), licenses: [cores(8)] },
    status: 'new',
    version: 1,
    firstSeenAt: NOW,
    lastSeenAt: NOW,
    decided: null,
    snoozedUntil: null,
    promised: null,
    requests: [],
    doneByHand: [],
    doneAt: null,
    realized: [],
    ...changes,
  };
}

/** Accepted by somebody, with what it promises. */
export function anAccepted(changes: Parameters<typeof aFollowed>[0] = {}): FollowedRecommendation {
  const open = aFollowed(changes);
  return {
    ...open,
    status: 'accepted',
    decided: { by: 'UREQUESTER', at: NOW, reason: null },
    promised: open.recommendation.savings,
    ...(changes.status === undefined ? {} : { status: changes.status }),
  };
}
