import type { Instance } from '@aws-sdk/client-ec2';
import type { RegionState } from '../cloud/cloud.ts';

/** What commercial Linux EC2 bills, by usage operation (License Manager User Guide, billing information of Linux subscriptions). */
const BILLED: Readonly<Record<string, readonly [name: string, type: string]>> = {
  'RunInstances:0010': ['Red Hat Enterprise Linux Server', 'EC2 subscription-included'],
  'RunInstances:00g0': [
    'Red Hat Enterprise Linux Server BYOS',
    'Bring Your Own Subscription model (BYOS)',
  ],
  'RunInstances:1010': [
    'Red Hat Enterprise Linux with High Availability Add-on',
    'EC2 subscription-included',
  ],
  'RunInstances:000g': ['SUSE Linux Enterprise Server', 'EC2 subscription-included'],
  'RunInstances:0g00': ['Ubuntu Pro', 'EC2 subscription-included'],
};

/** An instance with the subscription that it runs under. */
export interface Discovered {
  readonly instance: Instance;
  readonly name: string;
  readonly type: string;
  readonly withRedHat: boolean;
  /** Billed by EC2 and subscribed with Red Hat too. */
  readonly twice: boolean;
}

const HOUR = 3_600_000;

/** New instances take up to twelve hours to be discovered (License Manager User Guide, Linux subscriptions). */
const DELAY = 12 * HOUR;

/** When discovery last looked: here on the hour, twelve hours ago. */
export function lastLook(now: number): Date {
  return new Date(Math.floor((now - DELAY) / HOUR) * HOUR);
}

/** Running instances with commercial Linux; none while discovery is off, which does not say that there are none. */
export function discovered({ instances, linuxDiscovery }: RegionState, now: number): Discovered[] {
  if (!linuxDiscovery.enabled) return [];
  const seen = lastLook(now);
  return [...instances.values()]
    .filter(({ State, LaunchTime }) => State?.Name === 'running' && (LaunchTime ?? 0) <= seen)
    .flatMap((instance) => {
      const billed = BILLED[instance.UsageOperation ?? ''];
      if (billed === undefined) return [];
      const [name, type] = billed;
      const withRedHat =
        linuxDiscovery.redHatSecretArn !== null &&
        linuxDiscovery.subscribedWithRedHat.has(instance.InstanceId ?? '');
      const twice = withRedHat && type === 'EC2 subscription-included';
      return [{ instance, name, type, withRedHat, twice }];
    });
}
