/** How fast the calls of one account, Region and service may go. */
export interface RequestRate {
  /** Calls at once, after a rest. */
  readonly burst: number;
  /** Calls a second to begin with. */
  readonly perSecond: number;
  /** Where a rate that nobody publishes may rise to while nothing is throttled. */
  readonly mostPerSecond: number;
}

/** AWS publishes no figure: begin low, and find out. */
const UNPUBLISHED: RequestRate = { burst: 10, perSecond: 5, mostPerSecond: 20 };

const published = (burst: number, perSecond: number): RequestRate => ({
  burst,
  perSecond,
  mostPerSecond: perSecond,
});

/**
 * The one table of rates. Somebody else may use the same account's buckets, so that any of them may
 * turn out to be lower.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html each Describe action
 *   for itself; all of ours share one here
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html GetMetricData
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html AssumeRole: 600 a
 *   second for the account, which many collectors share
 */
export const REQUEST_RATES = {
  ec2: published(100, 20),
  cloudwatch: published(50, 50),
  sts: published(20, 20),
  'license-manager': { ...UNPUBLISHED, burst: 25 },
  'license-manager-subscriptions': UNPUBLISHED,
  ssm: UNPUBLISHED,
  rds: UNPUBLISHED,
  ecs: UNPUBLISHED,
  'auto-scaling': UNPUBLISHED,
  organizations: UNPUBLISHED,
  pricing: UNPUBLISHED,
  'compute-optimizer': UNPUBLISHED,
  'cost-explorer': UNPUBLISHED,
  'cost-optimization-hub': UNPUBLISHED,
} as const satisfies Readonly<Record<string, RequestRate>>;
export type PacedService = keyof typeof REQUEST_RATES;
