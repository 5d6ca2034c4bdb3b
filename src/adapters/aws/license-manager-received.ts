import {
  type LicenseManagerClient,
  ListReceivedGrantsCommand,
  ListReceivedLicensesCommand,
} from '@aws-sdk/client-license-manager';
import * as z from 'zod';
import { allPages } from '#adapters/aws/all-pages.ts';
import type { LimitedCall } from '#adapters/aws/license-manager-organization.ts';
import { timeOf } from '#adapters/aws/time-text.ts';
import type { ReceivedLicense } from '#domain/estate/subscriptions.ts';
import type { Scope } from '#domain/scope.ts';
import type { ReceivedLicenseSource } from '#ports/inventory-source.ts';

/** What both lists give at most in a page. */
const MaxResults = 100;

const AwsLicense = z.object({
  LicenseArn: z.string(),
  LicenseName: z.string().default(''),
  ProductName: z.string().default(''),
  ProductSKU: z.string().optional(),
  Issuer: z.object({ Name: z.string().optional() }).optional(),
  Status: z.string().default('UNKNOWN'),
  Validity: z.object({ Begin: z.string().optional(), End: z.string().optional() }).default({}),
  Entitlements: z
    .array(z.object({ Name: z.string(), Unit: z.string(), MaxCount: z.int().optional() }))
    .default([]),
  ReceivedMetadata: z.object({ ReceivedStatus: z.string().optional() }).optional(),
});

const AwsGrant = z.object({ LicenseArn: z.string(), GrantStatus: z.string() });

/** Licenses that were granted to the account, with the state of the grant. */
export function receivedLicenses(
  clientOf: (scope: Scope) => LicenseManagerClient,
  call: LimitedCall,
): ReceivedLicenseSource {
  return {
    async receivedLicenses(scope) {
      const client = clientOf(scope);
      const [licenses, grants] = await Promise.all([
        allPages(
          (NextToken) =>
            call(() => client.send(new ListReceivedLicensesCommand({ MaxResults, NextToken }))),
          ({ Licenses, NextToken }) => [Licenses, NextToken],
        ),
        allPages(
          (NextToken) =>
            call(() => client.send(new ListReceivedGrantsCommand({ MaxResults, NextToken }))),
          ({ Grants, NextToken }) => [Grants, NextToken],
        ),
      ]);
      const statuses = grantStatuses(z.array(AwsGrant).parse(grants));
      return z
        .array(AwsLicense)
        .parse(licenses)
        .map((aws) => licenseOf(aws, statuses));
    },
  };
}

/** By license; of several grants an active one is what counts. */
function grantStatuses(grants: readonly z.output<typeof AwsGrant>[]): ReadonlyMap<string, string> {
  const inactiveFirst = grants.toSorted(
    (one, other) => Number(one.GrantStatus === 'ACTIVE') - Number(other.GrantStatus === 'ACTIVE'),
  );
  return new Map(inactiveFirst.map(({ LicenseArn, GrantStatus }) => [LicenseArn, GrantStatus]));
}

function licenseOf(
  aws: z.output<typeof AwsLicense>,
  grants: ReadonlyMap<string, string>,
): ReceivedLicense {
  return {
    arn: aws.LicenseArn,
    name: aws.LicenseName,
    productName: aws.ProductName,
    productSku: aws.ProductSKU ?? null,
    issuer: aws.Issuer?.Name ?? null,
    status: aws.Status,
    grantStatus: grants.get(aws.LicenseArn) ?? aws.ReceivedMetadata?.ReceivedStatus ?? null,
    validFrom: timeOf(aws.Validity.Begin),
    validTo: timeOf(aws.Validity.End),
    entitlements: aws.Entitlements.map(({ Name, Unit, MaxCount }) => ({
      name: Name,
      unit: Unit,
      maximum: MaxCount ?? null,
    })),
  };
}
