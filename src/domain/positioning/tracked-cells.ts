import { entryFor } from '#domain/estate/shard-index.ts';
import { isMachinePlan } from '#domain/launch/launch-plan.ts';
import type { CountingType, LicenseConfiguration } from '#domain/licenses/license-configuration.ts';
import { listedUsage, type ResourceCount } from '#domain/licenses/license-counting.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { LicensedProduct } from '#domain/positioning/licensed-product.ts';
import type { ShardView } from '#domain/positioning/shard-view.ts';
import type { TrackedFigures } from '#domain/positioning/tracked-figures.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { tagValue } from '#domain/software/resource-marks.ts';

/** One configuration, at its owner. */
export interface TrackedCell {
  readonly configuration: LicenseConfiguration;
  readonly figures: TrackedFigures;
  readonly products: readonly LicensedProduct[];
}

/** What each owner's resources take of each unit; grows in place while a position is folded. */
export type OwnerFigures = Map<string, Map<CountingType, MutableFigures>>;

interface MutableFigures {
  consumed: number;
  counted: number;
  held: number;
}

/** Divide a configuration's resources and holds by who answers for them. Limits have no owner. */
export function addOwners(
  owners: OwnerFigures,
  view: ShardView,
  { arn, countingType }: LicenseConfiguration,
  { resources }: ResourceCount,
  ownerTag: string,
): void {
  const ownerOf = (id: string) => tagValue(view.instances.get(id)?.tags ?? {}, ownerTag) ?? '';
  for (const { resourceId, licenses } of resources) {
    figuresFor(owners, ownerOf(resourceId), countingType).counted += licenses;
  }
  for (const { resourceId, consumed } of listedUsage(view.shard, arn).values()) {
    figuresFor(owners, ownerOf(resourceId), countingType).consumed += consumed;
  }
}

/** A hold that requests share counts for the first of them. */
export function addOwnersOfHolds(
  owners: OwnerFigures,
  { holds, countingType }: PoolLedger,
  requests: ReadonlyMap<string, LaunchRequest>,
  ownerTag: string,
): void {
  for (const { requestIds, licenses } of holds) {
    const [request] = requestIds.flatMap((id) => requests.get(id) ?? []);
    const tags = request !== undefined && isMachinePlan(request.plan) ? request.plan.tags : [];
    const owner = tags.find(({ key }) => key === ownerTag)?.value ?? '';
    figuresFor(owners, owner, countingType).held += licenses;
  }
}

function figuresFor(owners: OwnerFigures, owner: string, unit: CountingType): MutableFigures {
  const units = entryFor(owners, owner, () => new Map<CountingType, MutableFigures>());
  return entryFor(units, unit, () => ({ consumed: 0, counted: 0, held: 0 }));
}
