import type { Deployment } from '#domain/estate/deployment.ts';
import type { Requirement } from '#domain/licenses/requirement.ts';
import type { EntitledPool } from '#domain/positioning/license-pools.ts';
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
  for (const [key, group] of plannedGroups(planned, choose)) {
    const on = group.deployments.map((deployment) => deployment.on);
    const writer = cellWriter(cells, group);
    for (const { first, units } of addedBy(group, running.get(key), ask).added) {
      writer.hold(first, on, units);
    }
  }
}

/** What is planned of one product in one pool, and the instances in whose place it will run. */
export interface PlannedGroup<Pool extends EntitledPool> extends ProductGroup<Pool> {
  readonly replaced: ReadonlySet<string>;
}

/** Planned deployments by product and pool, under the same keys as what runs. */
export function plannedGroups<Pool extends EntitledPool>(
  planned: readonly PlannedDeployment[],
  choose: PoolChoice<Pool>,
): ReadonlyMap<string, PlannedGroup<Pool>> {
  const groups: ProductGroups<Pool> = new Map();
  const replaced = new Set(planned.flatMap(({ replaces }) => replaces ?? []));
  for (const { deployment, configurationArns } of planned) {
    const { product, edition, on } = deployment;
    const pool = choose({ product, edition, account: on.account, configurationArns });
    addToGroup(groups, deployment, pool, configurationArns);
  }
  return new Map([...groups].map(([key, group]) => [key, { ...group, replaced }]));
}

const NO_LINES: ReadonlyMap<string, Addition> = new Map();

/** How a line grows. */
export interface Addition {
  /** The first requirement of the line. */
  readonly first: Requirement;
  /** Before rounding, of machines whose size is known. */
  readonly units: number;
  /** Whether the size of some machine is not known. */
  readonly unsized: boolean;
}

/** What the machines of a group will require with those beside them, and what of it is new. */
export function addedBy<Pool extends EntitledPool>(
  group: PlannedGroup<Pool>,
  running: ProductGroup<Pool> | undefined,
  ask: AskTerms,
): { readonly requirements: readonly Requirement[]; readonly added: readonly Addition[] } {
  const beside = besideOf(group, running);
  const staying = beside.filter(({ on }) => !group.replaced.has(on.id));
  const replaced = beside.filter(({ on }) => group.replaced.has(on.id));
  const requirements = ask(group, [...staying, ...asPlanned(group.deployments, replaced)]);
  const before = beside.length === 0 ? NO_LINES : linesOf(ask(group, beside));
  const added = [...linesOf(requirements)].map(([key, line]) => {
    const units = line.units - (before.get(key)?.units ?? 0);
    return { ...line, units: Math.max(0, units) };
  });
  return { requirements, added: added.filter(({ units, unsized }) => units > 0 || unsized) };
}

/** What takes the place of something known is the same software on another machine. */
function asPlanned(
  planned: readonly Deployment[],
  replaced: readonly Deployment[],
): readonly Deployment[] {
  const [machine] = planned;
  if (machine === undefined || replaced.length === 0) return planned;
  const { running, compute } = machine.on;
  return replaced.map((known) => ({ ...known, on: { ...known.on, running, compute } }));
}

/** What runs on the hosts of planned deployments, or in their place. */
function besideOf<Pool extends EntitledPool>(
  { deployments, replaced }: PlannedGroup<Pool>,
  running: ProductGroup<Pool> | undefined,
): readonly Deployment[] {
  const hosts = new Set(deployments.flatMap(({ on }) => on.compute.host?.id ?? []));
  if (hosts.size === 0 && replaced.size === 0) return [];
  return (running?.deployments ?? []).filter(
    ({ on }) => hosts.has(on.compute.host?.id ?? '') || replaced.has(on.id),
  );
}

function linesOf(requirements: readonly Requirement[]): ReadonlyMap<string, Addition> {
  const lines = new Map<string, Addition>();
  for (const requirement of requirements) {
    const key = lineText(requirement);
    const known = lines.get(key);
    lines.set(key, {
      first: known?.first ?? requirement,
      units: (known?.units ?? 0) + (requirement.units ?? 0),
      unsized: known?.unsized === true || requirement.units === null,
    });
  }
  return lines;
}
