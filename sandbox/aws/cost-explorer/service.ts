import * as client from '@aws-sdk/client-cost-explorer';
import type { Cloud } from '../cloud/cloud.ts';
import { AwsError, type AwsService, awsService, type CallContext } from '../wire/service.ts';
import { costAndUsage } from './cost-and-usage.ts';
import { rightsizing } from './rightsizing.ts';

/** Cost Explorer: the account that pays sees all accounts, every other one itself. */
export function costExplorerService(cloud: Cloud, payer: string): AwsService {
  const seenFrom = ({ account }: CallContext): readonly string[] =>
    account === payer ? cloud.accounts.map(({ id }) => id) : [account];
  return awsService(client, {
    GetCostAndUsage: (input, context) => costAndUsage(cloud, seenFrom(context), input),
    GetRightsizingRecommendation: (input, context) => {
      const switchedOn = cloud.accounts.find(({ id }) => id === payer)?.switchedOn ?? [];
      if (!switchedOn.includes('rightsizing')) {
        throw new AwsError(
          'AccessDeniedException',
          'Rightsizing EC2 recommendation is an opt-in only feature. You can enable this feature from the PAYER account’s Cost Explorer Settings page.',
        );
      }
      return rightsizing(cloud, seenFrom(context), input);
    },
  });
}
