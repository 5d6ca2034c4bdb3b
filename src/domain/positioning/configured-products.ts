import type { LicenseConfiguration } from '#domain/licenses/license-configuration.ts';
import { type LicensedProduct, productLabel } from '#domain/positioning/licensed-product.ts';
import { engineProduct } from '#domain/software/database-engine.ts';
import type { SoftwareCatalog } from '#domain/software/software-catalog.ts';

/** A product that runs on resources of a configuration, and on how many. */
export interface RunningProduct extends LicensedProduct {
  readonly resources: number;
}

/**
 * What a configuration without entitlements is for: what its automated discovery looks for, else one
 * product that runs on its resources. Of several that is the one that the configuration's name says,
 * else the one on most resources, else the application rather than the operating system below it.
 */
export function configuredProducts(
  configuration: Pick<LicenseConfiguration, 'name' | 'discovers'>,
  running: readonly RunningProduct[],
  catalog: SoftwareCatalog,
): readonly LicensedProduct[] {
  const discovered = configuration.discovers.flatMap((filter) =>
    discoveredProducts(filter, catalog),
  );
  if (discovered.length > 0) return discovered;

  const name = configuration.name.toLowerCase();
  const totals = Map.groupBy(running, ({ product }) => product);
  const [best] = [...totals]
    .map(([product, found]) => ({
      product,
      edition: editionOf(found),
      named: name.includes(productLabel({ product, edition: null }).toLowerCase()),
      resources: found.reduce((sum, { resources }) => sum + resources, 0),
    }))
    .toSorted(
      (a, b) =>
        Number(b.named) - Number(a.named) ||
        b.resources - a.resources ||
        Number(OPERATING_SYSTEMS.has(a.product)) - Number(OPERATING_SYSTEMS.has(b.product)) ||
        a.product.localeCompare(b.product),
    );
  return best === undefined ? [] : [{ product: best.product, edition: best.edition }];
}

const OPERATING_SYSTEMS: ReadonlySet<string> = new Set([
  'windows-server',
  'red-hat-enterprise-linux',
  'suse-linux-enterprise',
]);

/** The edition, when all agree that are known. */
function editionOf(found: readonly RunningProduct[]): string | null {
  const editions = new Set(
    found.map(({ edition }) => edition).filter((edition) => edition !== null),
  );
  const [edition = null, another] = editions;
  return another === undefined ? edition : null;
}

/** `Engine Edition=oracle-ee,oracle-se2`, as the filter of a configuration is written. */
function discoveredProducts(filter: string, catalog: SoftwareCatalog): readonly LicensedProduct[] {
  const [, name, values = ''] = /^(engine edition|application name)=(.*)$/i.exec(filter) ?? [];
  if (name === undefined) return [];
  const texts = values.split(',').map((value) => value.trim());
  return name.toLowerCase() === 'engine edition'
    ? texts.flatMap((text) => engineProduct(text.toLowerCase()) ?? [])
    : texts.flatMap((text) => {
        const software = catalog({ name: text, publisher: '', version: '' });
        return software === null ? [] : [{ product: software.product, edition: software.edition }];
      });
}
