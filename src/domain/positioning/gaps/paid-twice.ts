import type { Deployment } from '#domain/estate/deployment.ts';
import type { Requirement } from '#domain/licenses/requirement.ts';
import {
  type Counts,
  type GapItem,
  gapResource,
  NOT_COUNTED,
} from '#domain/positioning/gaps/gap-items.ts';
import type { GapContext, RequiredOn } from '#domain/positioning/gaps/gap-question.ts';
import { isByHost } from '#domain/positioning/gaps/unit-differs.ts';
import { countingArns } from '#domain/positioning/product-groups.ts';
import type { ShardView } from '#domain/positioning/shard-view.ts';

/**
 * Licenses in the hourly price, by the usage operation, or from a marketplace, beside licenses of the
 * company's own: of a configuration that counts the same product there, of the host's cores, or of a
 * second deployment that is brought along.
 */
export function paidTwiceGaps(
  { view, settings, groups, counts }: GapContext,
  required: RequiredOn,
): readonly GapItem[] {
  const licensedHosts = hostsRequired(groups.flatMap(({ requirements }) => requirements));
  return view.deployments.filter(isPaidByPrice).flatMap((deployment): GapItem[] => {
    const { product, edition, on } = deployment;
    const configurationArns = countingArns(view, on.id, product);
    const hostLicensed = isHostLicensed(view, configurationArns, licensedHosts, deployment);
    const brought = required.get(product)?.has(on.id) === true;
    if (configurationArns.length === 0 && !hostLicensed && !brought) return [];
    return [
      {
        cause: hostLicensed ? 'license-included-on-host' : 'paid-twice',
        configurationArns,
        product: { product, edition },
        resource: gapResource(view, on.id, settings.ownerTag, countsOf(on.id, configurationArns)),
      },
    ];
  });

  function countsOf(id: string, [arn = '']: readonly string[]): Counts {
    return counts.get(arn)?.countsOf(id) ?? NOT_COUNTED;
  }
}

function isPaidByPrice({ licensing }: Deployment): boolean {
  return licensing === 'license-included' || licensing === 'marketplace';
}

/** Hosts that the terms have licensed by their cores, beside the product. */
function hostsRequired(requirements: readonly Requirement[]): ReadonlySet<string> {
  return new Set(
    requirements
      .filter(isByHost)
      .flatMap(({ product, on }) => on.map(({ compute }) => `${product} ${compute.host?.id}`)),
  );
}

function isHostLicensed(
  { index }: ShardView,
  configurationArns: readonly string[],
  required: ReadonlySet<string>,
  { product, on: { compute } }: Deployment,
): boolean {
  if (compute.placement !== 'dedicated-host' || compute.host === null) return false;
  const { id } = compute.host;
  const associated = index.hosts
    .get(id)
    ?.licenseConfigurationArns.some((arn) => configurationArns.includes(arn));
  return associated === true || required.has(`${product} ${id}`);
}
