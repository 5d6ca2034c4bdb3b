import type { Fleet, KeptHosts, Seat } from '#domain/consolidation/fleet.ts';
import type { Pattern } from '#domain/consolidation/host-layout.ts';
import type { MachineKind, Way } from '#domain/consolidation/machine-kind.ts';

/** A plan in counts: which machine is on which host is not said yet. */
export interface DraftPlan {
  /** With load, or what is taken for it. */
  readonly hosts: readonly {
    readonly fleet: Fleet;
    readonly pattern: Pattern;
    readonly count: number;
  }[];
  readonly seated: readonly {
    readonly fleet: Fleet;
    readonly seat: Seat;
    readonly count: number;
  }[];
  readonly alone: readonly {
    readonly kind: MachineKind;
    readonly way: Way;
    readonly count: number;
  }[];
  /** Where hosts come from, `null` being new ones; what is not said is taken where it is cheapest. */
  readonly sources: readonly {
    readonly fleet: Fleet;
    readonly kept: KeptHosts | null;
    readonly count: number;
  }[];
  /** Spare hosts; what is not said is taken where it is cheapest. */
  readonly spares: readonly { readonly fleet: Fleet; readonly count: number }[];
}

/** Without the machines that run more than once, which costs nothing less. */
export function withoutExcess(draft: DraftPlan): DraftPlan {
  const left = new Map<MachineKind, number>();
  const take = (kind: MachineKind, count: number) => {
    const before = left.get(kind) ?? kind.count;
    const taken = Math.min(before, count);
    left.set(kind, before - taken);
    return taken;
  };
  const seated = draft.seated.map((each) => ({ ...each, count: take(each.seat.kind, each.count) }));
  const alone = draft.alone.map((each) => ({ ...each, count: take(each.kind, each.count) }));
  const some = ({ count }: { readonly count: number }) => count > 0;
  return { ...draft, seated: seated.filter(some), alone: alone.filter(some) };
}
