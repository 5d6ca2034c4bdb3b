import type { Clock } from '../../clock.ts';
import { AwsError, type CallContext } from '../wire/service.ts';

/** A token bucket: so many tokens at most, and so many more each second. */
interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** @see https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html */
const READS: Rate = { burst: 100, perSecond: 20 };
const LAUNCHED_INSTANCES: Rate = { burst: 1000, perSecond: 2 };

/** Lets calls through as EC2 does, per account and Region by the sandbox clock. @throws RequestLimitExceeded */
export function createThrottle(clock: Clock): (context: CallContext, launching: number) => void {
  const buckets = new Map<string, { tokens: number; at: number }>();

  const spend = (key: string, { burst, perSecond }: Rate, cost: number) => {
    const now = clock.now();
    const { tokens, at } = buckets.get(key) ?? { tokens: burst, at: now };
    const available = Math.min(burst, tokens + ((now - at) / 1000) * perSecond);
    if (available < cost) {
      throw new AwsError('RequestLimitExceeded', 'Request limit exceeded.', { status: 503 });
    }
    buckets.set(key, { tokens: available - cost, at: now });
  };

  return ({ account, region, operation }, launching) => {
    const place = `${account}/${region}`;
    if (operation.startsWith('Describe')) spend(`${place}/reads`, READS, 1);
    if (launching > 0) spend(`${place}/launches`, LAUNCHED_INSTANCES, launching);
  };
}
