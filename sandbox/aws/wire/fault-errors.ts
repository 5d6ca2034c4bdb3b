import type { Fault } from '../../faults.ts';
import { AwsError } from './service.ts';

/** How a service says that it is called too often, by endpoint name. */
const THROTTLES: Readonly<Record<string, readonly [code: string, status: number]>> = {
  autoscaling: ['Throttling', 400],
  ce: ['LimitExceededException', 400],
  dynamodb: ['ProvisionedThroughputExceededException', 400],
  ec2: ['RequestLimitExceeded', 503],
  'license-manager': ['RateLimitExceededException', 400],
  monitoring: ['Throttling', 400],
  organizations: ['TooManyRequestsException', 400],
  rds: ['Throttling', 400],
  sqs: ['RequestThrottled', 400],
  ssm: ['ThrottlingException', 400],
  sts: ['Throttling', 400],
};

/** How a service says that it failed inside, by endpoint name. */
const FAILURES: Readonly<Record<string, string>> = {
  autoscaling: 'InternalFailure',
  'compute-optimizer': 'InternalServerException',
  'cost-optimization-hub': 'InternalServerException',
  dynamodb: 'InternalServerError',
  ec2: 'InternalError',
  ecs: 'ServerException',
  'license-manager': 'ServerInternalException',
  'license-manager-linux-subscriptions': 'InternalServerException',
  'license-manager-user-subscriptions': 'InternalServerException',
  monitoring: 'InternalServiceFault',
  organizations: 'ServiceException',
  ssm: 'InternalServerError',
};

/** Codes that AWS answers with a 5xx status although their names are not in a model. */
const SERVER_CODE = /^(Internal|Service|Insufficient\w*Capacity|Unavailable)/;

/** The error that a fault with the effect `error` or `throttle` answers, in the service's own words. */
export function faultError(fault: Fault): AwsError {
  if (fault.effect === 'throttle') {
    const [code, status] = THROTTLES[fault.service] ?? ['ThrottlingException', 400];
    return new AwsError(fault.code ?? code, 'Rate exceeded (a fault set in the sandbox)', {
      status,
    });
  }
  const code = fault.code ?? FAILURES[fault.service] ?? 'InternalFailure';
  const server = fault.code === undefined || SERVER_CODE.test(code);
  return new AwsError(code, 'The request failed (a fault set in the sandbox)', {
    ...(server && { status: 500 }),
  });
}
