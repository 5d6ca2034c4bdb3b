import type { Sha256 } from '#domain/audit/audit-chain.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import type { Consolidation } from '#domain/consolidation/consolidation-plan.ts';
import type { Money } from '#domain/money.ts';
import { attribution, type PricedHost } from '#domain/optimization/attribution.ts';
import {
  type FiguresContext,
  figuresAfter,
  figuresBefore,
} from '#domain/optimization/estate-figures.ts';
import type { EstateKind, Finding } from '#domain/optimization/kind.ts';
import { noPlanOf } from '#domain/optimization/no-plan.ts';
import type { OptimizationResult } from '#domain/optimization/optimization-result.ts';
import { type OptimizedEstate, optimizedEstate } from '#domain/optimization/optimized-estate.ts';
import type { PreparedOptimization } from '#domain/optimization/prepare-optimization.ts';
import { hostPricing } from '#domain/optimization/program-hosts.ts';
import { recommend } from '#domain/optimization/recommend.ts';
import type { Recommendation } from '#domain/optimization/recommendation.ts';
import { setupHourlyPrice } from '#domain/optimization/setup-price.ts';
import { scopeKey } from '#domain/scope.ts';

/** Say what a solved program means: figures before and after, and what to do. */
export function concludeOptimization(
  prepared: PreparedOptimization,
  solved: Consolidation,
  kinds: readonly EstateKind[],
  sha256: Sha256,
): OptimizationResult {
  const { question, choices, fixed, programRights } = prepared;
  const { scales } = prepared.program;
  const { now } = question.input;
  const pricing = hostPricing(choices);
  const estate = solved.plan === null ? null : optimizedEstate(prepared.program, solved.plan);
  const context: FiguresContext = { prepared, pricing };
  const before = figuresBefore(context);
  const parts = estate === null ? null : partsOf(prepared, estate, pricing.before, pricing);
  const better =
    solved.plan === null ? 0 : Math.max(0, solved.plan.micros - solved.lowerBoundMicros);
  const recommending = { rights: prepared.rights, atMostBetter: usd(Math.round(better)) };
  const identified = identify(now, sha256);
  const plan = (parts?.parts ?? []).map((part) => identified(recommend(part, recommending)));
  const beside = kinds
    .flatMap((kind) => kind.find(optimizableOf(prepared)))
    .filter(question.sees)
    .map(identified);
  const named = new Map(programRights.map((one) => [one.right.id, one]));
  return {
    scenario: question.scenario,
    asOf: now,
    machines: choices.length,
    fixed: fixed.map(({ machine, why }) => ({ instanceId: machine.instance.instanceId, why })),
    before: { ...before, monthly: usd(parts?.beforeMicros ?? before.monthly.micros) },
    after:
      estate === null || parts === null
        ? null
        : { ...figuresAfter(context, estate), monthly: usd(parts.afterMicros) },
    noPlan: solved.infeasible === null ? null : noPlanOf(solved.infeasible, prepared),
    lowerBound: usd(Math.round(Math.max(0, solved.lowerBoundMicros))),
    gap: Math.min(1, solved.gap),
    proven: solved.proven,
    seconds: solved.seconds,
    unitValues: [...solved.unitValues].flatMap(([rightId, micros]) => {
      const line = named.get(rightId)?.line;
      if (line === undefined || micros <= 0) return [];
      return [
        {
          product: line.product,
          edition: line.edition,
          monthly: usd(Math.round(micros * (scales.get(rightId) ?? 1))),
        },
      ];
    }),
    plan: plan.toSorted(mostMoneyFirst),
    beside: withoutEmptyHosts(beside, plan).toSorted(mostMoneyFirst),
  };
}

function partsOf(
  { rights, programRights, shards }: PreparedOptimization,
  optimized: OptimizedEstate,
  before: readonly PricedHost[],
  { priceOf }: ReturnType<typeof hostPricing>,
) {
  return attribution({
    optimized,
    rights,
    programRights: new Map(programRights.map((one) => [one.right.id, one])),
    before,
    priceOf,
    hourly: (machine, setup) => {
      const shard = shards.get(scopeKey(machine.scope));
      return shard === undefined ? 0 : (setupHourlyPrice(machine, setup, shard)?.micros ?? 0);
    },
  });
}

function usd(micros: number): Money {
  return { micros, currency: 'USD' };
}

/** The same subject and kind has the same id, however often it is computed. */
function identify(asOf: Date, sha256: Sha256): (finding: Finding) => Recommendation {
  return (finding) => {
    const { kind, account, region, subjects } = finding;
    const ids = subjects.map((subject) => `${subject.kind} ${subject.id}`).toSorted();
    const hash = sha256(canonicalJson([kind, account, region, ids]));
    return { ...finding, id: `rec-${hash.slice(0, 10)}`, asOf };
  };
}

/** A host that the plan gives back is not recommended twice. */
function withoutEmptyHosts(
  beside: readonly Recommendation[],
  plan: readonly Recommendation[],
): readonly Recommendation[] {
  const known = new Set(
    plan.flatMap(({ steps }) =>
      steps.flatMap((one) => (one.do === 'release-host' ? one.hostId : [])),
    ),
  );
  return beside.filter(
    ({ kind, subjects }) => kind !== 'release-host' || !subjects.some(({ id }) => known.has(id)),
  );
}

function mostMoneyFirst(a: Recommendation, b: Recommendation): number {
  return (
    (b.savings.monthly?.micros ?? 0) - (a.savings.monthly?.micros ?? 0) || (a.id < b.id ? -1 : 1)
  );
}

function optimizableOf({ question, shards, machines, position }: PreparedOptimization) {
  const { input, settings, sees } = question;
  return {
    shards: [...shards.values()],
    machines,
    entitlements: input.register.entitlements,
    ledgers: input.ledgers.filter(sees),
    position,
    licensing: input.settings,
    settings,
    now: input.now,
  };
}
