import type { ConditionalPut, WriteCondition } from '#adapters/aws/table-item.ts';
import { hashOf } from '#domain/audit-chain.ts';
import type { Change } from '#domain/change.ts';
import type { AnswerJob, CollectJob, DecisionCommand, LaunchJob } from '#domain/job.ts';
import type { LaunchPlan } from '#domain/launch-plan.ts';
import { resolvePlan, sealPlan } from '#domain/launch-planning.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import type { Launcher, LaunchOutcome, LaunchTicket } from '#ports/launcher.ts';
import type { Queues } from '#ports/queues.ts';
import { Conflict } from '#src/errors.ts';
import { type DecidePorts, runDecision } from '#usecases/decide-request.ts';
import { launchRequest } from '#usecases/launch-request.ts';
import {
  aChoice,
  aConfiguration,
  aLedger,
  aPerson,
  aPublishedPolicy,
  aShard,
  aSubmission,
  NOW,
  POLICY_HASH,
  poolId,
  sha256,
} from '../builders.ts';
import { memoryLicenseRegisters } from '../fakes/memory-license-registers.ts';
import { memorySnapshots } from '../fakes/memory-snapshots.ts';
import { memoryTable } from '../fakes/memory-table.ts';
import { chance } from './chance.ts';

/** Each pool has room for one launch of this size. */
const LIMIT = 8;

const SHARD = aShard({
  configurations: [
    aConfiguration({ digit: '1', limit: LIMIT }),
    aConfiguration({ digit: '2', limit: LIMIT }),
  ],
});
const POLICY = aPublishedPolicy({
  limits: { openHoldsPerPerson: 1, unapprovedPercentOfFree: 100 },
  expiry: { pending: 'PT1H', approved: 'PT30M' },
});
const A = { requestId: 'req-000000000a', by: 'UREQUESTER', choice: aChoice() };
const B = { requestId: 'req-000000000b', by: 'UOTHER', choice: aChoice() };
const C = {
  requestId: 'req-000000000c',
  by: 'UREQUESTER',
  choice: aChoice({ poolId: poolId('2') }),
};

const planHashOf = (choice: LaunchRequest['choice']): string => {
  const planning = resolvePlan(choice, SHARD, POLICY_HASH);
  return planning.ok ? sealPlan(planning.plan, sha256) : '';
};
const HASH = {
  [A.requestId]: planHashOf(A.choice),
  [B.requestId]: planHashOf(B.choice),
  [C.requestId]: planHashOf(C.choice),
};

const replyTo = { personId: 'U', channelId: null, responseUrl: null };
function click(
  kind: 'approve' | 'deny' | 'cancel',
  requestId: string,
  by: string,
  key: string,
): DecisionCommand {
  const common = {
    key,
    at: NOW,
    requestId,
    planHash: HASH[requestId] ?? '',
    by,
    route: 'slack',
    principal: null,
    replyTo,
  } as const;
  return kind === 'deny' ? { ...common, kind, reason: 'No' } : { ...common, kind };
}

/** Two people want one pool's last licenses, one of them another pool's too; then everybody clicks. */
const SUBMISSIONS: readonly DecisionCommand[] = [A, B, C].map((one) =>
  aSubmission({ ...one, key: one.requestId }),
);
const CLICKS: readonly DecisionCommand[] = [
  click('approve', A.requestId, 'UAPPROVER', 'k1'),
  click('approve', A.requestId, 'UAPPROVER2', 'k2'),
  click('approve', B.requestId, 'UAPPROVER', 'k3'),
  click('approve', B.requestId, 'UREQUESTER', 'k4'),
  click('approve', C.requestId, 'UAPPROVER2', 'k5'),
  click('cancel', A.requestId, 'UREQUESTER', 'k6'),
  click('deny', B.requestId, 'UAPPROVER2', 'k7'),
  { kind: 'expire', key: 'k8', at: NOW, requestId: A.requestId, generation: 1 },
];

export type Forgotten = 'request' | 'ledger' | 'quota' | 'audit' | 'not-due';

/** The condition that is left of a put's when one kind is forgotten. */
function without(forgotten: Forgotten | null): (put: ConditionalPut) => WriteCondition | null {
  return ({ what, condition }) => {
    if (forgotten === 'not-due') {
      return condition?.kind === 'not-due' ? { ...condition, kind: 'version' } : condition;
    }
    return what === forgotten ? null : condition;
  };
}

/**
 * One life of these requests under one seed: every read, write, launch call and delivery is a point
 * where another may come between; messages come twice, answers of EC2 get lost, time passes.
 *
 * @returns what went wrong, in words; empty when every promise held
 */
export async function live(
  seed: number,
  forgotten: Forgotten | null,
): Promise<ReadonlySet<string>> {
  const world = new World(seed, forgotten);
  await world.play();
  return world.violations;
}

type Delivery = () => Promise<void>;

class World {
  readonly violations = new Set<string>();
  private readonly random: (below: number) => number;
  private readonly waiting: (() => void)[] = [];
  private readonly inbox: Delivery[] = [];
  private readonly started = new Map<string, string[]>();
  private running = 0;
  private at = NOW.getTime();
  private auditEvents = 0;
  private ids = 0;
  private readonly table: ReturnType<typeof memoryTable>;
  private readonly ports: DecidePorts & { readonly launcher: Launcher };

  constructor(seed: number, forgotten: Forgotten | null) {
    this.random = chance(seed);
    const now = () => new Date(this.at);
    this.table = memoryTable({ now, step: () => this.step(), relax: without(forgotten) });
    this.ports = {
      store: { ...this.table, commit: (change) => this.commit(change) },
      outbox: this.table,
      policies: { current: async () => POLICY, byHash: async () => POLICY },
      snapshots: memorySnapshots(SHARD),
      people: { get: async (id) => aPerson(id), members: async () => new Map() },
      channels: { isShared: async () => false },
      proposals: { proposal: async () => null },
      registers: memoryLicenseRegisters(),
      firstAdministrators: [],
      queues: this.queues(),
      launcher: this.launcher(),
      now,
      sha256,
      newId: () => `id-${this.ids++}`,
    };
  }

  async play(): Promise<void> {
    const ledgers = [aLedger({ digit: '1', limit: LIMIT }), aLedger({ digit: '2', limit: LIMIT })];
    const nothing = { request: null, quotas: [], audit: [], outbox: null, notAfter: null };
    const preparing = this.table.commit({ ...nothing, ledgers });
    this.waiting.shift()?.();
    await preparing;
    for (const command of SUBMISSIONS) this.decide(command);
    await this.settle();
    for (const command of CLICKS) this.decide(command);
    await this.settle();
    await this.judgeEnd();
  }

  /** A place where others may come between. */
  private step(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
    });
  }

  private decide(command: DecisionCommand): void {
    this.inbox.push(() => runDecision(this.ports, command));
  }

  private queues(): Queues {
    return {
      decide: async (command) => this.decide(command),
      launch: async (job: LaunchJob) => void this.inbox.push(() => launchRequest(this.ports, job)),
      answer: async (_job: AnswerJob) => {},
      collect: async (_job: CollectJob) => {},
    };
  }

  /** EC2: the same token gives the same instances; an answer may be lost after its effect. */
  private launcher(): Launcher {
    const token = ({ requestId, generation }: LaunchTicket) => `${requestId}/${generation}`;
    return {
      check: async () => ({ ok: true }),
      undo: async () => ({ kind: 'undone', left: [] }),
      find: async (_plan, ticket) => {
        await this.step();
        return this.started.get(token(ticket)) ?? [];
      },
      launch: async (plan: LaunchPlan, ticket): Promise<LaunchOutcome> => {
        await this.step();
        const instanceIds = this.started.get(token(ticket)) ?? this.start(plan, token(ticket));
        await this.step();
        if (this.random(4) > 0) return { kind: 'launched', instanceIds };
        this.inbox.push(() => launchRequest(this.ports, { ...ticket, kind: 'reconcile' }));
        return { kind: 'unclear', code: 'TimeoutError', message: 'lost', advice: null };
      },
    };
  }

  private start({ count }: LaunchPlan, token: string): string[] {
    const ids = Array.from({ length: count }, () => `i-${this.ids++}`);
    this.started.set(token, ids);
    return ids;
  }

  private async commit(change: Change): Promise<void> {
    const { request } = change;
    // What stands before this write, without a scheduling point between look and write.
    const before = request === null ? null : this.table.peek(request.id);
    await this.table.commit(change);
    this.auditEvents += change.audit.length;
    const decision = request?.decisions.at(-1);
    const approved = request?.status === 'approved' && decision?.kind === 'approve';
    if (
      approved &&
      before?.dueAt &&
      before.status === 'pending' &&
      before.dueAt.getTime() <= this.at
    ) {
      this.violations.add('approved after it was due');
    }
    this.judgeNow();
  }

  /** What must hold at every instant. */
  private judgeNow(): void {
    const requests = [A, B, C].flatMap(({ requestId }) => this.table.peek(requestId) ?? []);
    const held = requests.filter(isHeld);
    const draws = [...held, ...requests.filter(isTaking)].flatMap(
      ({ evaluation }) => evaluation.draws,
    );
    for (const pool of [poolId('1'), poolId('2')]) {
      const drawn = draws.filter((draw) => draw.poolId === pool);
      if (drawn.reduce((sum, { licenses }) => sum + licenses, 0) > LIMIT)
        this.violations.add('oversold');
    }
    if (held.length > new Set(held.map(({ requestedBy }) => requestedBy)).size) {
      this.violations.add('more holds than a person may have');
    }
  }

  /** Run everything, one randomly chosen thing at a time, until nothing is left to do. */
  private async settle(): Promise<void> {
    while (this.waiting.length + this.inbox.length + this.running > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      const deliveries = this.inbox.length;
      const choices = this.waiting.length + deliveries;
      if (choices === 0) continue;
      if (this.random(25) === 0) this.at += this.random(40) * 60_000;
      const choice = this.random(choices);
      if (choice < deliveries) this.deliver(this.inbox.splice(choice, 1)[0]);
      else this.waiting.splice(choice - deliveries, 1)[0]?.();
    }
  }

  /** At least once: one message in five is delivered a second time. A lost race returns to its queue. */
  private deliver(delivery: Delivery | undefined): void {
    if (delivery === undefined) return;
    if (this.random(5) === 0) this.inbox.push(delivery);
    this.running += 1;
    delivery()
      .catch((error: unknown) => {
        if (error instanceof Conflict) this.inbox.push(delivery);
        else this.violations.add(`failed: ${String(error)}`);
      })
      .finally(() => {
        this.running -= 1;
      });
  }

  private async judgeEnd(): Promise<void> {
    let entries = 0;
    for (const stream of [
      ...[A, B, C].map((one) => `request/${one.requestId}`),
      `pool/${poolId('1')}`,
      `pool/${poolId('2')}`,
    ]) {
      const trail = await this.table.auditTrail(stream);
      entries += trail.length;
      if (trail.some((entry) => entry.hash !== hashOf(entry, sha256)))
        this.violations.add('audit entry altered');
      if (trail.some((entry, index) => entry.previousHash !== (trail[index - 1]?.hash ?? ''))) {
        this.violations.add('audit chain broken');
      }
    }
    if (entries !== this.auditEvents) this.violations.add('audit entry lost');
    for (const { requestId } of [A, B, C]) this.judgeRequest(requestId);
    this.judgeLedgers();
  }

  private judgeRequest(requestId: string): void {
    const request = this.table.peek(requestId);
    const instances = this.started.get(`${requestId}/1`) ?? [];
    if (request === null) this.violations.add('request lost');
    else if (instances.length > request.plan.count) this.violations.add('launched twice');
    else if (instances.length > 0 && request.status !== 'launched')
      this.violations.add(`${request.status}, but runs`);
    else if (instances.length === 0 && request.status === 'launched')
      this.violations.add('launched, but does not run');
  }

  /** Nothing is held for nobody, and whoever holds is in the ledger. */
  private judgeLedgers(): void {
    for (const { requestId } of [A, B, C]) {
      const request = this.table.peek(requestId);
      if (request === null) continue;
      const holding = this.table
        .peekLedgers()
        .some(({ holds }) => holds.some(({ requestIds }) => requestIds.includes(requestId)));
      const should =
        TAKING.has(request.status) || (request.status === 'pending' && request.standing === 'held');
      if (holding !== should) this.violations.add(holding ? 'hold leaked' : 'hold lost');
    }
  }
}

const TAKING: ReadonlySet<string> = new Set([
  'approved',
  'launching',
  'launched',
  'unknown',
  'confirmed',
]);

function isTaking({ status }: LaunchRequest): boolean {
  return TAKING.has(status);
}

function isHeld({ status, standing }: LaunchRequest): boolean {
  return status === 'pending' && standing === 'held';
}
