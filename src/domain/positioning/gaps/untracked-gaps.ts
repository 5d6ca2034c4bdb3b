import type { Deployment } from '#domain/estate/deployment.ts';
import {
  type Explained,
  type GapItem,
  gapResource,
  NOT_COUNTED,
} from '#domain/positioning/gaps/gap-items.ts';
import {
  type AskedGroup,
  type GapContext,
  needsLicenses,
  type RequiredOn,
} from '#domain/positioning/gaps/gap-question.ts';

/**
 * Software that needs licenses of the company's own and that no configuration counts, except for what
 * is explained already.
 */
export function untrackedGaps(
  { view, groups, settings }: GapContext,
  required: RequiredOn,
  explained: Explained,
): readonly GapItem[] {
  return groups.flatMap((asked) => {
    const { product, deployments, configurationArns } = asked.group;
    return deployments
      .filter(
        (deployment) =>
          !configurationArns.has(deployment.on.id) &&
          isBrought(deployment, asked, required) &&
          !explained.get(deployment.on.id)?.includes(product),
      )
      .map(({ edition, on }) => ({
        cause: 'untracked',
        configurationArns: [],
        product: { product, edition },
        resource: gapResource(view, on.id, settings.ownerTag, NOT_COUNTED),
      }));
  });
}

function isBrought(
  { licensing, product, on }: Deployment,
  { hasRule }: AskedGroup,
  required: RequiredOn,
): boolean {
  if (licensing !== 'byol' && licensing !== 'unknown') return false;
  return !hasRule || needsLicenses(required.get(product)?.get(on.id));
}
