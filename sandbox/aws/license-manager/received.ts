import type * as client from '@aws-sdk/client-license-manager';
import type { CallContext } from '../wire/service.ts';
import { invalidParameter } from './errors.ts';
import { type FilterTests, filtered } from './filters.ts';
import { type LicenseManager, onePage, stateOf } from './license-manager.ts';

/** Of lists that state one. */
const MOST = 100;

const LICENSE_FILTERS: FilterTests<client.GrantedLicense> = {
  ProductSKU: ({ ProductSKU }, value) => ProductSKU === value,
  Status: ({ Status }, value) => Status === value,
  Fingerprint: ({ Issuer }, value) => Issuer?.KeyFingerprint === value,
  IssuerName: ({ Issuer }, value) => Issuer?.Name === value,
  Beneficiary: ({ Beneficiary }, value) => Beneficiary === value,
};

interface ReceivedGrant {
  readonly grant: client.Grant;
  readonly license: client.GrantedLicense | undefined;
}

const GRANT_FILTERS: FilterTests<ReceivedGrant> = {
  ProductSKU: ({ license }, value) => license?.ProductSKU === value,
  LicenseIssuerName: ({ license }, value) => license?.Issuer?.Name === value,
  LicenseArn: ({ grant }, value) => grant.LicenseArn === value,
  GrantStatus: ({ grant }, value) => grant.GrantStatus === value,
  GranterAccountId: ({ grant }, value) => grant.ParentArn?.split(':')[4] === value,
};

/** Licenses that sellers and other accounts issued to this account; a Region lists what has its home there. */
export function received(manager: LicenseManager) {
  return {
    ListReceivedLicenses: (input: client.ListReceivedLicensesRequest, context: CallContext) => {
      checkSize(input);
      const now = manager.cloud.clock.now();
      const { LicenseArns: arns = [] } = input;
      const licenses = [...stateOf(manager, context).receivedLicenses.values()]
        .filter(({ LicenseArn = '' }) => arns.length === 0 || arns.includes(LicenseArn))
        .map((license) => licenseAt(license, now));
      const { items, ...rest } = onePage(
        filtered(licenses, input.Filters, LICENSE_FILTERS),
        input,
        ({ LicenseArn = '' }) => LicenseArn,
      );
      return { Licenses: items, ...rest };
    },

    ListReceivedGrants: (input: client.ListReceivedGrantsRequest, context: CallContext) => {
      checkSize(input);
      const { receivedGrants, receivedLicenses } = stateOf(manager, context);
      const { GrantArns: arns = [] } = input;
      const grants = [...receivedGrants.values()]
        .filter(({ GrantArn = '' }) => arns.length === 0 || arns.includes(GrantArn))
        .map((grant) => ({ grant, license: receivedLicenses.get(grant.LicenseArn ?? '') }));
      const { items, ...rest } = onePage(
        filtered(grants, input.Filters, GRANT_FILTERS),
        input,
        ({ grant }) => grant.GrantArn ?? '',
      );
      return { Grants: items.map(({ grant }) => grant), ...rest };
    },
  };
}

function checkSize({ MaxResults = MOST }: { readonly MaxResults?: number | undefined }): void {
  if (MaxResults > MOST) throw invalidParameter(`MaxResults must be at most ${MOST}.`);
}

/** A license expires by the clock, whoever looks. */
export function licenseAt(license: client.GrantedLicense, now: number): client.GrantedLicense {
  const end = Date.parse(license.Validity?.End ?? '');
  return license.Status === 'AVAILABLE' && end < now ? { ...license, Status: 'EXPIRED' } : license;
}
