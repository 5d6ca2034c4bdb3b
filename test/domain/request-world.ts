import { advance, type Progress } from '#domain/advance.ts';
import type { Step } from '#domain/change.ts';
import { collectPool, figuresOf, isListed } from '#domain/collection.ts';
import { decide } from '#domain/decide.ts';
import type { Click } from '#domain/decision-outcome.ts';
import { later, MINUTE_MS } from '#domain/instant.ts';
import type { InventoryShard } from '#domain/inventory.ts';
import type { LaunchChoice } from '#domain/launch-plan.ts';
import { isTerminal, type LaunchRequest } from '#domain/launch-request.ts';
import { countConsumption, countResources } from '#domain/license-counting.ts';
import { type PoolLedger, poolIdOf } from '#domain/license-pool.ts';
import type { PersonQuota } from '#domain/person-quota.ts';
import { promote } from '#domain/promote.ts';
import { submit } from '#domain/submit.ts';
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
  NOW,
  sha256,
} from '../builders.ts';

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
  readonly published = aPublishedPolicy({
    roles: { requester: { everyone: true }, approver: { users: ['UAA', 'UBB'] } },
    autoApproval: [{ upToLicenses: 8, pools: ['SQL Server 1'] }],
  });
  private instances = 0;

  /** The id of one of the requests: of an open one, three times in four. */
  pick(n: number): string {
    const ids = [...this.requests.values()]
      .filter((request) => n % 4 === 0 || !isTerminal(request))
      .map(({ id }) => id);
    return ids[n % Math.max(ids.length, 1)] ?? 'req-0000000000';
  }

  submit(by: string, beneficiary: string, choice: LaunchChoice): void {
    const requestId = `req-${String(this.requests.size + 1).padStart(10, '0')}`;
    const command = aSubmission({ requestId, by, for: beneficiary, choice, at: this.now });
    const outcome = submit(
      { ...this.reads(by), existing: null, requester: aPerson(by) },
      command,
      this.now,
      sha256,
    );
    if (outcome.kind !== 'ignored') this.commit(outcome.step);
  }

  click(kind: Click['kind'], by: string, requestId: string): void {
    const request = this.requests.get(requestId) ?? null;
    const replyTo = { personId: by, channelId: null, responseUrl: null };
    const planHash = request?.planHash ?? '';
    const click = {
      key: `${this.now.getTime()}`,
      at: this.now,
      requestId,
      planHash,
      by,
      route: 'slack',
      principal: null,
      replyTo,
    } as const;
    const command: Click = kind === 'deny' ? { kind, ...click, reason: '' } : { kind, ...click };
    const state = { ...this.reads(request?.requestedBy ?? by), request, actor: aPerson(by) };
    const outcome = decide(state, command, this.now);
    if (outcome.kind !== 'ignored') this.commit(outcome.step);
  }

  /** Time passes, and everything that is due is acted on, like the sweeper does. */
  pass(minutes: number): void {
    this.now = later(this.now, minutes * MINUTE_MS);
    for (const request of [...this.requests.values()]) {
      const { id, generation, requestedBy } = request;
      const command = {
        kind: 'expire',
        key: 'clock',
        at: this.now,
        requestId: id,
        generation,
      } as const;
      const outcome = decide(
        { ...this.reads(requestedBy), request, actor: 'clock' },
        command,
        this.now,
      );
      if (outcome.kind !== 'ignored') this.commit(outcome.step);
    }
  }

  promote(poolId: string): void {
    for (const requestId of this.ledgers.get(poolId)?.waiting ?? []) {
      const request = this.requests.get(requestId);
      if (request === undefined) throw new Error(`${requestId} waits and is not there`);
      const { ledgers, quota } = this.reads(request.requestedBy);
      const { policy } = this.published;
      const promotion = promote({ poolId, request, ledgers, quota, policy }, this.now);
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
      { request, generation, ledgers },
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
    if (request?.status !== 'launched' || request.plan.tenancy === 'host') return;
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
    this.instances += request.plan.count;
    const instanceIds = Array.from({ length: request.plan.count }, (_none, n) => `i-${first + n}`);
    return { kind, instanceIds };
  }

  private start({ plan, instanceIds }: LaunchRequest): void {
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
      const step = advance({ request, generation, ledgers }, { kind: 'confirmed' }, this.now);
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
    };
  }

  /** Like the store: everything under its version, and nothing at or after `notAfter`. */
  private commit({ request, ledgers, quotas, notAfter }: Step): void {
    if (notAfter !== null && notAfter <= this.now) throw new Error('too late');
    if (request !== null) {
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
