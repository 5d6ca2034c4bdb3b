import * as client from '@aws-sdk/client-license-manager';
import type { Cloud } from '../cloud/cloud.ts';
import { AwsError, type AwsService, awsService } from '../wire/service.ts';
import { assetGroups } from './asset-groups.ts';
import { assetRulesets } from './asset-rulesets.ts';
import { authorizations } from './authorize.ts';
import { changeConfigurations } from './change-configurations.ts';
import { conversions } from './conversions.ts';
import { inventory } from './inventory.ts';
import { ledgerOf } from './ledger.ts';
import type { LicenseManager } from './license-manager.ts';
import { listConfigurations } from './list-configurations.ts';
import { listUsage } from './list-usage.ts';
import { received } from './received.ts';
import { settings } from './settings.ts';
import { specifications } from './specifications.ts';
import { tags } from './tags.ts';
import { type Rate, tokenBuckets } from './token-bucket.ts';

/** How the simulated License Manager differs from the usual. */
export interface LicenseManagerOptions {
  /** The account that administers License Manager for the organization; the first one unless said otherwise. */
  readonly hubAccount?: string;
  /** How long a change in EC2 takes to show in consumption and usage. */
  readonly usageDelayMs?: number;
  /** Calls let through per account and Region. AWS publishes no figure. */
  readonly rate?: Rate;
}

/** License Manager: counts what EC2 runs. */
export function licenseManagerService(
  cloud: Cloud,
  {
    hubAccount = cloud.accounts[0]?.id ?? '',
    usageDelayMs = 30_000,
    rate = { perSecond: 5, burst: 25 },
  }: LicenseManagerOptions = {},
): AwsService {
  ledgerOf(cloud);
  const manager: LicenseManager = { cloud, hubAccount, usageDelayMs };
  const operations = {
    ...listConfigurations(manager),
    ...listUsage(manager),
    ...specifications(manager),
    ...conversions(manager),
    ...changeConfigurations(manager),
    ...inventory(manager),
    ...tags(manager),
    ...settings(manager),
    ...received(manager),
    ...assetGroups(manager),
    ...assetRulesets(manager),
  };
  const service = awsService(client, operations, {
    authorize: (operation, input) => authorizations(manager, operation, input),
  });
  return throttled(service, tokenBuckets(cloud.clock, rate));
}

/** License Manager's own throttling, which the SDK does not retry. */
function throttled(service: AwsService, passes: (key: string) => boolean): AwsService {
  return {
    ...service,
    async play(operation, input, context) {
      if (!passes(`${context.account}/${context.region}`)) {
        throw new AwsError(
          'RateLimitExceededException',
          'Too many requests have been submitted. Try again after a brief wait.',
        );
      }
      return service.play(operation, input, context);
    },
  };
}
