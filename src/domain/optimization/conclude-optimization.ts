import type { Sha256 } from '#domain/audit/audit-chain.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import type { Consolidation, ConsolidationPlan } from '#domain/consolidation/consolidation-plan.ts';
import type { Money } from '#domain/money.ts';
import {
  attribution,
  type CostQuestion,
  costNow,
  type PricedHost,
} from '#domain/optimization/attribution.ts';
import { checkOptimization } from '#domain/optimization/check/check-optimization.ts';
import {
  type FiguresContext,
  figuresAfter,
  figuresBefore,
} from '#domain/optimization/estate-figures.ts';
import { isWanted } from '#domain/optimization/goals.ts';
import type { EstateKind, Finding } from '#domain/optimization/kind.ts';
import { failedCheck, noPlanOf } from '#domain/optimization/no-plan.ts';
import type { OptimizationResult } from '#domain/optimization/optimization-result.ts';
import { optimizedEstate } from '#domain/optimization/optimized-estate.ts';
import type { PreparedOptimization } from '#domain/optimization/prepare-optimization.ts';
import { hostPricing } from '#domain/optimization/program-hosts.ts';
import { recommend } from '#domain/optimization/recommend.ts';
import type { Recommendation } from '#domain/optimization/recommendation.ts';
import { partsOf } from '#domain/optimization/right-scale.ts';
import { hourlyIn } from '#domain/optimization/setup-price.ts';

/** Say what a solved program means: figures before and after, and what to do. */
export function concludeOptimization(
  prepared: PreparedOptimization,
  solved: Consolidation,
  kinds: readonly EstateKind[],
  sha256: Sha256,
): OptimizationResult {
  const { question, choices, fixed } = prepared;
  const { now } = question.input;
  const context: FiguresContext = { prepared, pricing: hostPricing(choices) };
  const costs = costsOf(prepared, context.pricing.before);
  const checked = solved.plan === null ? null : checkedPlan(context, solved, solved.plan, costs);
  const better = Math.max(0, (solved.plan?.micros ?? 0) - Math.max(0, solved.lowerBoundMicros));
  const recommending = { rights: prepared.rights, atMostBetter: usd(Math.round(better)) };
  const identified = identify(now, sha256);
  const sound = checked?.breach === null ? checked : null;
  const parts = sound?.attribution.parts ?? [];
  const plan = parts.map((part) => identified(recommend(part, recommending)));
  const beside = kinds
    .flatMap((kind) => kind.find(optimizableOf(prepared)))
    .filter((finding) => question.sees(finding) && isWanted(finding, question.scenario))
    .map(identified);
  return {
    scenario: question.scenario,
    asOf: now,
    machines: choices.length,
    fixed: fixed.map(({ machine, why }) => ({ instanceId: machine.instance.instanceId, why })),
    before: { ...figuresBefore(context), monthly: usd(costNow(costs, choices)) },
    after: sound && {
      ...figuresAfter(context, sound.estate),
      monthly: usd(sound.attribution.afterMicros),
    },
    noPlan:
      solved.infeasible === null
        ? (checked?.breach ?? null)
        : noPlanOf(solved.infeasible, prepared),
    lowerBound: usd(lowestCost(solved, sound?.attribution.afterMicros ?? null, better)),
    gap: Math.min(1, solved.gap),
    proven: solved.proven,
    seconds: solved.seconds,
    unitValues: unitValues(prepared, solved),
    plan: plan.toSorted(mostMoneyFirst),
    beside: withoutEmptyHosts(beside, plan).toSorted(mostMoneyFirst),
  };
}

/** What touching machines counts for is in the program's bound, and in no amount that is shown. */
function lowestCost(
  { lowerBoundMicros }: Consolidation,
  afterMicros: number | null,
  better: number,
): number {
  return Math.round(Math.max(0, afterMicros === null ? lowerBoundMicros : afterMicros - better));
}

function costsOf(
  { rights, programRights, shards }: PreparedOptimization,
  before: readonly PricedHost[],
): CostQuestion {
  return {
    rights,
    programRights: new Map(programRights.map((one) => [one.right.id, one])),
    before,
    hourly: hourlyIn(shards),
  };
}

/** A plan by name, with its sums, and what is wrong with it; `null`: nothing. */
function checkedPlan(
  { prepared, pricing }: FiguresContext,
  solved: Consolidation,
  plan: ConsolidationPlan,
  costs: CostQuestion,
) {
  const estate = optimizedEstate(prepared.program, plan);
  const after = estate.hosts.map((host) => pricing.priceOf(host));
  const sums = attribution({ ...costs, optimized: estate, after });
  const hosts = { before: pricing.before, after };
  const [first] = checkOptimization({ prepared, solved, estate, hosts, attribution: sums });
  return { estate, attribution: sums, breach: first === undefined ? null : failedCheck(first) };
}

/** What one license more would save, where it would. */
function unitValues(
  { programRights, program: { scales } }: PreparedOptimization,
  { unitValues: values }: Consolidation,
): OptimizationResult['unitValues'] {
  const named = new Map(programRights.map((one) => [one.right.id, one.line]));
  return [...values].flatMap(([rightId, micros]) => {
    const line = named.get(rightId);
    if (line === undefined || micros <= 0) return [];
    const { product, edition } = line;
    return [{ product, edition, monthly: usd(Math.round(micros * partsOf(rightId, scales))) }];
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
