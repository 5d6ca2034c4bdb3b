import type {
  CopyImageRequest,
  CopyImageResult,
  DeregisterImageRequest,
  DeregisterImageResult,
  DescribeImagesRequest,
  DescribeImagesResult,
  Image,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../wire/service.ts';
import { type Call, newId } from './ec2.ts';
import { missingParameter } from './errors.ts';
import { byTags, type FilterFields, filtered } from './filters.ts';
import { page } from './paging.ts';
import { resource, resourcesOf } from './resources.ts';
import { tagsFor } from './tags.ts';

const FIELDS: FilterFields<Image> = {
  architecture: ({ Architecture }) => Architecture,
  'creation-date': ({ CreationDate }) => CreationDate,
  description: ({ Description }) => Description,
  'image-id': ({ ImageId }) => ImageId,
  'image-type': ({ ImageType }) => ImageType,
  'is-public': ({ Public }) => Public,
  name: ({ Name }) => Name,
  'owner-alias': ({ ImageOwnerAlias }) => ImageOwnerAlias,
  'owner-id': ({ OwnerId }) => OwnerId,
  platform: ({ Platform }) => Platform,
  'root-device-type': ({ RootDeviceType }) => RootDeviceType,
  'source-image-id': ({ SourceImageId }) => SourceImageId,
  state: ({ State }) => State,
  'virtualization-type': ({ VirtualizationType }) => VirtualizationType,
};

/** How long AWS takes to copy an image, in milliseconds: minutes. */
const COPY_TIME = 5 * 60_000;

/** What the account owns, and what is shared with it or public as far as the Region holds it. */
export function describeImages(
  { region }: Call,
  input: DescribeImagesRequest,
): DescribeImagesResult {
  const owners = input.Owners ?? [];
  const found = resourcesOf('image', region.images, input.ImageIds).filter(
    (image) =>
      owners.length === 0 || owners.some((owner) => isOwnedBy(image, owner, region.account)),
  );
  const { items, NextToken } = page(filtered(found, input.Filters, FIELDS, byTags), input, {
    keyOf: ({ ImageId }) => ImageId ?? '',
    least: 1,
    most: 1000,
    idsGiven: input.ImageIds?.length ? 'imagesSet' : undefined,
  });
  return { Images: items, NextToken };
}

function isOwnedBy(image: Image, owner: string, self: string): boolean {
  return image.ImageOwnerAlias === owner || image.OwnerId === (owner === 'self' ? self : owner);
}

/** The image vanishes for everybody it was shared with, too. */
export function deregisterImage(
  { ec2, region }: Call,
  { ImageId = '' }: DeregisterImageRequest,
): DeregisterImageResult {
  const image = resource('image', region.images, ImageId);
  if (image.OwnerId !== region.account) {
    throw new AwsError('AuthFailure', `Not authorized for image:${ImageId}`);
  }
  for (const state of ec2.cloud.regions()) {
    if (state.region === region.region) state.images.delete(ImageId);
  }
  return { Return: true };
}

/** A copy belongs to who copied it, and has none of the license configurations that the original is associated with. */
export function copyImage(call: Call, input: CopyImageRequest): CopyImageResult {
  const { ec2, region } = call;
  const { Name, SourceImageId, SourceRegion } = input;
  if (Name === undefined) throw missingParameter('Name');
  if (SourceRegion === undefined) throw missingParameter('SourceRegion');
  const from = ec2.cloud.region(region.account, SourceRegion);
  const source = resource('image', from.images, SourceImageId);

  const { Tags = [], ImageOwnerAlias: _, ...original } = source;
  const copy: Image = {
    ...structuredClone(original),
    ImageId: newId('ami', call),
    Name,
    ImageLocation: `${region.account}/${Name}`,
    OwnerId: region.account,
    Public: false,
    State: 'pending',
    CreationDate: new Date(ec2.cloud.clock.now()).toISOString(),
    SourceImageId,
    SourceImageRegion: SourceRegion,
    Tags: [...(input.CopyImageTags ? Tags : []), ...tagsFor('image', input.TagSpecifications)],
    ...(input.Description !== undefined && { Description: input.Description }),
  };
  region.images.set(copy.ImageId ?? '', copy);
  ec2.schedule.after(COPY_TIME, () => {
    copy.State = 'available';
  });
  return { ImageId: copy.ImageId };
}
