import {
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListDelegatedAdministratorsCommand,
  OrganizationsClient,
  paginateListAccounts,
} from '@aws-sdk/client-organizations';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type Organization,
  organizationsService,
} from '../../../../sandbox/aws/organizations/service.ts';
import { actingAs } from '../acting-as.ts';
import { errorOf } from '../aws-world.ts';
import { conforms, declaredErrors, modelsPresent } from '../conformance.ts';
import { servedCloud } from '../license-manager/served-cloud.ts';
import { HUB, MEMBER } from '../license-manager/small-cloud.ts';

const MANAGED_BY_HUB: Organization = {
  id: 'o-sandbox0001',
  managementAccount: HUB,
  delegatedAdministrators: [],
  mailDomain: 'aws.example',
  since: new Date('2020-01-01T00:00:00Z'),
};
const DELEGATED_TO_MEMBER: Organization = {
  ...MANAGED_BY_HUB,
  delegatedAdministrators: [
    {
      account: MEMBER,
      servicePrincipal: 'license-manager.amazonaws.com',
      since: new Date('2022-05-01T00:00:00Z'),
    },
  ],
};

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function clientOf(organization: Organization | null, account = HUB) {
  const world = await servedCloud((cloud) => [organizationsService(cloud, organization)]);
  open.push(world.server.close);
  const credentials = actingAs(world.iam, account, { Action: 'organizations:*', Resource: '*' });
  return { world, client: new OrganizationsClient({ ...world.client, credentials }) };
}

describe('ListAccounts', () => {
  it('gives every account to whoever reads to the end, although the first page is empty', async () => {
    const { client } = await clientOf(MANAGED_BY_HUB);
    const sizes: number[] = [];
    const names: (string | undefined)[] = [];
    for await (const { Accounts = [] } of paginateListAccounts({ client, pageSize: 1 }, {})) {
      sizes.push(Accounts.length);
      names.push(...Accounts.map(({ Name }) => Name));
    }

    expect(names).toEqual(['shared-services', 'erp-production']);
    expect(sizes).toEqual([0, 1, 1]);
  });

  it('is for the management account and delegated administrators only', async () => {
    const member = await clientOf(MANAGED_BY_HUB, MEMBER);
    const delegated = await clientOf(DELEGATED_TO_MEMBER, MEMBER);
    const list = new ListAccountsCommand({});

    expect(await errorOf(member.client.send(list))).toMatchObject({
      name: 'AccessDeniedException',
      message: "You don't have permissions to access this resource.",
    });
    await expect(delegated.client.send(list)).resolves.toBeDefined();
  });

  it.each([
    [{ MaxResults: 0 }, 'MIN_VALUE_EXCEEDED'],
    [{ MaxResults: 21 }, 'MAX_VALUE_EXCEEDED'],
    [{ NextToken: 'next' }, 'INVALID_NEXT_TOKEN'],
  ])('refuses %o', async (input, Reason) => {
    const { client } = await clientOf(MANAGED_BY_HUB);

    expect(await errorOf(client.send(new ListAccountsCommand(input)))).toMatchObject({
      name: 'InvalidInputException',
      Reason,
    });
  });
});

describe('DescribeOrganization', () => {
  it('tells a member who manages it', async () => {
    const { client } = await clientOf(MANAGED_BY_HUB, MEMBER);

    const { Organization: organization } = await client.send(new DescribeOrganizationCommand({}));

    expect(organization).toMatchObject({ Id: 'o-sandbox0001', MasterAccountId: HUB });
  });

  it('says so where there is no organization', async () => {
    const { client } = await clientOf(null);

    expect(await errorOf(client.send(new DescribeOrganizationCommand({})))).toMatchObject({
      name: 'AWSOrganizationsNotInUseException',
    });
  });
});

describe('ListDelegatedAdministrators', () => {
  it.each([
    [{}, [MEMBER]],
    [{ ServicePrincipal: 'license-manager.amazonaws.com' }, [MEMBER]],
    [{ ServicePrincipal: 'config.amazonaws.com' }, []],
  ])('of %o', async (input, expected) => {
    const { client } = await clientOf(DELEGATED_TO_MEMBER);
    const first = await client.send(new ListDelegatedAdministratorsCommand(input));
    const second = await client.send(
      new ListDelegatedAdministratorsCommand({ ...input, NextToken: first.NextToken }),
    );
    const found = [first, second].flatMap(({ DelegatedAdministrators = [] }) =>
      DelegatedAdministrators.map(({ Id }) => Id),
    );

    expect([...new Set(found)]).toEqual(expected);
  });
});

describe.skipIf(!modelsPresent)("Organizations, by AWS's model", () => {
  it.each(['ListAccounts', 'DescribeOrganization', 'ListDelegatedAdministrators'])(
    '%s conforms',
    async (operation) => {
      const { world } = await clientOf(DELEGATED_TO_MEMBER);
      const call = { service: 'organizations', operation };
      const input = operation === 'DescribeOrganization' ? {} : { NextToken: 'from-the-beginning' };

      const output = await world.server.call({ ...call, input });

      expect(conforms('organizations', operation, 'output', output)).toEqual([]);
      expect(declaredErrors('organizations', operation)).toContain('AccessDeniedException');
    },
  );
});
