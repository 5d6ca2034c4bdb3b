import * as client from '@aws-sdk/client-organizations';
import type { Cloud, CloudAccount } from '../cloud/cloud.ts';
import { pageOf } from '../license-manager/paging.ts';
import { AwsError, type AwsService, awsService, type CallContext } from '../wire/service.ts';
import { type PolicyTarget, servicePolicies } from './service-policies.ts';

/** The organization that the cloud's accounts belong to. */
export interface Organization {
  readonly id: string;
  readonly managementAccount: string;
  readonly delegatedAdministrators: readonly Delegation[];
  /** Addresses of the accounts are `<name>@<mailDomain>`. */
  readonly mailDomain: string;
  readonly since: Date;
}

/** An account that may administer one service for the organization. */
interface Delegation {
  readonly account: string;
  /** For example `license-manager.amazonaws.com`. */
  readonly servicePrincipal: string;
  readonly since: Date;
}

interface Known {
  readonly cloud: Cloud;
  readonly organization: Organization;
}

const MOST = 20;

/** Organizations, for reading accounts. Without an organization every call says that there is none. */
export function organizationsService(
  cloud: Cloud,
  organization: Organization | null,
  controls: PolicyTarget | null = null,
): AwsService {
  const known = (): Known => {
    if (organization !== null) return { cloud, organization };
    throw new AwsError(
      'AWSOrganizationsNotInUseException',
      'Your account is not a member of an organization.',
    );
  };
  return awsService(client, {
    ...servicePolicies(controls, (context) => requireAdministrator(known(), context)),
    /** Any account of the organization may ask. */
    DescribeOrganization: (_input, _context) => describeOrganization(known()),
    ListAccounts: (input, context) => listAccounts(known(), input, context),
    ListDelegatedAdministrators: (input, context) =>
      listDelegatedAdministrators(known(), input, context),
  });
}

function describeOrganization({ cloud, organization }: Known): client.DescribeOrganizationResponse {
  const { id, managementAccount } = organization;
  const management = cloud.accounts.find((account) => account.id === managementAccount);
  return {
    Organization: {
      Id: id,
      Arn: `arn:aws:organizations::${managementAccount}:organization/${id}`,
      FeatureSet: 'ALL',
      MasterAccountId: managementAccount,
      MasterAccountArn: accountArn(organization, managementAccount),
      MasterAccountEmail: email(organization, management?.name ?? 'management'),
    },
  };
}

function listAccounts(
  known: Known,
  input: client.ListAccountsRequest,
  context: CallContext,
): client.ListAccountsResponse {
  requireAdministrator(known, context);
  const { items, ...rest } = onePage(known.cloud.accounts, input, ({ id }) => id);
  return { Accounts: items.map((account) => accountOf(known, account)), ...rest };
}

function listDelegatedAdministrators(
  known: Known,
  input: client.ListDelegatedAdministratorsRequest,
  context: CallContext,
): client.ListDelegatedAdministratorsResponse {
  requireAdministrator(known, context);
  const { delegatedAdministrators } = known.organization;
  const asked = delegatedAdministrators.flatMap(({ account, servicePrincipal, since }) => {
    const { ServicePrincipal = servicePrincipal } = input;
    const found = known.cloud.accounts.find(({ id }) => id === account);
    return found === undefined || servicePrincipal !== ServicePrincipal ? [] : [{ found, since }];
  });
  const { items, ...rest } = onePage(asked, input, ({ found }) => found.id);
  return {
    DelegatedAdministrators: items.map(({ found, since }) => ({
      ...accountOf(known, found),
      DelegationEnabledDate: since,
    })),
    ...rest,
  };
}

/** Members see nothing of the organization, unless they administer a service for it. */
function requireAdministrator({ organization }: Known, { account }: CallContext): void {
  const administrators = [
    organization.managementAccount,
    ...organization.delegatedAdministrators.map((delegation) => delegation.account),
  ];
  if (administrators.includes(account)) return;
  throw new AwsError(
    'AccessDeniedException',
    "You don't have permissions to access this resource.",
  );
}

/** Without `Status`, which AWS retired on 2026-09-09: `State` says it. */
function accountOf({ organization }: Known, { id, name }: CloudAccount): client.Account {
  return {
    Id: id,
    Arn: accountArn(organization, id),
    Name: name,
    Email: email(organization, name),
    State: 'ACTIVE',
    JoinedMethod: 'CREATED',
    JoinedTimestamp: organization.since,
  };
}

function accountArn({ id, managementAccount }: Organization, account: string): string {
  return `arn:aws:organizations::${managementAccount}:account/${id}/${account}`;
}

function email({ mailDomain }: Organization, name: string): string {
  return `${name}@${mailDomain}`;
}

interface PageRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/**
 * One page. The first is empty although there is more: AWS says that this may happen, so that whoever stops at an
 * empty page sees nobody.
 */
function onePage<Item>(
  items: readonly Item[],
  { MaxResults = MOST, NextToken }: PageRequest,
  keyOf: (item: Item) => string,
) {
  if (MaxResults < 1) throw invalidInput('MIN_VALUE_EXCEEDED');
  if (MaxResults > MOST) throw invalidInput('MAX_VALUE_EXCEEDED');
  if (NextToken === undefined && items.length > 0) return { items: [], NextToken: FIRST };
  return pageOf(items, {
    keyOf,
    size: MaxResults,
    token: NextToken === FIRST ? undefined : NextToken,
    badToken: () => invalidInput('INVALID_NEXT_TOKEN'),
  });
}

const FIRST = 'from-the-beginning';

function invalidInput(Reason: client.InvalidInputExceptionReason): AwsError {
  return new AwsError('InvalidInputException', 'You provided invalid values for the request.', {
    fields: { Reason },
  });
}
