import type { LicenseCountingType, ProductInformation, Tag } from '@aws-sdk/client-license-manager';
import type { ParameterType } from '@aws-sdk/client-ssm';

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
  /** Absent means unlimited: usage is tracked only. */
  LicenseCount?: number;
  LicenseCountHardLimit: boolean;
  DisassociateWhenNotFound: boolean;
  Status: 'AVAILABLE' | 'DISABLED';
  ProductInformationList: ProductInformation[];
  /** When automated discovery last looked; absent until it has run or when there is nothing to discover. */
  lastDiscoveryTime?: Date;
  /** Unix time in seconds. */
  LicenseExpiry?: number;
  Tags: Tag[];
}

/** One license configuration that a resource (the key: its ARN) is associated with. */
export interface LicenseSpecificationRecord {
  readonly LicenseConfigurationArn: string;
  /** AMIs only: launches by every account that the image is shared with, or by its owner alone. */
  readonly AmiAssociationScope?: 'cross-account' | 'own-account';
  readonly associationTime: Date;
  /** Associations found by discovery cannot be removed by hand. */
  readonly source: 'manual' | 'launch' | 'discovery';
}

/** The current version of a Systems Manager parameter. */
export interface ParameterRecord {
  readonly Name: string;
  readonly ARN: string;
  readonly Type: ParameterType;
  /** In plain text, also for a SecureString. */
  readonly Value: string;
  readonly Version: number;
  readonly LastModifiedDate: Date;
  readonly DataType: string;
  readonly Description?: string;
  readonly KeyId?: string;
}

/** One inventory type of one managed instance, as its last inventory run left it. */
export interface InventoryContent {
  readonly SchemaVersion: string;
  /** ISO instant, to the second. */
  readonly CaptureTime: string;
  readonly Content: readonly Readonly<Record<string, string>>[];
}

/** What RDS knows of a database that matters to licenses (names of DescribeDBInstances). */
export interface DBInstanceRecord {
  readonly DBInstanceIdentifier: string;
  readonly DBInstanceArn: string;
  /** oracle-ee, oracle-se2, sqlserver-ee, sqlserver-se, db2-ae, db2-se, … */
  readonly Engine: string;
  readonly EngineVersion: string;
  readonly DBInstanceClass: string;
  readonly LicenseModel: 'license-included' | 'bring-your-own-license' | 'marketplace-license';
  readonly DBInstanceStatus: string;
  readonly MultiAZ: boolean;
  /** Active vCPUs of one database server: the class's default unless CPU options reduce it. */
  readonly vcpus: number;
  readonly ProcessorFeatures: readonly { readonly Name: string; readonly Value: string }[];
  readonly ReadReplicaSourceDBInstanceIdentifier?: string;
  /** Engine options that need a license of their own, e.g. the Oracle packs. */
  readonly options: readonly string[];
  readonly InstanceCreateTime: Date;
  readonly TagList: readonly { readonly Key: string; readonly Value: string }[];
}
