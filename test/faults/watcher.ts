import { hashOf } from '#domain/audit/audit-chain.ts';
import type { Change } from '#domain/requests/change.ts';
import { isTerminal, type LaunchRequest } from '#domain/requests/launch-request.ts';
import { machinesOf, sha256 } from '../builders.ts';
import type { Product } from './product.ts';
import { LIMIT, POOLS, TERMS } from './scene.ts';

/** Licenses are taken from the approval on, and for good once something runs. */
const TAKING: ReadonlySet<string> = new Set([
  'approved',
  'launching',
  'launched',
  'unknown',
  'confirmed',
]);
const RUNNING: ReadonlySet<string> = new Set(['launched', 'unknown', 'confirmed']);
const isTaking = ({ status }: LaunchRequest): boolean => TAKING.has(status);
const isHeld = ({ status, standing }: LaunchRequest): boolean =>
  status === 'pending' && standing === 'held';

/** Keeps the history of one life, and says which promises it broke: the ids are those of the invariants. */
export class Watcher {
  readonly violations = new Set<string>();
  readonly #product: Product;
  readonly #last = new Map<string, LaunchRequest>();
  readonly #streams = new Map<string, number>();

  readonly #wanted: readonly string[];

  /** `wanted`: the requests that are submitted. */
  constructor(product: Product, wanted: readonly string[]) {
    this.#product = product;
    this.#wanted = wanted;
  }

  /** What must hold at every instant. */
  heard(changes: readonly Change[], at: Date): void {
    for (const change of changes) {
      for (const { stream } of change.audit) {
        this.#streams.set(stream, (this.#streams.get(stream) ?? 0) + 1);
      }
      if (change.request !== null) this.#heardRequest(change.request, at);
    }
    this.#judgeHoldings();
  }

  #heardRequest(request: LaunchRequest, at: Date): void {
    const before = this.#last.get(request.id);
    this.#last.set(request.id, request);
    if (before === undefined) return;
    if (isTerminal(before)) this.violations.add(`I12 ${before.status} became ${request.status}`);
    const { dueAt, status } = before;
    const approved = status === 'pending' && request.status === 'approved';
    if (approved && dueAt !== null && dueAt <= at)
      this.violations.add('I2 approved when it was due');
    if (request.version !== before.version + 1) this.violations.add('I12 a version written twice');
  }

  #judgeHoldings(): void {
    const requests = this.#wanted.flatMap((id) => this.#product.table.peek(id) ?? []);
    const taking = requests.filter((request) => isHeld(request) || isTaking(request));
    for (const poolId of POOLS) {
      const drawn = taking.flatMap(({ evaluation }) =>
        evaluation.draws.filter((draw) => draw.poolId === poolId),
      );
      if (sumOf(drawn) > LIMIT) this.violations.add('I1 oversold');
    }
    for (const { id, entitled } of TERMS.ledgers) {
      const drawn = taking.flatMap(({ evaluation }) =>
        evaluation.terms.filter(({ ledgerId }) => ledgerId === id),
      );
      if (sumOf(drawn) > (entitled ?? 0)) this.violations.add('I1 oversold by terms');
    }
    const held = requests.filter(isHeld).map(({ requestedBy }) => requestedBy);
    if (held.length > new Set(held).size)
      this.violations.add('I1 more holds than a person may have');
  }

  /** What must hold when nothing is left to do. */
  async judgeEnd(): Promise<void> {
    await this.#judgeAudit();
    for (const id of this.#wanted) this.#judgeRequest(id, this.#product.table.peek(id));
    await this.#judgeFollowUps();
    const { unsent } = this.#product.table;
    const left = await unsent(new Date(8.64e15), 1);
    if (left.length > 0) this.violations.add('I3 a message was not sent');
  }

  async #judgeAudit(): Promise<void> {
    for (const [stream, written] of this.#streams) {
      const trail = await this.#product.table.auditTrail(stream);
      if (trail.length !== written) this.violations.add('I7 audit entry lost');
      const broken = trail.some(
        (entry, index) =>
          entry.hash !== hashOf(entry, sha256) ||
          entry.previousHash !== (trail[index - 1]?.hash ?? ''),
      );
      if (broken) this.violations.add('I7 audit chain broken');
    }
  }

  #judgeRequest(id: string, request: LaunchRequest | null): void {
    if (request === null) {
      this.violations.add('I3 request lost');
      return;
    }
    const { status, decisions, requestedBy, editors, plan } = request;
    if (!isTerminal(request) && status !== 'launched') this.violations.add(`I2 left ${status}`);
    const own = new Set([requestedBy, request.for, ...editors]);
    if (decisions.some(({ kind, by }) => kind === 'approve' && own.has(by))) {
      this.violations.add('I6 approved by who asked');
    }
    const runs = this.#product.ec2.started().filter(({ requestId }) => requestId === id);
    const instances = runs.flatMap(({ instanceIds }) => instanceIds);
    if (instances.length > machinesOf(plan).count) this.violations.add('I4 launched twice');
    if (instances.length > 0 && !RUNNING.has(status)) this.violations.add(`I5 ${status}, but runs`);
    if (instances.length === 0 && RUNNING.has(status))
      this.violations.add(`I5 ${status}, not there`);
    const allowed = decisions.filter(({ kind }) => /approve|override/.test(kind));
    if (runs.some(({ planHash }) => !allowed.some((one) => one.planHash === planHash))) {
      this.violations.add('I5 runs what nobody approved');
    }
    this.#judgeHolds(request);
  }

  /** Nothing is held for nobody, and whoever holds is in the ledgers until License Manager lists it. */
  #judgeHolds(request: LaunchRequest): void {
    const holding = this.#product.table
      .peekLedgers()
      .some(({ holds }) => holds.some(({ requestIds }) => requestIds.includes(request.id)));
    if (holding && isTerminal(request)) this.violations.add('I11 hold leaked');
  }

  /** Somebody's word on a follow-up is its last. */
  async #judgeFollowUps(): Promise<void> {
    for (const stream of this.#streams.keys()) {
      if (!stream.startsWith('follow-up/')) continue;
      const trail = await this.#product.table.auditTrail(stream);
      const decided = trail.filter(({ event }) => /accepted|objected/.test(event));
      if (decided.length > 1) this.violations.add('I12 reviewed twice');
    }
  }
}

function sumOf(drawn: readonly { readonly licenses: number }[]): number {
  return drawn.reduce((sum, { licenses }) => sum + licenses, 0);
}
