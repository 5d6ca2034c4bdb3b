import { append } from '#domain/estate/shard-index.ts';
import type {
  PositionDimension,
  PositionSlice,
  TrackedLine,
} from '#domain/licenses/position-report.ts';
import { PositionDimension as Dimensions } from '#domain/licenses/position-report.ts';
import type { LicensePools } from '#domain/positioning/license-pools.ts';
import { productKey, productLabel } from '#domain/positioning/licensed-product.ts';
import type { ScopeHealth } from '#domain/positioning/missing-sources.ts';
import type { TermsSlices } from '#domain/positioning/terms-slices.ts';
import type { OwnerFigures, TrackedCell } from '#domain/positioning/tracked-cells.ts';
import { type TrackedFigures, trackedLines } from '#domain/positioning/tracked-figures.ts';
import type { Scope } from '#domain/scope.ts';

/** What slices are put together from. */
export interface SliceParts {
  readonly pools: LicensePools;
  readonly tracked: readonly TrackedCell[];
  readonly owners: OwnerFigures;
  readonly terms: TermsSlices;
  readonly health: readonly ScopeHealth[];
  readonly accountNames: ReadonlyMap<string, string>;
}

/** Every slice of the organization, by dimension and key. */
export function positionSlices(parts: SliceParts): readonly PositionSlice[] {
  const tracked = trackedSlices(parts);
  const nameOf = namesOf(parts);
  const healthOf = healthBySlice(parts);
  return Dimensions.options.flatMap((dimension) =>
    [...new Set([...tracked[dimension].keys(), ...parts.terms[dimension].keys()])]
      .toSorted()
      .map((key) => ({
        dimension,
        key,
        name: nameOf(dimension, key),
        ...healthOf(dimension, key),
        tracked: tracked[dimension].get(key) ?? [],
        terms: parts.terms[dimension].get(key) ?? [],
      })),
  );
}

type TrackedSlices = Readonly<
  Record<PositionDimension, ReadonlyMap<string, readonly TrackedLine[]>>
>;

function trackedSlices({ pools, tracked, owners }: SliceParts): TrackedSlices {
  const by = (keysOf: (cell: TrackedCell) => readonly string[]) => trackedBy(tracked, keysOf);
  return {
    organization: by(() => ['organization']),
    configuration: by(({ configuration }) => [configuration.arn]),
    account: by(({ configuration }) => [configuration.account]),
    region: by(({ configuration }) => [configuration.region]),
    pool: trackedByPool(pools, tracked),
    product: by(({ products }) => [
      ...new Set(products.flatMap((product) => [product.product, productKey(product)])),
    ]),
    owner: new Map(
      [...owners].map(([owner, units]) => [
        owner,
        trackedLines([...units].map(([unit, figures]) => ({ unit, limit: null, ...figures }))),
      ]),
    ),
  };
}

/** A configuration that another account shares is tracked there, or not at all. */
function trackedByPool(
  { all }: LicensePools,
  tracked: readonly TrackedCell[],
): ReadonlyMap<string, readonly TrackedLine[]> {
  const figures = new Map(tracked.map((cell) => [cell.configuration.arn, cell.figures]));
  return new Map(
    all.map(({ id, configurations }) => [
      id,
      trackedLines(configurations.flatMap(({ arn }) => figures.get(arn) ?? [])),
    ]),
  );
}

function trackedBy(
  cells: readonly TrackedCell[],
  keysOf: (cell: TrackedCell) => readonly string[],
): ReadonlyMap<string, readonly TrackedLine[]> {
  const groups = new Map<string, TrackedFigures[]>();
  for (const cell of cells) {
    for (const key of keysOf(cell)) append(groups, key, cell.figures);
  }
  return new Map([...groups].map(([key, figures]) => [key, trackedLines(figures)]));
}

type NameOf = (dimension: PositionDimension, key: string) => string;

function namesOf({ pools, tracked, accountNames }: SliceParts): NameOf {
  const configurations = new Map(
    tracked.map(({ configuration }) => [configuration.arn, configuration.name]),
  );
  const poolNames = new Map(pools.all.map(({ id, name }) => [id, name]));
  const names: Readonly<Record<PositionDimension, (key: string) => string | undefined>> = {
    organization: () => undefined,
    configuration: (key) => configurations.get(key),
    pool: (key) => poolNames.get(key),
    product: (key) => {
      const [product = key, edition = null] = key.split('/', 2);
      return productLabel({ product, edition });
    },
    account: (key) => accountNames.get(key),
    region: () => undefined,
    owner: (key) => (key === '' ? 'no owner' : undefined),
  };
  return (dimension, key) => names[dimension](key) ?? key;
}

type Health = Pick<PositionSlice, 'asOf' | 'complete'>;

/** A slice is as old and as whole as the accounts and Regions that it is of. */
function healthBySlice({ health, tracked }: SliceParts) {
  const all = together(health);
  const byAccount = groupedHealth(health, ({ account }) => account);
  const byRegion = groupedHealth(health, ({ region }) => region);
  const byScope = groupedHealth(health, ({ account, region }) => `${account}/${region}`);
  const byConfiguration = new Map(
    tracked.map(({ configuration: { arn, account, region } }) => [
      arn,
      byScope.get(`${account}/${region}`),
    ]),
  );
  return (dimension: PositionDimension, key: string): Health => {
    if (dimension === 'account') return byAccount.get(key) ?? all;
    if (dimension === 'region') return byRegion.get(key) ?? all;
    return (dimension === 'configuration' ? byConfiguration.get(key) : undefined) ?? all;
  };
}

function groupedHealth(
  health: readonly ScopeHealth[],
  keyOf: (scope: Scope) => string,
): ReadonlyMap<string, Health> {
  const groups = Map.groupBy(health, ({ scope }) => keyOf(scope));
  return new Map([...groups].map(([key, group]) => [key, together(group)]));
}

/** The oldest figure, and whether all are whole. */
export function together(health: readonly ScopeHealth[]): Health {
  const times = health.flatMap(({ asOf }) => asOf?.getTime() ?? []);
  return {
    asOf: times.length === 0 ? null : new Date(times.reduce((a, b) => Math.min(a, b))),
    complete: health.every(({ complete }) => complete),
  };
}
