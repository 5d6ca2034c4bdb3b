import { collectPool, figuresOf, isListed } from '#domain/estate/collection.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { later, MINUTE_MS } from '#domain/instant.ts';
import type { MachineChoice } from '#domain/launch/launch-plan.ts';
import { countConsumption, countResources } from '#domain/licenses/license-counting.ts';
import { type PoolLedger, poolIdOf } from '#domain/licenses/license-pool.ts';
import type { Person } from '#domain/person.ts';
import type { PublishedPolicy } from '#domain/policy/policy.ts';
import { advance, type Progress } from '#domain/requests/advance.ts';
import { judgeBeforeLaunch } from '#domain/requests/ask-again.ts';
import type { Step } from '#domain/requests/change.ts';
import { decide } from '#domain/requests/decide.ts';
import {
  type Click,
  type DecisionOutcome,
  othersToRead,
  type RequestCommand,
} from '#domain/requests/decision-outcome.ts';
import { factsOf } from '#domain/requests/judgement.ts';
import { isTerminal, type LaunchRequest } from '#domain/requests/launch-request.ts';
import { type PersonQuota, removeOver } from '#domain/requests/person-quota.ts';
import { promote } from '#domain/requests/promote.ts';
import { submit } from '#domain/requests/submit.ts';
import { NO_TERMS } from '#domain/terms/terms-view.ts';
import {
  aConfiguration,
  aHost,
  anInstance,
  aPerson,
  aPublishedPolicy,
  aQuota,
  aShard,
  aSubmission,
  aTemplate,
  aUsage,
  machinesOf,
  NOW,
  sha256,
} from '../../builders.ts';
import { aClick, rule } from './decision-state.ts';

const POLICY = {
  roles: { requester: { everyone: true }, approver: { users: ['UAA', 'UBB'] } },
  limits: { openRequestsPerPerson: 5 },
  autoApproval: [{ upToLicenses: 8, pools: ['SQL Server 1'] }],
  override: { people: { users: ['UEE', 'UAA'] }, channel: 'C0OVERRIDE' },
};
const CLOCK = {
  reminders: { after: 'PT2M', factor: 2, most: 2 },
  escalation: { after: 'PT5M', to: { users: ['UEE'] } },
};

function published(hash: string, changes: Readonly<Record<string, unknown>>): PublishedPolicy {
  return { ...aPublishedPolicy({ ...POLICY, ...changes }), hash: hash.repeat(64) };
}

const ONE_SEAT = published('1', {});
/** What policy may become. */
export const POLICIES = [
  ONE_SEAT,
  published('2', rule([{ approvers: 'approver', quorum: 2 }], CLOCK)),
  published(
    '3',
    rule(
      [
        { approvers: { users: ['UAA', 'UBB'] } },
        { approvers: { users: ['UBB'] }, silent: { users: ['UCC'] } },
      ],
      CLOCK,
    ),
  ),
  published('4', { ...rule([{ approvers: { users: ['UAA', 'UCC'] } }]), autoApproval: [] }),
];

/** A store, EC2 and License Manager of one Region in memory, with two hard pools: by vCPU and by core. */
export class RequestWorld {
  now = NOW;
  shard: InventoryShard = aShard({
    configurations: [
      aConfiguration({ limit: 40 }),
      aConfiguration({ digit: '2', countingType: 'Core', limit: 128 }),
    ],
    hosts: ['h-a', 'h-b', 'h-c'].map((hostId) => aHost({ hostId })),
    launchTemplates: [
      aTemplate(),
      aTemplate({ launchTemplateId: 'lt-host', name: 'sql-host', tenancy: 'host' }),
    ],
  });
  readonly requests = new Map<string, LaunchRequest>();
  readonly ledgers = new Map<string, PoolLedger>();
  readonly quotas = new Map<string, PersonQuota>();
  /** Every version of every request, oldest first. */
  readonly history: LaunchRequest[] = [];
  /** Names of everything that was audited. */
  readonly events = new Set<string>();
  published: PublishedPolicy = ONE_SEAT;
  private readonly gone = new Set<string>();
  private instances = 0;
  private commands = 0;

  /** The id of one of the requests: of an open one, three times in four. */
  pick(n: number): string {
    const ids = [...this.requests.values()]
      .filter((request) => n % 4 === 0 || !isTerminal(request))
      .map(({ id }) => id);
    return ids[n % Math.max(ids.length, 1)] ?? 'req-0000000000';
  }

  submit(by: string, beneficiary: string, choice: MachineChoice): void {
    const requestId = `req-${String(this.requests.size + 1).padStart(10, '0')}`;
    const at = this.now;
    const command = aSubmission({ requestId, by, for: beneficiary, choice, key: this.key(), at });
    const read = this.reads(by);
    const over = read.quota.openRequestIds.filter((id) => {
      const request = this.requests.get(id);
      return request === undefined || isTerminal(request);
    });
    const quota = removeOver(read.quota, new Set(over));
    const state = { ...read, quota, existing: null, retried: null, requester: this.person(by) };
    this.done(submit(state, command, at, sha256));
  }

  /** Somebody acts on what the request's card shows them. */
  click(kind: Click['kind'], by: string, requestId: string, choice?: MachineChoice): void {
    const request = this.requests.get(requestId);
    const answers = kind === 'accept' || kind === 'decline';
    const planHash = (answers ? request?.counter?.planHash : request?.planHash) ?? '';
    const changes = { requestId, key: this.key(), at: this.now, planHash };
    const chosen = choice === undefined ? {} : { choice };
    this.decide(aClick(kind, by, { ...changes, ...chosen }));
  }

  /** Somebody leaves the company, or comes back. */
  turn(personId: string): void {
    if (!this.gone.delete(personId)) this.gone.add(personId);
  }

  private person(id: string): Person {
    return aPerson(id, { outsider: this.gone.has(id) ? 'deactivated' : null });
  }

  private decide(command: RequestCommand): void {
    const { requestId } = command;
    const request = this.requests.get(requestId) ?? null;
    const others = othersToRead(request, command).map((id) => this.person(id));
    const actor = 'by' in command ? this.person(command.by) : 'clock';
    const state = { ...this.reads(request?.requestedBy ?? ''), request, others, actor } as const;
    this.done(decide(state, command, this.now, sha256));
  }

  private done(outcome: DecisionOutcome): void {
    if (outcome.kind !== 'ignored') this.commit(outcome.step);
  }

  private key(): string {
    this.commands += 1;
    return `key-${this.commands}`;
  }

  /** Time passes, and everything that is due is acted on, like the sweeper does. */
  pass(minutes: number): void {
    this.now = later(this.now, minutes * MINUTE_MS);
    for (const { id: requestId, generation } of [...this.requests.values()]) {
      const command = { key: this.key(), at: this.now, requestId, generation };
      this.decide({ kind: 'remind', ...command });
      this.decide({ kind: 'expire', ...command });
    }
  }

  /** What functions/launch looks at before it begins. */
  judge(requestId: string): void {
    const request = this.requests.get(requestId);
    const facts = factsOf(this.reads(request?.requestedBy ?? ''));
    if (request?.status !== 'approved' || facts === null) return;
    const found = judgeBeforeLaunch(request, facts, this.now, sha256);
    if (found.kind === 'asked-again') this.commit(found.step);
    if (found.kind === 'as-approved') this.advance(requestId, 'begin');
  }

  /** Everything that runs on a host ends, where no open request launched it. */
  vacate(hostId: string): void {
    const open = [...this.requests.values()].filter((request) => !isTerminal(request));
    const kept = new Set(open.flatMap(({ instanceIds }) => instanceIds));
    const instances = this.shard.instances.filter(
      (instance) => instance.hostId !== hostId || kept.has(instance.instanceId),
    );
    this.shard = { ...this.shard, instances };
  }

  promote(poolId: string): void {
    for (const requestId of this.ledgers.get(poolId)?.waiting ?? []) {
      const request = this.requests.get(requestId);
      if (request === undefined) throw new Error(`${requestId} waits and is not there`);
      const { ledgers, quota } = this.reads(request.requestedBy);
      const { policy } = this.published;
      const promotion = promote(
        { line: { kind: 'pool', id: poolId }, request, ledgers, terms: [], quota, policy },
        this.now,
      );
      if (promotion.kind === 'promoted') this.commit(promotion.step);
      if (promotion.kind !== 'skipped') return;
    }
  }

  advance(requestId: string, progress: Exclude<Progress['kind'], 'confirmed'>): void {
    const request = this.requests.get(requestId);
    if (request === undefined) return;
    const ledgers = [...this.ledgers.values()];
    const { generation } = request;
    const step = advance(
      { request, generation, ledgers, terms: [] },
      this.progress(request, progress),
      this.now,
    );
    if (step === null) return;
    this.commit(step);
    if (progress === 'launched' && step.request !== null) this.start(step.request);
  }

  /** Somebody terminates what a request launched, before License Manager lists it. */
  terminate(requestId: string): void {
    const request = this.requests.get(requestId);
    if (request?.status !== 'launched' || machinesOf(request.plan).tenancy === 'host') return;
    this.advance(requestId, 'gone');
    const instances = this.shard.instances.filter(
      ({ instanceId }) => !request.instanceIds.includes(instanceId),
    );
    this.shard = { ...this.shard, instances };
  }

  private progress(request: LaunchRequest, kind: Exclude<Progress['kind'], 'confirmed'>): Progress {
    const failure = { code: 'Code', message: 'Message', advice: null };
    if (kind === 'failed' || kind === 'undoing' || kind === 'unclear') return { kind, ...failure };
    if (kind === 'undone') return { kind, left: [] };
    if (kind !== 'launched') return { kind };
    const first = this.instances;
    const { count } = machinesOf(request.plan);
    this.instances += count;
    const instanceIds = Array.from({ length: count }, (_none, n) => `i-${first + n}`);
    return { kind, instanceIds };
  }

  private start({ instanceIds, ...request }: LaunchRequest): void {
    const plan = machinesOf(request.plan);
    const started = instanceIds.map((instanceId) =>
      anInstance({
        instanceId,
        hostId: plan.hostId,
        tenancy: plan.tenancy,
        licenseConfigurationArns: plan.licenseConfigurationArns,
      }),
    );
    this.shard = { ...this.shard, instances: [...this.shard.instances, ...started] };
  }

  /** License Manager lists what runs, from the first instance to the `most`th resource. */
  list(most: number): void {
    const usage = this.shard.configurations.flatMap((configuration) =>
      countResources({ ...this.shard, usage: [] }, configuration)
        .slice(0, most)
        .map(({ resourceId, licenses }) =>
          aUsage({
            configurationArn: configuration.arn,
            resourceId,
            resourceType: resourceId.startsWith('h-') ? 'EC2_HOST' : 'EC2_INSTANCE',
            consumed: licenses,
          }),
        ),
    );
    this.shard = { ...this.shard, usage };
  }

  collect(): void {
    const open = [...this.requests.values()];
    for (const configuration of this.shard.configurations) {
      const consumed = this.shard.usage
        .filter((usage) => usage.configurationArn === configuration.arn)
        .reduce((sum, usage) => sum + usage.consumed, 0);
      const ledger = this.ledgers.get(poolIdOf(configuration)) ?? null;
      const holds = ledger?.holds ?? [];
      const figures = figuresOf(this.shard, configuration, holds, open, this.now);
      const current = { ...figures, configuration: { ...configuration, consumed } };
      const step = collectPool(ledger, current, this.now);
      if (step !== null) this.commit(step);
    }
    for (const request of open.filter((one) => isListed(one, this.shard))) {
      const { generation } = request;
      const ledgers = [...this.ledgers.values()];
      const step = advance(
        { request, generation, ledgers, terms: [] },
        { kind: 'confirmed' },
        this.now,
      );
      if (step !== null) this.commit(step);
    }
  }

  /** What AWS itself would count of a pool now. */
  running(poolId: string): number {
    const configuration = this.shard.configurations.find((one) => poolIdOf(one) === poolId);
    if (configuration === undefined) throw new Error(`no pool ${poolId}`);
    return countConsumption({ ...this.shard, usage: [] }, configuration);
  }

  private reads(requester: string) {
    return {
      ledgers: [...this.ledgers.values()],
      quota: this.quotas.get(requester) ?? aQuota({ personId: requester }),
      shard: this.shard,
      published: this.published,
      terms: NO_TERMS,
      userGroups: new Map<string, readonly string[]>(),
    };
  }

  /** Like the store: everything under its version, and nothing at or after `notAfter`. */
  private commit({ request, ledgers, quotas, audit, notAfter }: Step): void {
    if (notAfter !== null && notAfter <= this.now) throw new Error('too late');
    for (const { event } of audit) this.events.add(event);
    if (request !== null) {
      if (!audit.some(({ stream }) => stream === `request/${request.id}`))
        throw new Error('silent');
      next(this.requests.get(request.id), request);
      this.requests.set(request.id, request);
      this.history.push(request);
    }
    for (const ledger of ledgers) {
      next(this.ledgers.get(ledger.poolId), ledger);
      this.ledgers.set(ledger.poolId, ledger);
    }
    for (const quota of quotas) {
      next(this.quotas.get(quota.personId), quota);
      this.quotas.set(quota.personId, quota);
    }
  }
}

function next(
  stored: { readonly version: number } | undefined,
  written: { readonly version: number },
) {
  if (written.version !== (stored?.version ?? 0) + 1) throw new Error('version skipped');
}
