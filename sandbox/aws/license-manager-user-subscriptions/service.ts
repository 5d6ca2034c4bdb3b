import type { Cloud, DirectoryRecord } from '../cloud/cloud.ts';
import { onePage } from '../wire/rest-page.ts';
import { AwsError, type AwsService, type CallContext, restService } from '../wire/service.ts';
import { ERRORS, OPERATIONS } from './api.ts';
import { filtered } from './filters.ts';
import { instanceSummaries, instanceUsers, productUsers, providerSummaries } from './summaries.ts';

/** User subscriptions of an account's Region: directories, users, and the instances that they use. */
export function userSubscriptionsService(cloud: Cloud): AwsService {
  const now = () => cloud.clock.now();
  const directoriesOf = ({ account, region }: CallContext) => [
    ...cloud.region(account, region).directories.values(),
  ];
  return restService(
    {
      endpointName: 'license-manager-user-subscriptions',
      operations: OPERATIONS,
      errors: ERRORS,
    },
    {
      ListIdentityProviders: ({ Filters = [], ...paging }, context) => {
        const all = directoriesOf(context).flatMap((one) => providerSummaries(one, context));
        const asked = filtered(all, Filters, ['Product', 'DirectoryId']);
        const { items, ...rest } = onePage(asked, paging, (one) => one.IdentityProviderArn);
        return {
          IdentityProviderSummaries: items.map(({ DirectoryId: _, ...summary }) => summary),
          ...rest,
        };
      },

      ListInstances: ({ Filters = [], ...paging }, context) => {
        const state = cloud.region(context.account, context.region);
        const all = directoriesOf(context).flatMap((one) => instanceSummaries(one, state));
        const asked = filtered(all, Filters, ['Status', 'InstanceId']);
        const { items, ...rest } = onePage(asked, paging, ({ InstanceId }) => InstanceId);
        return { InstanceSummaries: items, ...rest };
      },

      ListProductSubscriptions: (input, context) => {
        const directory = named(directoriesOf(context), input.IdentityProvider);
        const { Product, Filters = [] } = input;
        const all = productUsers(directory, context, now()).filter(
          (user) => Product === undefined || user.Product === Product,
        );
        const asked = filtered(all, Filters, ['Status', 'Username', 'Domain']);
        const { items, ...rest } = onePage(asked, input, (user) => user.ProductUserArn);
        return { ProductUserSummaries: items, ...rest };
      },

      ListUserAssociations: (input, context) => {
        const directory = named(directoriesOf(context), input.IdentityProvider);
        const { InstanceId = '', Filters = [] } = input;
        if (!directory.instances.includes(InstanceId)) {
          throw notFound(`Instance ${InstanceId} does not provide user-based subscriptions.`);
        }
        const all = instanceUsers(directory, InstanceId, context);
        const asked = filtered(all, Filters, ['Status', 'Username', 'Domain']);
        const { items, ...rest } = onePage(asked, input, (user) => user.InstanceUserArn);
        return { InstanceUserSummaries: items, ...rest };
      },
    },
  );
}

interface AskedProvider {
  readonly ActiveDirectoryIdentityProvider?:
    | { readonly DirectoryId?: string | undefined }
    | undefined;
}

/** The directory that a call names. @throws AwsError ResourceNotFoundException */
function named(
  directories: readonly DirectoryRecord[],
  asked: AskedProvider | undefined,
): DirectoryRecord {
  const id = asked?.ActiveDirectoryIdentityProvider?.DirectoryId;
  const found = directories.find(({ directoryId }) => directoryId === id);
  if (found === undefined) throw notFound(`Identity provider ${id} is not registered.`);
  return found;
}

function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}
