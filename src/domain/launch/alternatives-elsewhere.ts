import type { MachineImage } from '#domain/estate/machine-image.ts';
import { areAlike, chosenPool, type Kind, type Near } from '#domain/launch/alternative-choices.ts';
import { isIncluded } from '#domain/launch/included-licenses.ts';
import type { MachineQuestion } from '#domain/launch/launch-evaluation.ts';
import { type MachineChoice, templateOf } from '#domain/launch/launch-plan.ts';
import type { Elsewhere } from '#domain/launch/places-elsewhere.ts';
import { poolIdOf } from '#domain/licenses/license-pool.ts';
import type { LicensedProduct } from '#domain/positioning/licensed-product.ts';
import { productMentions } from '#domain/software/product-mentions.ts';

/** What takes no license of this pool at all, or takes it of another account's. */
export const ELSEWHERE: readonly Kind[] = [
  { kind: 'license-included', candidates: licenseIncluded },
  { kind: 'other-account', candidates: otherAccounts },
];

/** The same product from a launch template whose image has it in the hourly price. */
function licenseIncluded(question: MachineQuestion, choice: MachineChoice): readonly Near[] {
  const products = productsOf(question, choice);
  const { images, launchTemplates } = question.shard;
  const included = new Set(
    images
      .filter((image) => products.some((product) => hasOnly(image, product)))
      .map(({ imageId }) => imageId),
  );
  return launchTemplates
    .filter(({ imageId }) => imageId !== null && included.has(imageId))
    .map(({ launchTemplateId, name }) => ({
      question,
      labels: { source: name },
      choice: {
        ...choice,
        target: { operation: 'launch', launchTemplateId },
        otherPoolIds: [],
        hostId: null,
        licenseIncluded: true,
      },
    }));
}

/** What the chosen pool is for: as entitlements and what runs say, else as its name does. */
function productsOf(
  { shard, terms, policy }: MachineQuestion,
  choice: MachineChoice,
): readonly LicensedProduct[] {
  const pool = chosenPool({ shard }, choice);
  const known = terms.view?.configurations.find(({ arn }) => arn === pool?.arn)?.products ?? [];
  if (known.length > 0) return known;
  const mentioned = productMentions(policy.licensing)(pool?.name ?? '');
  return mentioned === null ? [] : [mentioned];
}

/** Windows Server comes with SQL Server, too, and whoever needs only the system would pay for both. */
function hasOnly(image: MachineImage, product: LicensedProduct): boolean {
  const withDatabase = isIncluded(image, { product: 'sql-server', edition: null });
  return isIncluded(image, product) && !(product.product === 'windows-server' && withDatabase);
}

/** The same template by name in another account, from a pool of the same name or kind there. */
function otherAccounts(
  question: MachineQuestion,
  choice: MachineChoice,
  elsewhere: readonly Elsewhere[],
): readonly Near[] {
  const { plan, shard, policy } = question;
  const pool = chosenPool({ shard }, choice);
  const name = templateOf(plan)?.name;
  if (pool === undefined) return [];
  return elsewhere.flatMap((place) => {
    const { account, region } = place.shard;
    const templates = place.shard.launchTemplates.filter((template) => template.name === name);
    const pools = place.shard.configurations.filter(
      (other) => other.name === pool.name || areAlike(policy, pool, other),
    );
    return templates.flatMap(({ launchTemplateId }) =>
      pools.map((other) => ({
        question: { ...question, ...place },
        labels: {
          account: policy.accounts.find(({ id }) => id === account)?.name,
          pool: other.name,
        },
        choice: {
          ...choice,
          account,
          region,
          poolId: poolIdOf(other),
          otherPoolIds: [],
          target: { operation: 'launch' as const, launchTemplateId },
          hostId: null,
        },
      })),
    );
  });
}
