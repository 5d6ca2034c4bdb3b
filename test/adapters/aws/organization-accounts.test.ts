import * as client from '@aws-sdk/client-organizations';
import { afterEach, describe, expect, it } from 'vitest';
import { organizationAccounts } from '#adapters/aws/organization-accounts.ts';
import { fixed, SCOPE } from './paged-list.ts';
import { scriptedAws } from './scripted-aws.ts';

describe('accounts of the organization', () => {
  const aws = scriptedAws();
  afterEach(aws.close);

  it.each`
    account                                           | listed
    ${{ State: 'ACTIVE', Status: 'ACTIVE' }}          | ${true}
    ${{ State: 'ACTIVE' }}                            | ${true}
    ${{ Status: 'ACTIVE' }}                           | ${true}
    ${{ State: 'PENDING_CLOSURE', Status: 'ACTIVE' }} | ${false}
    ${{ State: 'CLOSED' }}                            | ${false}
    ${{ Status: 'SUSPENDED' }}                        | ${false}
    ${{}}                                             | ${false}
  `('are listed when active: $account', async ({ account, listed }) => {
    const Accounts = [{ Id: '222233334444', Name: 'erp-production', ...account }];
    const settings = await aws.serving(client, { ListAccounts: fixed({ Accounts }) });
    const source = organizationAccounts(() => new client.OrganizationsClient(settings));

    expect(await source.accounts(SCOPE)).toEqual(
      listed ? [{ account: '222233334444', name: 'erp-production' }] : [],
    );
  });
});
