import type * as client from '@aws-sdk/client-license-manager';
import type { CallContext } from '../wire/service.ts';
import { type LicenseManager, ownConfiguration, visibleConfiguration } from './license-manager.ts';

/** Tags of license configurations. */
export function tags(manager: LicenseManager) {
  return {
    ListTagsForResource: (
      input: Partial<client.ListTagsForResourceRequest>,
      context: CallContext,
    ) => ({ Tags: visibleConfiguration(manager, context, input.ResourceArn).Tags }),

    TagResource: (input: Partial<client.TagResourceRequest>, context: CallContext) => {
      const record = ownConfiguration(manager, context, input.ResourceArn);
      const added = input.Tags ?? [];
      const kept = record.Tags.filter(({ Key }) => !added.some((tag) => tag.Key === Key));
      record.Tags = [...kept, ...added];
      return {};
    },

    UntagResource: (input: Partial<client.UntagResourceRequest>, context: CallContext) => {
      const record = ownConfiguration(manager, context, input.ResourceArn);
      record.Tags = record.Tags.filter(({ Key = '' }) => !input.TagKeys?.includes(Key));
      return {};
    },
  };
}
