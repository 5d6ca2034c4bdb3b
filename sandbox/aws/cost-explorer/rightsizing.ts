import type {
  GetRightsizingRecommendationRequest,
  GetRightsizingRecommendationResponse,
  RightsizingRecommendation,
} from '@aws-sdk/client-cost-explorer';
import type { Cloud } from '../cloud/cloud.ts';
import { lastRefresh, reasonsOf, type Sizing, sizingsIn } from '../demand/sizing.ts';
import { pageOf } from '../license-manager/paging.ts';
import { AwsError } from '../wire/service.ts';

const USUAL_PAGE = 20;
const MOST_A_PAGE = 6000;

/** What Cost Explorer would end or make smaller; of what should be larger it does not speak. */
export function rightsizing(
  cloud: Cloud,
  accounts: readonly string[],
  { Service, PageSize = USUAL_PAGE, NextPageToken, Filter }: GetRightsizingRecommendationRequest,
): GetRightsizingRecommendationResponse {
  if (Service !== 'AmazonEC2') throw invalid('Service must be AmazonEC2.');
  if (PageSize < 0 || PageSize > MOST_A_PAGE) throw invalid('PageSize must be 0 to 6000.');
  if (Filter !== undefined) throw invalid('The sandbox does not filter these recommendations.');
  const asOf = lastRefresh(cloud.clock.now());
  const found = cloud
    .regions()
    .filter(({ account }) => accounts.includes(account))
    .flatMap(({ account, region }) =>
      sizingsIn(cloud.region(account, region), asOf)
        .filter(({ idle, finding }) => idle || finding === 'Overprovisioned')
        .map((sizing) => recommendation(sizing, account, region)),
    );
  const { items, NextToken } = pageOf(found, {
    keyOf: ({ CurrentInstance }) => CurrentInstance?.ResourceId ?? '',
    size: PageSize === 0 ? USUAL_PAGE : PageSize,
    token: NextPageToken,
    badToken: () => new AwsError('InvalidNextTokenException', 'The next token is not valid.'),
  });
  return {
    Metadata: {
      RecommendationId: `sandbox-${asOf}`,
      GenerationTimestamp: new Date(asOf).toISOString(),
      LookbackPeriodInDays: 'THIRTY_DAYS',
    },
    Summary: { TotalRecommendationCount: String(found.length), SavingsCurrencyCode: 'USD' },
    RightsizingRecommendations: items,
    Configuration: { RecommendationTarget: 'CROSS_INSTANCE_FAMILY', BenefitsConsidered: true },
    ...(NextToken === undefined ? {} : { NextPageToken: NextToken }),
  };
}

function recommendation(
  sizing: Sizing,
  AccountId: string,
  region: string,
): RightsizingRecommendation {
  const { id, instance, options, monthlyUsd, idle } = sizing;
  const { cpu, memory } = reasonsOf(sizing);
  const money = (usd: number) => usd.toFixed(10);
  return {
    AccountId,
    CurrentInstance: {
      ResourceId: id,
      InstanceName: instance.Tags?.find(({ Key }) => Key === 'Name')?.Value,
      ResourceDetails: {
        EC2ResourceDetails: {
          InstanceType: instance.InstanceType,
          Platform: instance.PlatformDetails,
          Region: region,
        },
      },
      MonthlyCost: money(monthlyUsd),
      CurrencyCode: 'USD',
    },
    FindingReasonCodes: [
      ...(cpu === 'Over' ? (['CPU_OVER_PROVISIONED'] as const) : []),
      ...(memory === 'Over' ? (['MEMORY_OVER_PROVISIONED'] as const) : []),
    ],
    ...(idle
      ? {
          RightsizingType: 'TERMINATE',
          TerminateRecommendationDetail: {
            EstimatedMonthlySavings: money(monthlyUsd),
            CurrencyCode: 'USD',
          },
        }
      : {
          RightsizingType: 'MODIFY',
          ModifyRecommendationDetail: {
            TargetInstances: options.map(({ type, monthlySavingsUsd }, index) => ({
              EstimatedMonthlyCost: money(monthlyUsd - monthlySavingsUsd),
              EstimatedMonthlySavings: money(monthlySavingsUsd),
              CurrencyCode: 'USD',
              DefaultTargetInstance: index === 0,
              ResourceDetails: { EC2ResourceDetails: { InstanceType: type.name, Region: region } },
            })),
          },
        }),
  };
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
