import type { InventoryShard } from '#domain/estate/inventory.ts';

/** How many a container keeps: as many Regions as people work in within minutes, and little memory. */
const MOST = 8;

/** A shard as it was written: a generation never changes, so it may be read once. */
export interface Generation {
  readonly generation: string;
  readonly shard: InventoryShard;
}

/** The generations that were read last, by scope; the one that was not used for longest goes first. */
export class KeptShards {
  readonly #kept = new Map<string, Generation>();

  get(scope: string, generation: string): InventoryShard | undefined {
    const kept = this.#kept.get(scope);
    if (kept?.generation !== generation) return undefined;
    this.keep(scope, kept);
    return kept.shard;
  }

  keep(scope: string, read: Generation): void {
    this.#kept.delete(scope);
    this.#kept.set(scope, read);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST && oldest !== undefined) this.#kept.delete(oldest);
  }
}
