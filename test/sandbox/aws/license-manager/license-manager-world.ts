import { LicenseManagerClient } from '@aws-sdk/client-license-manager';
import { licenseManagerService } from '../../../../sandbox/aws/license-manager/service.ts';
import { serviceWorld } from './service-world.ts';
import { MEMBER, REGION } from './small-cloud.ts';

/** How long the API lags here, in milliseconds. */
export const DELAY = 30_000;

/** License Manager, with calls of another account. */
export function licenseManagerWorld() {
  const world = serviceWorld(
    (cloud) => [
      licenseManagerService(cloud, { usageDelayMs: DELAY, rate: { perSecond: 5, burst: 200 } }),
    ],
    (settings) => new LicenseManagerClient(settings),
  );
  // Assigned, because a copy would read the world before it runs.
  return Object.assign(world, {
    /** A call by the other account's administrator. */
    asMember: (operation: string, input: unknown) =>
      world.server.call({
        service: 'license-manager',
        operation,
        input,
        account: MEMBER,
        region: REGION,
      }),
  });
}
