import type { MachinePlan } from '#domain/launch/launch-plan.ts';
import { sealPlan } from '#domain/launch/launch-planning.ts';
import type { Launcher, LaunchOutcome, LaunchTicket } from '#ports/launcher.ts';
import { machinesOf, sha256 } from '../builders.ts';

/** What EC2 started by one client token. */
export interface Started {
  readonly requestId: string;
  readonly generation: number;
  readonly planHash: string;
  readonly instanceIds: readonly string[];
}

/** EC2: the same token gives the same instances. An answer may be lost after its effect, a launch refused. */
export function simulatedEc2(random: (below: number) => number) {
  const started = new Map<string, Started>();
  const refused = new Set<string>();
  let ids = 0;

  function launch(plan: MachinePlan, { requestId, generation }: LaunchTicket): LaunchOutcome {
    const token = `${requestId}/${generation}`;
    const before = started.get(token);
    if (before === undefined && (refused.has(token) || random(6) === 0)) {
      refused.add(token);
      const message = 'No capacity';
      return { kind: 'refused', code: 'InsufficientInstanceCapacity', message, advice: null };
    }
    const instanceIds =
      before?.instanceIds ?? Array.from({ length: plan.count }, () => `i-${ids++}`);
    const planHash = sealPlan(plan, sha256);
    started.set(token, { requestId, generation, planHash, instanceIds });
    if (random(4) > 0) return { kind: 'launched', instanceIds };
    return { kind: 'unclear', code: 'TimeoutError', message: 'No answer', advice: null };
  }

  const launcher: Launcher = {
    check: async () => ({ ok: true }),
    find: async (_plan, { requestId, generation }) =>
      started.get(`${requestId}/${generation}`)?.instanceIds ?? [],
    launch: async (plan, ticket) => launch(machinesOf(plan), ticket),
    undo: async () => ({ kind: 'undone', left: [] }),
  };
  return { launcher, started: () => [...started.values()] };
}
