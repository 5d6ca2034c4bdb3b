import type { InventoryShard } from '#domain/estate/inventory.ts';
import { shardIndex } from '#domain/estate/shard-index.ts';
import type { TermsDraw } from '#domain/launch/launch-evaluation.ts';
import { instanceIdOf, type MachinePlan } from '#domain/launch/launch-plan.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import type { Policy } from '#domain/policy/policy.ts';
import {
  type Addition,
  addedBy,
  type PlannedGroup,
  plannedGroups,
} from '#domain/positioning/held-terms.ts';
import { deploymentsOfPlan } from '#domain/positioning/planned-deployments.ts';
import type { ProductGroups } from '#domain/positioning/product-groups.ts';
import { linesOf } from '#domain/positioning/terms-cells.ts';
import { wholeLicenses } from '#domain/positioning/terms-lines.ts';
import { type LineKey, lineText, newTally } from '#domain/positioning/terms-tally.ts';
import { eligibilityOf } from '#domain/terms/terms-eligibility.ts';
import { type TermsKnowledge, termsKnowledge } from '#domain/terms/terms-knowledge.ts';
import { termsLedgerId } from '#domain/terms/terms-ledger.ts';
import { checkLine } from '#domain/terms/terms-line-checks.ts';
import type { LaunchTerms, ViewedPool } from '#domain/terms/terms-view.ts';

/** A launch as the vendors' terms look at it. */
export interface TermsQuestion {
  readonly requestId: string;
  readonly plan: MachinePlan;
  /** Those that will count it. */
  readonly configurationArns: readonly string[];
  readonly shard: InventoryShard;
  readonly terms: LaunchTerms;
  readonly policy: Policy;
  readonly now: Date;
}

/** What a launch takes of what is owned, and what the terms say to it. */
export interface TermsCheck {
  readonly draws: readonly TermsDraw[];
  readonly reasons: readonly Reason[];
  readonly warnings: readonly Reason[];
}

/** Nothing is taken, and nothing said. */
export const NO_TERMS: TermsCheck = { draws: [], reasons: [], warnings: [] };

/** Judge a launch by the vendors' terms: what it adds to what is required, and whether it may run there. */
export function checkTerms(question: TermsQuestion): TermsCheck {
  const { view } = question.terms;
  if (view === null) return NO_TERMS;
  const known = termsKnowledge(view, question.policy.licensing, question.now);
  const running = runningBeside(question, known);
  const checks = [...plannedOf(question, known, question.plan.count)].map(([key, group]) =>
    checkGroup({ question, known, group, running, key }),
  );
  return {
    draws: checks.flatMap(({ draws }) => draws),
    reasons: checks.flatMap(({ reasons }) => reasons),
    warnings: checks.flatMap(({ warnings }) => warnings),
  };
}

type Groups = ProductGroups<ViewedPool>;

const NO_GROUPS: Groups = new Map();

/** What runs matters on a shared host, and where something takes its place. */
function runningBeside({ plan, shard }: TermsQuestion, known: TermsKnowledge): Groups {
  return plan.hostId === null && instanceIdOf(plan) === null ? NO_GROUPS : known.running(shard);
}

function plannedOf(
  { requestId: id, plan, configurationArns, shard, policy }: TermsQuestion,
  { choose, products }: TermsKnowledge,
  count: number,
): ReadonlyMap<string, PlannedGroup<ViewedPool>> {
  const view = { index: shardIndex(shard), products };
  const planned = { id, plan, count, configurationArns };
  return plannedGroups(deploymentsOfPlan(planned, view, policy.licensing), choose);
}

interface GroupQuestion {
  readonly question: TermsQuestion;
  readonly known: TermsKnowledge;
  readonly group: PlannedGroup<ViewedPool>;
  readonly running: Groups;
  readonly key: string;
}

function checkGroup(asked: GroupQuestion): TermsCheck {
  const { question, known, group, running, key } = asked;
  const vendor = known.vendors.get(group.product);
  if (vendor === undefined) return { ...NO_TERMS, warnings: withoutRule(group) };
  const { requirements, added } = addedBy(group, running.get(key), known.ask);
  const eligibility = eligibilityOf(group, requirements, question.now);
  const checks = ownLines(group, added).map(({ line, units, unsized }) => {
    const licenses = wholeLicenses({ ...newTally(line), units }, vendor).requiredAtLeast;
    const consumer = consumerOf(asked, line, units);
    const ledgerId = termsLedgerId(group.pool?.id ?? '', line);
    return checkLine({ ledgerId, ...line, licenses, consumer }, unsized, question);
  });
  return {
    draws: checks.flatMap(({ draws }) => draws),
    reasons: [...eligibility.reasons, ...checks.flatMap(({ reasons }) => reasons)],
    warnings: [...eligibility.warnings, ...checks.flatMap(({ warnings }) => warnings)],
  };
}

/** No rule says what a product takes that only an entitlement names: in the metric that it is owned in. */
function withoutRule({ product, pool }: PlannedGroup<ViewedPool>): readonly Reason[] {
  const owned = pool?.entitlements.filter((entitlement) => entitlement.product === product) ?? [];
  return owned.slice(0, 1).map(({ edition, metric }) => {
    return { code: 'terms-unknown', product, edition, metric };
  });
}

interface AddedLine extends Pick<Addition, 'units' | 'unsized'> {
  readonly line: LineKey;
}

/** Additions by the lines that the pool owns: one entitlement may be for all editions. */
function ownLines(
  { pool }: PlannedGroup<ViewedPool>,
  added: readonly Addition[],
): readonly AddedLine[] {
  const lineOf = linesOf(pool);
  const lines = new Map<string, AddedLine>();
  for (const { first, units, unsized } of added) {
    const line = lineOf(first);
    const known = lines.get(lineText(line)) ?? { line, units: 0, unsized: false };
    lines.set(lineText(line), {
      line,
      units: known.units + units,
      unsized: known.unsized || unsized,
    });
  }
  return [...lines.values()];
}

/**
 * Who holds it. Where as many machines more on the same host would add nothing, the host itself is
 * licensed: then its requests share the hold.
 */
function consumerOf(
  { question, known, running, key }: GroupQuestion,
  line: LineKey,
  units: number,
) {
  const { plan, requestId } = question;
  const alone = `request/${requestId}`;
  const doubled =
    plan.hostId === null ? undefined : plannedOf(question, known, 2 * plan.count).get(key);
  if (doubled === undefined) return alone;
  const { added } = addedBy(doubled, running.get(key), known.ask);
  const more = ownLines(doubled, added).find((one) => lineText(one.line) === lineText(line));
  return more?.units === units ? `host/${plan.hostId}` : alone;
}
