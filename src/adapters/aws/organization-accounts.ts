import { ListAccountsCommand, type OrganizationsClient } from '@aws-sdk/client-organizations';
import * as z from 'zod';
import { allPages } from '#adapters/aws/all-pages.ts';
import { AccountId, type Scope } from '#domain/scope.ts';
import type { AccountDirectory } from '#ports/inventory-source.ts';

/** `State` takes the place of `Status`, which AWS gives up; either may be missing. */
const AwsAccount = z.object({
  Id: AccountId,
  Name: z.string().default(''),
  State: z.string().optional(),
  Status: z.string().optional(),
});

/** The accounts of the organization, for its management account or a delegated administrator. */
export function organizationAccounts(
  clientOf: (scope: Scope) => OrganizationsClient,
): AccountDirectory {
  return {
    async accounts(scope) {
      const client = clientOf(scope);
      const found = await allPages(
        (NextToken) => client.send(new ListAccountsCommand({ NextToken })),
        ({ Accounts, NextToken }) => [Accounts, NextToken],
      );
      return z
        .array(AwsAccount)
        .parse(found)
        .filter(({ State, Status }) => (State ?? Status) === 'ACTIVE')
        .map(({ Id, Name }) => ({ account: Id, name: Name }));
    },
  };
}
