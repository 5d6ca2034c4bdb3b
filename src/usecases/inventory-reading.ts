import { isDue } from '#domain/estate/collection-round.ts';
import type { InventoryShard, InventorySource, SourceNote } from '#domain/estate/inventory.ts';
import type { Scope } from '#domain/scope.ts';
import type { FailureOf } from '#ports/inventory-source.ts';
import { OutOfTime } from '#src/errors.ts';

export interface ReadingPorts {
  readonly failureOf: FailureOf;
  readonly now: () => Date;
  /** The account and Region in which sources of the whole organization are read. */
  readonly hub: Scope;
}

/** What is to be read, and until when. */
export interface ReadingPlan {
  /** What was read or tried since then is not read again. */
  readonly roundStart: Date;
  /** What is not read by then keeps its note, and is still due. `null`: there is time. */
  readonly until: Date | null;
}

/** Something is made of another source that was never read. */
class NotRead extends Error {
  readonly source: InventorySource;

  constructor(source: InventorySource) {
    super(`${source} was never read`);
    this.source = source;
  }
}

/** A shard that is being read, source by source. */
export class InventoryReading {
  shard: InventoryShard;
  readonly #ports: ReadingPorts;
  readonly #plan: ReadingPlan;

  constructor(ports: ReadingPorts, before: InventoryShard, plan: ReadingPlan) {
    this.shard = before;
    this.#ports = ports;
    this.#plan = plan;
  }

  /** The shard with these sources read, now or at some time before. @throws {NotRead} */
  with(...sources: readonly InventorySource[]): InventoryShard {
    for (const source of sources) {
      if ((this.shard.sources[source]?.asOf ?? null) === null) throw new NotRead(source);
    }
    return this.shard;
  }

  /** Reads a source that is due. As-of is when reading began: what changed meanwhile is not in it. */
  async take(source: InventorySource, read: () => Promise<Partial<InventoryShard>>): Promise<void> {
    if (!isDue(source, this.shard, this.#plan.roundStart, this.#ports.hub)) return;
    const asOf = this.#ports.now();
    try {
      const part = await read();
      this.#note(source, { asOf, error: null, state: 'read' }, part);
    } catch (error) {
      const failure = this.#failure(error);
      if (failure === null) return;
      const lastGood = this.shard.sources[source]?.asOf ?? null;
      this.#note(source, { ...failure, asOf: lastGood, triedAt: asOf });
    }
  }

  /** `null`: the time was over; it is no failure of the source. */
  #failure(error: unknown): Pick<SourceNote, 'state' | 'error'> | null {
    const { until } = this.#plan;
    if (error instanceof OutOfTime || (until !== null && this.#ports.now() >= until)) return null;
    if (error instanceof NotRead) {
      const cause = this.shard.sources[error.source];
      return cause === undefined ? null : { state: cause.state, error: cause.error };
    }
    const { state, error: name } = this.#ports.failureOf(error);
    return { state: state === 'throttled' ? 'failed' : state, error: name };
  }

  #note(source: InventorySource, note: SourceNote, part: Partial<InventoryShard> = {}): void {
    const sources = { ...this.shard.sources, [source]: note };
    this.shard = { ...this.shard, ...part, sources };
  }
}
