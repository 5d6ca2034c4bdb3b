import type { Grant, GrantedLicense } from '@aws-sdk/client-license-manager';
import { daysAgo, type Ground } from './ground.ts';
import { hexadecimalId } from './ids.ts';
import type { ReceivedLicensePlan } from './site.ts';

/** The account by which AWS Marketplace issues licenses. */
const MARKETPLACE = '294406891311';
const ISSUER = 'AWS/Marketplace';

/** Marketplace licenses have their home here, wherever the buyer is. */
const HOME_REGION = 'us-east-1';

/** Licenses from AWS Marketplace, and the grants that brought them. */
export function addReceivedLicenses(ground: Ground): void {
  for (const plan of ground.site.receivedLicenses ?? []) {
    const license = receivedLicense(ground, plan);
    const grant = receivedGrant(ground, plan);
    ground.state.receivedLicenses.set(license.LicenseArn ?? '', license);
    ground.state.receivedGrants.set(grant.GrantArn ?? '', grant);
  }
}

function receivedLicense(ground: Ground, plan: ReceivedLicensePlan): GrantedLicense {
  const begin = isoTime(ground, plan.startedDaysAgo);
  return {
    LicenseArn: licenseArn(plan),
    LicenseName: `${plan.product} (yearly contract)`,
    ProductName: plan.product,
    ProductSKU: productSku(plan),
    Issuer: { Name: ISSUER, KeyFingerprint: 'aws:294406891311:AWS/Marketplace:issuer-fingerprint' },
    HomeRegion: HOME_REGION,
    Status: 'AVAILABLE',
    Validity: { Begin: begin, End: isoTime(ground, -plan.endsInDays) },
    Beneficiary: plan.grantedBy ?? ground.site.account,
    Entitlements: Object.entries(plan.entitlements).map(([Name, MaxCount]) => ({
      Name,
      MaxCount,
      Unit: 'Count',
      Overage: false,
      AllowCheckIn: true,
    })),
    ConsumptionConfiguration: { RenewType: 'None' },
    CreateTime: begin,
    Version: '1',
    ReceivedMetadata: {
      ReceivedStatus: plan.grant ?? 'ACTIVE',
      AllowedOperations: ['CheckoutLicense', 'CheckInLicense', 'ListPurchasedLicenses'],
    },
  };
}

function receivedGrant({ site }: Ground, plan: ReceivedLicensePlan): Grant {
  const granter = plan.grantedBy ?? MARKETPLACE;
  const id = hexadecimalId('grant', granter, site.account, plan.product);
  return {
    GrantArn: `arn:aws:license-manager::${granter}:grant:g-${id}`,
    GrantName: `${plan.product} for ${site.account}`,
    ParentArn:
      plan.grantedBy === undefined
        ? licenseArn(plan)
        : `arn:aws:license-manager::${granter}:grant:g-${hexadecimalId('grant', MARKETPLACE, granter, plan.product)}`,
    LicenseArn: licenseArn(plan),
    GranteePrincipalArn: `arn:aws:iam::${site.account}:root`,
    HomeRegion: HOME_REGION,
    GrantStatus: plan.grant ?? 'ACTIVE',
    Version: '1',
    GrantedOperations: ['CheckoutLicense', 'CheckInLicense', 'ListPurchasedLicenses'],
  };
}

function licenseArn(plan: ReceivedLicensePlan): string {
  return `arn:aws:license-manager::${MARKETPLACE}:license:l-${hexadecimalId('license', plan.product)}`;
}

/** Marketplace's product ids: `prod-` and 13 letters and digits. */
function productSku({ product }: ReceivedLicensePlan): string {
  return `prod-${hexadecimalId('product', product).slice(0, 13)}`;
}

function isoTime(ground: Ground, days: number): string {
  return `${daysAgo(ground, days).toISOString().slice(0, 19)}Z`;
}
