import type { Deployment } from '#domain/deployment.ts';
import type { PlannedDeployment } from '#domain/positioning/planned-deployments.ts';
import type { PoolChoice } from '#domain/positioning/pool-choice.ts';
import {
  type AskTerms,
  addToGroup,
  type ProductGroup,
  type ProductGroups,
} from '#domain/positioning/product-groups.ts';
import { cellWriter, type TermsCell } from '#domain/positioning/terms-cells.ts';
import { lineText } from '#domain/positioning/terms-tally.ts';
import type { Requirement } from '#domain/requirement.ts';

/**
 * Hold what planned deployments will need beside what runs: nothing on a host whose cores are licensed
 * already, more where they add to its requirement.
 */
export function holdPlanned(
  cells: TermsCell[],
  running: ProductGroups,
  planned: readonly PlannedDeployment[],
  choose: PoolChoice,
  ask: AskTerms,
): void {
  const groups: ProductGroups = new Map();
  for (const { deployment, configurationArns } of planned) {
    const { product, edition, on } = deployment;
    const pool = choose({ product, edition, account: on.account, configurationArns });
    addToGroup(groups, deployment, pool, configurationArns);
  }
  for (const [key, group] of groups) {
    const beside = besideOf(group, running.get(key));
    const on = group.deployments.map((deployment) => deployment.on);
    const writer = cellWriter(cells, group);
    const before = linesOf(ask(group, beside));
    for (const [line, { first, units }] of linesOf(ask(group, [...beside, ...group.deployments]))) {
      const additional = units - (before.get(line)?.units ?? 0);
      if (additional > 0) writer.hold(first, on, additional);
    }
  }
}

/** What runs on the hosts of planned deployments. */
function besideOf(
  { deployments }: ProductGroup,
  running: ProductGroup | undefined,
): readonly Deployment[] {
  const hosts = new Set(deployments.flatMap(({ on }) => on.compute.host?.id ?? []));
  if (hosts.size === 0) return [];
  return (running?.deployments ?? []).filter(({ on }) => hosts.has(on.compute.host?.id ?? ''));
}

interface Line {
  readonly first: Requirement;
  readonly units: number;
}

function linesOf(requirements: readonly Requirement[]): ReadonlyMap<string, Line> {
  const lines = new Map<string, Line>();
  for (const requirement of requirements) {
    const key = lineText(requirement);
    const { first = requirement, units = 0 } = lines.get(key) ?? {};
    lines.set(key, { first, units: units + (requirement.units ?? 0) });
  }
  return lines;
}
