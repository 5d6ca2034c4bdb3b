import type { LicenseCountingType, ProductInformation, Tag } from '@aws-sdk/client-license-manager';

/** What List- and GetLicenseConfiguration answer, except what is counted from EC2. Field names are AWS's. */
export interface LicenseConfigurationRecord {
  readonly LicenseConfigurationId: string;
  readonly LicenseConfigurationArn: string;
  readonly OwnerAccountId: string;
  readonly createdAt: Date;
  Name: string;
  Description?: string;
  readonly LicenseCountingType: LicenseCountingType;
  /** `#name=value`, one rule an element. */
  LicenseRules: string[];
  /** Absent means that usage is tracked without a limit. */
  LicenseCount?: number;
  LicenseCountHardLimit: boolean;
  DisassociateWhenNotFound: boolean;
  /** While disabled, nothing is counted and nothing is refused. */
  Status: 'AVAILABLE' | 'DISABLED';
  ProductInformationList: ProductInformation[];
  /** When automated discovery last looked; absent until it has. */
  lastDiscoveryTime?: Date;
  /** Unix time in seconds. */
  LicenseExpiry?: number;
  Tags: Tag[];
  /** Shared through AWS RAM, so that every account of the organization sees it and may use it. */
  sharedWithOrganization?: boolean;
}

/** A conversion of what is in an instance's hourly price. */
export interface LicenseConversionRecord {
  readonly LicenseConversionTaskId: string;
  readonly ResourceArn: string;
  /** Usage operations. */
  readonly from: string;
  readonly to: string;
  readonly startedAt: Date;
  /** What the task will end with; `null`: it succeeds. */
  readonly failure: string | null;
  done: boolean;
}

/** One license configuration that a resource (the key: its ARN) is associated with. */
export interface LicenseSpecificationRecord {
  readonly LicenseConfigurationArn: string;
  /** On images that others launch too; without it only the owner's launches are tracked. */
  readonly AmiAssociationScope?: 'cross-account';
  readonly associationTime: Date;
  /** What discovery found cannot be removed by hand. */
  readonly source: 'manual' | 'launch' | 'discovery';
}
