import type { JsonObject } from './json.ts';
import { firstVersion, nextVersion, type OpenView, type ViewIds } from './open-view.ts';
import { SlackError } from './slack-error.ts';

/** A root modal has room for two others above it. */
const STACK_LIMIT = 3;

/** The modals and Homes of everybody. */
export class Views {
  readonly #stacks = new Map<string, OpenView[]>();
  readonly #homes = new Map<string, OpenView>();
  readonly #nextTs: () => string;
  readonly #changed: () => void;
  #count = 0;

  /** `changed` is told of every write. */
  constructor(nextTs: () => string, changed: () => void) {
    this.#nextTs = nextTs;
    this.#changed = changed;
  }

  /** Any open modal or Home, by id or external_id. */
  find(id: string): OpenView | null {
    const all = [...[...this.#stacks.values()].flat(), ...this.#homes.values()];
    return all.find((open) => open.id === id || open.view['external_id'] === id) ?? null;
  }

  top(user: string): OpenView | null {
    return this.#stacks.get(user)?.at(-1) ?? null;
  }

  home(user: string): OpenView | null {
    return this.#homes.get(user) ?? null;
  }

  /** A new root modal; it takes the place of whatever the person had open. @throws SlackError duplicate_external_id */
  open(user: string, given: JsonObject): OpenView {
    this.#checkExternalId(given, null);
    const opened = firstVersion(user, given, this.#ids(), null);
    this.#stacks.set(user, [opened]);
    this.#changed();
    return opened;
  }

  /** A modal on top of the one that is open. @throws SlackError not_found, push_limit_reached, duplicate_external_id */
  push(user: string, given: JsonObject): OpenView {
    const stack = this.#stacks.get(user) ?? [];
    const below = stack.at(-1);
    if (below === undefined) throw new SlackError('not_found');
    if (stack.length >= STACK_LIMIT) throw new SlackError('push_limit_reached');
    this.#checkExternalId(given, null);
    const pushed = firstVersion(user, given, this.#ids(), below);
    stack.push(pushed);
    this.#changed();
    return pushed;
  }

  /** The next version of a view. @throws SlackError not_found, hash_conflict, duplicate_external_id */
  update(id: string, given: JsonObject, hash?: string): OpenView {
    const old = this.find(id);
    if (old === null) throw new SlackError('not_found');
    if (hash !== undefined && hash !== old.view['hash']) throw new SlackError('hash_conflict');
    this.#checkExternalId(given, old);
    const updated = nextVersion(old, given, this.#ids(old.id));
    this.#put(updated);
    return updated;
  }

  /** What the person's Home shows from now on. @throws SlackError hash_conflict, duplicate_external_id */
  publish(user: string, given: JsonObject, hash?: string): OpenView {
    const old = this.home(user);
    if (old !== null) return this.update(old.id, given, hash);
    this.#checkExternalId(given, null);
    const published = firstVersion(user, given, this.#ids(), null);
    this.#put(published);
    return published;
  }

  /** Changes what the client shows; the version stays. */
  change(id: string, change: Partial<Pick<OpenView, 'state' | 'errors' | 'notice'>>): void {
    const old = this.find(id);
    if (old !== null) this.#put({ ...old, ...change });
  }

  /** Takes the modal on top away, or all of them. */
  close(user: string, all: boolean): void {
    const stack = this.#stacks.get(user) ?? [];
    stack.splice(all ? 0 : -1);
    this.#changed();
  }

  #put(next: OpenView): void {
    const stack = this.#stacks.get(next.user) ?? [];
    const index = stack.findIndex(({ id }) => id === next.id);
    if (index >= 0) stack[index] = next;
    else this.#homes.set(next.user, next);
    this.#changed();
  }

  #checkExternalId({ external_id }: JsonObject, own: OpenView | null): void {
    if (typeof external_id !== 'string' || external_id === '') return;
    const holder = this.find(external_id);
    if (holder !== null && holder.id !== own?.id) throw new SlackError('duplicate_external_id');
  }

  #ids(id = this.#next('V0')): ViewIds {
    return { id, hash: `${this.#nextTs()}.${this.#next('')}`, nextBlockId: () => this.#next('b') };
  }

  #next(prefix: string): string {
    this.#count += 1;
    return `${prefix}${String(this.#count).padStart(8, '0')}`;
  }
}
