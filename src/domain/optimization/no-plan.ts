import type { Infeasible } from '#domain/consolidation/consolidation-plan.ts';
import type { NoPlan } from '#domain/optimization/optimization-result.ts';
import type { PreparedOptimization } from '#domain/optimization/prepare-optimization.ts';
import type { Subject } from '#domain/optimization/recommendation.ts';

/** Which requirement cannot be met, in words of the estate. */
export function noPlanOf(why: Infeasible, prepared: PreparedOptimization): NoPlan {
  switch (why.code) {
    case 'no-option':
    case 'too-large':
      return { code: why.code, subject: firstOf(why.workloadId, prepared), missing: null };
    case 'right-short':
      return { code: why.code, subject: rightOf(why.rightId, prepared), missing: why.missing };
    case 'apart-short':
      return { code: why.code, subject: product(why.group), missing: null };
    case 'hosts-short':
      return { code: why.code, subject: product(why.zone), missing: null };
    case 'out-of-time':
      return { code: why.code, subject: null, missing: null };
  }
}

/** A plan that the checker refuses is a fault of ours, and is not shown. */
export function failedCheck(breach: { readonly code: string }): NoPlan {
  return { code: 'check-failed', subject: product(breach.code), missing: null };
}

function firstOf(workloadId: string, { program }: PreparedOptimization): Subject | null {
  const instance = program.members.get(workloadId)?.machines[0]?.machine.instance;
  if (instance === undefined) return null;
  return { kind: 'instance', id: instance.instanceId, name: instance.name };
}

function rightOf(rightId: string, { programRights }: PreparedOptimization): Subject {
  const found = programRights.find(({ right }) => right.id === rightId);
  const line = found?.line;
  const id = line === undefined ? rightId : [line.product, line.edition ?? ''].join('/');
  return { kind: 'product', id, name: found?.pool?.name ?? null };
}

function product(id: string): Subject {
  return { kind: 'product', id, name: null };
}
