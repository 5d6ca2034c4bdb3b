import type { AccountId, Region } from '#domain/scope.ts';

/** An active account of the organization. Its name is untrusted text. */
export interface MemberAccount {
  readonly account: AccountId;
  readonly name: string;
}

/** How far License Manager looks from one account and Region. */
export interface LicenseDiscovery {
  /** Linked with AWS Organizations. */
  readonly organization: boolean;
  /** Finds software on managed servers of every member account. */
  readonly acrossAccounts: boolean;
  /** Where findings of other Regions are collected; `null`: each Region by itself. */
  readonly homeRegion: Region | null;
  readonly sourceRegions: readonly Region[];
}

/** License Manager's own grouping of instances, licenses and configurations across the organization. */
export interface LicenseAssetGroup {
  readonly arn: string;
  /** Untrusted text. */
  readonly name: string;
  /** `ACTIVE`, `DISABLED` … AWS's words. */
  readonly status: string;
  /** When it last counted; `null`: not yet. */
  readonly analyzedAt: Date | null;
  /** ARNs of the instances, licenses and configurations in it. */
  readonly assets: readonly string[];
}
