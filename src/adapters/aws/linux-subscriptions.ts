import * as z from 'zod';
import { allPages } from '#adapters/aws/all-pages.ts';
import type { RestCall } from '#adapters/aws/signed-rest-client.ts';
import { SourceOff } from '#adapters/aws/source-failure.ts';
import type { LinuxSubscription } from '#domain/estate/subscriptions.ts';

const MaxResults = 100;

const Settings = z.object({ LinuxSubscriptionsDiscovery: z.string().optional() });

const Page = z.object({
  Instances: z
    .array(
      z.object({
        InstanceID: z.string(),
        AccountID: z.string(),
        Region: z.string(),
        SubscriptionName: z.string().default(''),
        UsageOperation: z.string().optional(),
        OsVersion: z.string().optional(),
        DualSubscription: z.string().optional(),
      }),
    )
    .default([]),
  NextToken: z.string().nullish(),
});

/**
 * Instances with a commercial Linux subscription, of every account and Region that discovery covers.
 *
 * @see https://docs.aws.amazon.com/license-manager-linux-subscriptions/latest/APIReference (API model of 2026-10-01)
 * @throws {SourceOff} where discovery is not switched on: its list would be empty
 */
export async function linuxSubscriptions(call: RestCall): Promise<readonly LinuxSubscription[]> {
  const settings = Settings.parse(await call('/subscription/GetServiceSettings', {}));
  if (settings.LinuxSubscriptionsDiscovery !== 'Enabled') {
    throw new SourceOff('LinuxSubscriptionsDiscovery');
  }
  const found = await allPages(
    async (NextToken) => {
      const input = { MaxResults, NextToken };
      return Page.parse(await call('/subscription/ListLinuxSubscriptionInstances', input));
    },
    ({ Instances, NextToken }) => [Instances, NextToken ?? undefined],
  );
  return found.map((aws) => ({
    instanceId: aws.InstanceID,
    ownerAccount: aws.AccountID,
    region: aws.Region,
    subscriptionName: aws.SubscriptionName,
    usageOperation: aws.UsageOperation ?? null,
    osVersion: aws.OsVersion ?? null,
    // A text in AWS's model, without a list of its values.
    registeredTwice: /^(true|yes)$/i.test(aws.DualSubscription ?? ''),
  }));
}
