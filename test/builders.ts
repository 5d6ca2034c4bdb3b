import { createHash } from 'node:crypto';
import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { InstanceType } from '#domain/estate/instance-type.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { LaunchTemplate } from '#domain/estate/launch-template.ts';
import type { MachineImage } from '#domain/estate/machine-image.ts';
import { DAY_MS, HOUR_MS, later } from '#domain/instant.ts';
import type { Draw, Evaluation, TermsDraw } from '#domain/launch/launch-evaluation.ts';
import {
  type ActionOf,
  type HostPlan,
  isMachineChoice,
  isMachinePlan,
  type LaunchChoice,
  type LaunchPlan,
  type MachineChoice,
  type MachinePlan,
  type PlanAction,
} from '#domain/launch/launch-plan.ts';
import type { LicenseConfiguration, LicenseUsage } from '#domain/licenses/license-configuration.ts';
import type { Hold, PoolLedger } from '#domain/licenses/license-pool.ts';
import { parseLicenseRules } from '#domain/licenses/license-rules.ts';
import type { Person } from '#domain/person.ts';
import { Policy, type PublishedPolicy } from '#domain/policy/policy.ts';
import type { PolicyProposal } from '#domain/policy/policy-proposal.ts';
import type { SubmitCommand } from '#domain/requests/decision-outcome.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { newQuota, type PersonQuota } from '#domain/requests/person-quota.ts';
import type { TermsLedger } from '#domain/terms/terms-ledger.ts';
import { emptyShard } from '#usecases/read-inventory.ts';

export const NOW = new Date('2026-11-22T09:30:00Z');
export const ACCOUNT = '222233334444';
export const REGION = 'us-east-1';
export const PLAN_HASH = 'a'.repeat(64);
export const POLICY_HASH = 'b'.repeat(64);

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** `lic-` and 32 times the digit. */
export function configurationId(digit: string): string {
  return `lic-${digit.repeat(32)}`;
}

export function configurationArn(digit: string): string {
  return `arn:aws:license-manager:${REGION}:${ACCOUNT}:license-configuration:${configurationId(digit)}`;
}

export function poolId(digit: string): string {
  return `${ACCOUNT}/${REGION}/${configurationId(digit)}`;
}

/** `digit` tells configurations apart; `rules` are in AWS's words. */
export function aConfiguration({
  digit = '1',
  rules = [],
  ...changes
}: Partial<Omit<LicenseConfiguration, 'rules'>> & {
  readonly digit?: string;
  readonly rules?: readonly string[];
} = {}): LicenseConfiguration {
  return {
    arn: configurationArn(digit),
    id: configurationId(digit),
    account: ACCOUNT,
    region: REGION,
    name: `SQL Server ${digit}`,
    description: null,
    countingType: 'vCPU',
    rules: parseLicenseRules(rules),
    limit: 100,
    hardLimit: true,
    consumed: 0,
    status: 'AVAILABLE',
    expiresAt: null,
    discoveredAt: null,
    discovers: [],
    ...changes,
  };
}

export function aType(changes: Partial<InstanceType> = {}): InstanceType {
  return {
    name: 'r6i.2xlarge',
    defaultVcpus: 8,
    defaultCores: 4,
    defaultThreadsPerCore: 2,
    validCores: [1, 2, 3, 4],
    validThreadsPerCore: [1, 2],
    memoryMib: 65_536,
    architectures: ['x86_64'],
    bareMetal: false,
    dedicatedHostsSupported: true,
    spotSupported: true,
    ...changes,
  };
}

export function anImage(changes: Partial<MachineImage> = {}): MachineImage {
  return {
    imageId: 'ami-0000000000000000a',
    name: 'windows-2022-sql-2022',
    state: 'available',
    architecture: 'x86_64',
    platformDetails: 'Windows BYOL',
    usageOperation: 'RunInstances:0800',
    owner: null,
    copiedFrom: null,
    licenseConfigurationArns: [],
    ...changes,
  };
}

export function aTemplate(changes: Partial<LaunchTemplate> = {}): LaunchTemplate {
  return {
    launchTemplateId: 'lt-0000000000000000a',
    name: 'sql-server',
    version: 3,
    imageId: 'ami-0000000000000000a',
    instanceType: 'r6i.2xlarge',
    cpuOptions: null,
    subnetId: 'subnet-0000000000000000a',
    availabilityZone: null,
    securityGroupIds: ['sg-0000000000000000a'],
    instanceProfile: null,
    keyName: null,
    volumes: [],
    tenancy: 'default',
    hostId: null,
    spot: false,
    userDataHash: null,
    licenseConfigurationArns: [],
    tags: [{ key: 'team', value: 'erp' }],
    ...changes,
  };
}

/** An r6i host with its 64 cores free: 8 slots of r6i.2xlarge. */
export function aHost(changes: Partial<DedicatedHost> = {}): DedicatedHost {
  const hostId = changes.hostId ?? 'h-0000000000000000a';
  return {
    hostId,
    arn: `arn:aws:ec2:${REGION}:${ACCOUNT}:dedicated-host/${hostId}`,
    state: 'available',
    instanceFamily: 'r6i',
    instanceType: null,
    availabilityZone: 'us-east-1a',
    sockets: 2,
    cores: 64,
    totalVcpus: 128,
    availableVcpus: 64,
    availableCapacity: { 'r6i.2xlarge': 8 },
    autoPlacement: false,
    hostRecovery: false,
    instanceIds: [],
    licenseConfigurationArns: [],
    allocatedAt: null,
    name: null,
    ...changes,
  };
}

export function anInstance(changes: Partial<Instance> = {}): Instance {
  const instanceId = changes.instanceId ?? 'i-0000000000000000a';
  return {
    instanceId,
    arn: `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/${instanceId}`,
    instanceType: 'r6i.2xlarge',
    state: 'running',
    cpuOptions: { coreCount: 4, threadsPerCore: 2 },
    tenancy: 'default',
    hostId: null,
    affinity: null,
    spot: false,
    imageId: 'ami-0000000000000000a',
    platformDetails: 'Windows BYOL',
    usageOperation: 'RunInstances:0800',
    productCodes: [],
    licenseConfigurationArns: [configurationArn('1')],
    clientToken: null,
    launchedAt: NOW,
    availabilityZone: 'us-east-1a',
    stoppedAt: null,
    name: null,
    tags: {},
    ...changes,
  };
}

export function aUsage(changes: Partial<LicenseUsage> = {}): LicenseUsage {
  const resourceId = changes.resourceId ?? 'i-0000000000000000a';
  return {
    configurationArn: configurationArn('1'),
    resourceArn: `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/${resourceId}`,
    resourceId,
    resourceType: 'EC2_INSTANCE',
    resourceStatus: 'running',
    ownerAccount: ACCOUNT,
    consumed: 8,
    associatedAt: null,
    ...changes,
  };
}

/** One vCPU pool of 100 with nothing running; type, image and template that fit it. */
export function aShard(changes: Partial<InventoryShard> = {}): InventoryShard {
  return {
    ...emptyShard({ account: ACCOUNT, region: REGION }),
    sources: { 'license-configurations': { asOf: NOW, error: null, state: 'read' } },
    configurations: [aConfiguration()],
    instanceTypes: [aType()],
    images: [anImage()],
    launchTemplates: [aTemplate()],
    ...changes,
  };
}

/** The policy document of these tests, as YAML would give it. */
export function aPolicyDocument(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    version: 1,
    roles: {
      requester: { users: ['UREQUESTER', 'UOTHER'] },
      approver: { users: ['UAPPROVER', 'UAPPROVER2'] },
      administrator: { users: ['UADMIN'] },
    },
    accounts: [
      { id: ACCOUNT, name: 'erp-production', environment: 'production', regions: [REGION] },
    ],
    launchProfiles: [
      {
        name: 'sql',
        accounts: [ACCOUNT],
        launchTemplates: ['sql-*'],
        instanceTypes: ['r6i.*', 'x2iedn.*', 'r6g.*'],
        pools: ['SQL *'],
        countMaximum: 10,
      },
    ],
    approvals: [{ name: 'one', levels: [{ approvers: 'approver' }], channel: 'C0APPROVAL' }],
    ...changes,
  };
}

export function aPolicy(changes: Readonly<Record<string, unknown>> = {}): Policy {
  return Policy.parse(aPolicyDocument(changes));
}

export function aPublishedPolicy(changes: Readonly<Record<string, unknown>> = {}): PublishedPolicy {
  return { hash: POLICY_HASH, policy: aPolicy(changes) };
}

/** What UADMIN proposed in place of `aPublishedPolicy()`. */
export function aProposal(changes: Partial<PolicyProposal> = {}): PolicyProposal {
  return {
    id: 'pol-0123456789',
    hash: 'd'.repeat(64),
    expected: POLICY_HASH,
    proposedBy: 'UADMIN',
    principal: 'arn:aws:iam::111122223333:user/ada',
    rollBack: false,
    proposedAt: NOW,
    expiresAt: later(NOW, DAY_MS),
    status: 'open',
    decision: null,
    version: 1,
    ...changes,
  };
}

export function aPerson(id: string, changes: Partial<Person> = {}): Person {
  return { id, displayName: id, outsider: null, userGroups: [], timeZone: null, ...changes };
}

export function aQuota(changes: Partial<PersonQuota> = {}): PersonQuota {
  return { ...newQuota('UREQUESTER'), ...changes };
}

export function aHold(changes: Partial<Hold> = {}): Hold {
  return {
    consumer: 'request/req-0000000001',
    licenses: 8,
    requestIds: ['req-0000000001'],
    firm: false,
    placedAt: NOW,
    ...changes,
  };
}

/** `held` is the sum of the holds given. */
export function aLedger({
  digit = '1',
  ...changes
}: Partial<PoolLedger> & { readonly digit?: string } = {}): PoolLedger {
  const holds = changes.holds ?? [];
  return {
    poolId: poolId(digit),
    account: ACCOUNT,
    region: REGION,
    configurationArn: configurationArn(digit),
    name: `SQL Server ${digit}`,
    countingType: 'vCPU',
    limit: 100,
    hardLimit: true,
    consumed: 0,
    counted: 0,
    held: holds.reduce((sum, { licenses }) => sum + licenses, 0),
    holds,
    waiting: [],
    status: 'AVAILABLE',
    expiresAt: null,
    asOf: NOW,
    version: 1,
    ...changes,
  };
}

/** 40 cores of SQL Server Enterprise, of which nothing is required. `held` is the sum of the holds given. */
export function aTermsLedger(changes: Partial<TermsLedger> = {}): TermsLedger {
  const holds = changes.holds ?? [];
  return {
    id: 'sql-server/enterprise/EA-1 core sql-server/enterprise',
    product: 'sql-server',
    edition: 'enterprise',
    metric: 'core',
    entitled: 40,
    expiresAt: null,
    entitledThen: 40,
    required: 0,
    requiredAtLeast: 0,
    held: holds.reduce((sum, { licenses }) => sum + licenses, 0),
    holds,
    waiting: [],
    asOf: NOW,
    version: 1,
    ...changes,
  };
}

/** 8 cores of `aTermsLedger()`. */
export function aTermsDraw(changes: Partial<TermsDraw> = {}): TermsDraw {
  return {
    ledgerId: 'sql-server/enterprise/EA-1 core sql-server/enterprise',
    product: 'sql-server',
    edition: 'enterprise',
    metric: 'core',
    licenses: 8,
    consumer: 'request/req-0000000001',
    ...changes,
  };
}

export function aChoice(changes: Partial<MachineChoice> = {}): MachineChoice {
  return {
    account: ACCOUNT,
    region: REGION,
    poolId: poolId('1'),
    otherPoolIds: [],
    target: { operation: 'launch', launchTemplateId: 'lt-0000000000000000a' },
    instanceType: 'r6i.2xlarge',
    count: 1,
    cores: null,
    threadsPerCore: null,
    hostId: null,
    until: null,
    ...changes,
  };
}

/** RunInstances from version 3 of the template `sql-server`. */
export function aRun(changes: Partial<RunAction> = {}): RunAction {
  return {
    operation: 'launch',
    launchTemplate: { id: 'lt-0000000000000000a', name: 'sql-server', version: 3 },
    subnetId: 'subnet-0000000000000000a',
    securityGroupIds: ['sg-0000000000000000a'],
    instanceProfile: null,
    keyName: null,
    volumes: [],
    userDataHash: null,
    ...changes,
  };
}
type RunAction = Extract<PlanAction, { operation: 'launch' }>;

/** StartInstances of `anInstance()`, which has its licenses already. */
export function aStart(changes: Partial<StartAction> = {}): StartAction {
  return { operation: 'start', instanceId: 'i-0000000000000000a', attach: [], ...changes };
}
type StartAction = Extract<PlanAction, { operation: 'start' }>;

/** The resize of the running `anInstance()`. */
export function aResize(changes: Partial<ResizeAction> = {}): ResizeAction {
  return {
    operation: 'resize',
    instanceId: 'i-0000000000000000a',
    attach: [],
    from: { instanceType: 'r6i.2xlarge', cpuOptions: { coreCount: 4, threadsPerCore: 2 } },
    running: true,
    ...changes,
  };
}
type ResizeAction = Extract<PlanAction, { operation: 'resize' }>;

/** The move of the running `anInstance()` onto a host. */
export function aMove(changes: Partial<ActionOf<'move'>> = {}): ActionOf<'move'> {
  return {
    operation: 'move',
    instanceId: 'i-0000000000000000a',
    affinity: 'host',
    licenses: { add: [], remove: [] },
    from: { tenancy: 'default', hostId: null, affinity: 'default' },
    running: true,
    ...changes,
  };
}

/** The conversion of the running `anInstance()` to what is in the hourly price. */
export function aConversion(changes: Partial<ActionOf<'convert'>> = {}): ActionOf<'convert'> {
  return {
    operation: 'convert',
    instanceId: 'i-0000000000000000a',
    from: 'RunInstances:0800',
    to: 'RunInstances:0002',
    running: true,
    ...changes,
  };
}

/** What `aChoice()` resolves to on `aShard()`. */
export function aPlan(changes: Partial<MachinePlan> = {}): MachinePlan {
  return {
    account: ACCOUNT,
    region: REGION,
    action: aRun(),
    imageId: 'ami-0000000000000000a',
    instanceType: 'r6i.2xlarge',
    count: 1,
    cpuOptions: null,
    tenancy: 'default',
    hostId: null,
    spot: false,
    licenseConfigurationArns: [configurationArn('1')],
    tags: [{ key: 'team', value: 'erp' }],
    until: null,
    hourlyPrice: null,
    policyHash: POLICY_HASH,
    ...changes,
  };
}

/** A host for r6i, allocated. */
export function aHostPlan(changes: Partial<HostPlan> = {}): HostPlan {
  return {
    account: ACCOUNT,
    region: REGION,
    action: {
      operation: 'allocate-host',
      instanceFamily: 'r6i',
      availabilityZone: 'us-east-1a',
      hostRecovery: true,
    },
    hourlyPrice: null,
    policyHash: POLICY_HASH,
    ...changes,
  };
}

/** A plan that is known to be of machines. */
export function machinesOf(plan: LaunchPlan): MachinePlan {
  if (isMachinePlan(plan)) return plan;
  throw new Error(`${plan.action.operation} is of no machine`);
}

/** A choice that is known to be of machines. */
export function machinesChosen(choice: LaunchChoice): MachineChoice {
  if (isMachineChoice(choice)) return choice;
  throw new Error(`${choice.target.operation} is of no machine`);
}

export function aDraw(changes: Partial<Draw> = {}): Draw {
  return {
    poolId: poolId('1'),
    configurationArn: configurationArn('1'),
    countingType: 'vCPU',
    licenses: 8,
    consumer: 'request/req-0000000001',
    ...changes,
  };
}

export function anEvaluation(changes: Partial<Evaluation> = {}): Evaluation {
  return {
    verdict: 'ask',
    reasons: [{ code: 'needs-approval' }],
    warnings: [],
    draws: [aDraw()],
    terms: [],
    fits: true,
    ...changes,
  };
}

/** A pending request by UREQUESTER for one r6i.2xlarge: 8 licenses of pool 1. */
export function aRequest(changes: Partial<LaunchRequest> = {}): LaunchRequest {
  return {
    id: 'req-0000000001',
    generation: 1,
    reasked: null,
    version: 1,
    requestedBy: 'UREQUESTER',
    for: 'UREQUESTER',
    editors: ['UREQUESTER'],
    reason: 'Month end',
    choice: aChoice(),
    labels: { account: 'erp-production', pool: 'SQL Server 1', source: 'sql-server' },
    plan: aPlan(),
    planHash: PLAN_HASH,
    evaluation: anEvaluation(),
    alternatives: [],
    status: 'pending',
    standing: 'held',
    gate: null,
    decisions: [],
    counter: null,
    notes: [],
    retryOf: null,
    submittedAt: NOW,
    updatedAt: NOW,
    dueAt: later(NOW, HOUR_MS),
    remindAt: null,
    reminded: 0,
    escalatedAt: null,
    instanceIds: [],
    failure: null,
    ...changes,
  };
}

export function aSubmission(changes: Partial<SubmitCommand> = {}): SubmitCommand {
  const by = changes.by ?? 'UREQUESTER';
  return {
    kind: 'submit',
    key: 'V0000000001',
    at: NOW,
    requestId: 'req-0000000001',
    by,
    for: by,
    choice: aChoice(),
    reason: 'Month end',
    retryOf: null,
    route: 'slack',
    principal: null,
    replyTo: { personId: by, channelId: null, responseUrl: null },
    ...changes,
  };
}
