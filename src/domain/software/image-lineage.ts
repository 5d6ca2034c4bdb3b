import type { MachineImage } from '#domain/machine-image.ts';

type Image = Pick<MachineImage, 'imageId' | 'copiedFrom' | 'licenseConfigurationArns'>;

/**
 * Configurations that AMIs lost when they were copied, by image id: those of any AMI that they were
 * copied from, over several copies, that are not their own. Launches from such an AMI are not tracked.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/userguide/license-rules.html (2022-12-23)
 */
export function lostAssociations(images: readonly Image[]): ReadonlyMap<string, readonly string[]> {
  const byId = new Map(images.map((image) => [image.imageId, image]));
  const lost = new Map<string, readonly string[]>();
  for (const image of images) {
    const own = new Set(image.licenseConfigurationArns);
    const arns = [...originArns(byId, image)].filter((arn) => !own.has(arn));
    if (arns.length > 0) lost.set(image.imageId, arns);
  }
  return lost;
}

/** Ends with the first image that is gone, and in a circle, which no API of EC2's makes. */
function originArns(byId: ReadonlyMap<string, Image>, image: Image): ReadonlySet<string> {
  const arns = new Set<string>();
  const seen = new Set([image]);
  let origin = byId.get(image.copiedFrom ?? '');
  while (origin !== undefined && !seen.has(origin)) {
    for (const arn of origin.licenseConfigurationArns) arns.add(arn);
    seen.add(origin);
    origin = byId.get(origin.copiedFrom ?? '');
  }
  return arns;
}
