import type { ConditionalPut, WriteCondition } from '#adapters/aws/table-item.ts';
import { collectPool, figuresOf, isListed } from '#domain/estate/collection.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { later } from '#domain/instant.ts';
import type { DecisionCommand } from '#domain/jobs/decision-command.ts';
import type { LaunchJob } from '#domain/jobs/launch-job.ts';
import { poolIdOf } from '#domain/licenses/license-pool.ts';
import type { Change } from '#domain/requests/change.ts';
import { advanceRequest } from '#usecases/advance-request.ts';
import { decideAndCommit } from '#usecases/commit-change.ts';
import { type BatchPorts, decideBatch, type Received } from '#usecases/decide-batch.ts';
import { type LaunchPorts, launchRequest } from '#usecases/launch-request.ts';
import { type SweepPorts, sweep } from '#usecases/sweep.ts';
import { anInstance, aPerson, aUsage, machinesOf, sha256 } from '../builders.ts';
import { memoryLicenseRegisters } from '../fakes/memory-license-registers.ts';
import { memoryShownMessages } from '../fakes/memory-shown-messages.ts';
import { memorySnapshots } from '../fakes/memory-snapshots.ts';
import { memoryTable } from '../fakes/memory-table.ts';
import { LEDGERS, POLICY, QUOTAS, SCOPE, SHARD, TERMS } from './scene.ts';
import type { Schedule, Step, Task } from './schedule.ts';
import { simulatedEc2 } from './simulated-ec2.ts';
import { sometimesStale, stepping } from './stepping.ts';

type Ports = BatchPorts & LaunchPorts & SweepPorts;

export interface ProductOptions {
  readonly random: (below: number) => number;
  /** The true time. */
  readonly now: () => Date;
  /** How far the clock of a function may be apart from it. */
  readonly skewMs: number;
  readonly schedule: Schedule;
  readonly relax: (put: ConditionalPut) => WriteCondition | null;
  /** Hears of every transaction, right after it. */
  readonly onCommit: (changes: readonly Change[]) => void;
}

interface DecisionTask extends Task {
  readonly received: Received;
}

/** The use cases of all functions on one table in memory, each delivery with ports of its own. */
export class Product {
  readonly table: ReturnType<typeof memoryTable>;
  readonly ec2: ReturnType<typeof simulatedEc2>;
  readonly #options: ProductOptions;
  /** What the sweeper reads. */
  readonly #lists: ReturnType<typeof memoryTable>;
  readonly #snapshots = memorySnapshots(SHARD);
  #ids = 0;
  #skew = 0;

  constructor(options: ProductOptions) {
    this.#options = options;
    // A function says itself what time it is when it writes.
    const now = () => later(options.now(), this.#skew);
    this.table = memoryTable({ now, relax: options.relax });
    this.#lists = sometimesStale(this.table, options.random);
    this.ec2 = simulatedEc2(options.random);
  }

  /** What there is before anybody asks for anything: also ledgers and quotas, or none of them yet. */
  async prepare(): Promise<void> {
    if (TERMS.view !== null) await this.#snapshots.keepTermsView(SCOPE, TERMS.view);
    const written = this.#options.random(2) === 0;
    await this.table.commit({
      request: null,
      ledgers: written ? LEDGERS : [],
      termsLedgers: TERMS.ledgers,
      quotas: written ? QUOTAS : [],
      audit: [],
      outbox: null,
      notAfter: null,
    });
  }

  /** Decisions come in batches, of whatever waits. */
  decide(command: DecisionCommand): void {
    const { schedule, random } = this.#options;
    const task: DecisionTask = {
      name: `${command.kind} ${command.key}`,
      received: { command, attempt: 1 },
      run: async (step, take) => {
        const others = take(random(3), isDecision).filter(isDecision);
        const batch = [task, ...others];
        const results = await this.#decideAll(batch, step);
        for (const [index, one] of batch.entries()) {
          if (results[index]?.status === 'rejected') schedule.deliver(one);
        }
      },
    };
    schedule.deliver(task);
  }

  async #decideAll(batch: readonly DecisionTask[], step: Step) {
    try {
      return await decideBatch(
        this.#ports(step),
        batch.map(({ received }) => received),
      );
    } catch (reason) {
      return batch.map(() => ({ status: 'rejected', reason }) as const);
    }
  }

  launch(job: LaunchJob): void {
    this.#deliver(`${job.kind} ${job.requestId}`, (ports) => launchRequest(ports, job));
  }

  sweep(): void {
    this.#deliver('sweep', sweep);
  }

  /** License Manager lists what runs by now, and the collector brings it into the ledgers. */
  collect(): void {
    const shard = this.#running();
    this.#deliver('collect', async (ports) => {
      const asOf = ports.now();
      for (const configuration of shard.configurations) {
        await decideAndCommit(ports, async () => {
          const [ledger = null] = await ports.store.ledgers([poolIdOf(configuration)]);
          const open = await this.table.launched(SCOPE);
          const holds = ledger?.holds ?? [];
          return collectPool(ledger, figuresOf(shard, configuration, holds, open, asOf), asOf);
        });
      }
      for (const request of await this.table.launched(SCOPE)) {
        if (isListed(request, shard)) await advanceRequest(ports, request, { kind: 'confirmed' });
      }
    });
  }

  #running(): InventoryShard {
    const instances = this.ec2.started().flatMap(({ requestId, generation, instanceIds }) => {
      const { plan } = this.table.peek(requestId) ?? {};
      return instanceIds.map((instanceId) =>
        anInstance({
          instanceId,
          clientToken: `${requestId}/${generation}`,
          licenseConfigurationArns:
            plan === undefined ? [] : machinesOf(plan).licenseConfigurationArns,
        }),
      );
    });
    const usage = instances.flatMap(({ instanceId, licenseConfigurationArns }) =>
      licenseConfigurationArns.map((configurationArn) =>
        aUsage({ configurationArn, resourceId: instanceId, consumed: 8 }),
      ),
    );
    const configurations = SHARD.configurations.map((configuration) => ({
      ...configuration,
      consumed: 8 * usage.filter((one) => one.configurationArn === configuration.arn).length,
    }));
    return { ...SHARD, configurations, instances, usage };
  }

  #deliver(name: string, run: (ports: Ports) => Promise<void>): void {
    this.#options.schedule.deliver({ name, run: (step) => run(this.#ports(step)) });
  }

  #ports(step: Step): Ports {
    const { onCommit, schedule, random, skewMs } = this.#options;
    const { table } = this;
    const skew = (random(3) - 1) * skewMs;
    const now = () => later(this.#options.now(), skew);
    const commitAll = async (changes: readonly Change[]) => {
      this.#skew = skew;
      await table.commitAll(changes);
      onCommit(changes);
    };
    const store = { ...table, commitAll, commit: (change: Change) => commitAll([change]) };
    return {
      store: stepping(store, step),
      outbox: stepping({ unsent: table.unsent, sent: table.sent }, step),
      requests: this.#lists,
      pools: this.#lists,
      policies: { current: async () => POLICY, byHash: async () => POLICY },
      snapshots: this.#snapshots,
      people: { get: async (id) => aPerson(id), members: async () => new Map() },
      shown: memoryShownMessages(),
      channels: { isShared: async () => false },
      proposals: { proposal: async () => null },
      registers: memoryLicenseRegisters(),
      firstAdministrators: [],
      launcher: stepping(this.ec2.launcher, step),
      within: (_ms, work) => work,
      queues: stepping(
        {
          decide: async (command: DecisionCommand) => this.decide(command),
          launch: async (job: Parameters<Ports['queues']['launch']>[0]) => {
            if (job.kind !== 'follow-up') this.launch(job);
          },
          answer: async () => {},
          optimize: async () => {},
          collect: async () => {
            schedule.deliver({ name: 'collect', run: async () => this.collect() });
          },
        },
        step,
      ),
      now,
      sha256,
      newId: () => `id-${this.#ids++}`,
    };
  }
}

function isDecision(task: Task): task is DecisionTask {
  return 'received' in task;
}
