import { LicenseManagerClient } from '@aws-sdk/client-license-manager';
import { afterEach, beforeEach } from 'vitest';
import { licenseManagerService } from '../../../../sandbox/aws/license-manager/service.ts';
import { servedCloud } from './served-cloud.ts';
import { MEMBER, REGION } from './small-cloud.ts';

/** How long the API lags here, in milliseconds. */
export const DELAY = 30_000;

async function start() {
  const served = await servedCloud((cloud) => [
    licenseManagerService(cloud, { usageDelayMs: DELAY, rate: { perSecond: 5, burst: 200 } }),
  ]);
  return { ...served, client: new LicenseManagerClient(served.client) };
}

/** A new License Manager before each test, and a client that is the hub's administrator. */
export function licenseManagerWorld() {
  let running: Awaited<ReturnType<typeof start>> | undefined;
  const current = () => {
    if (running === undefined) throw new Error('License Manager runs inside tests only.');
    return running;
  };
  beforeEach(async () => {
    running = await start();
  });
  afterEach(async () => {
    running?.client.destroy();
    await running?.server.close();
  });
  return {
    get cloud() {
      return current().cloud;
    },
    get state() {
      return current().state;
    },
    get iam() {
      return current().iam;
    },
    get server() {
      return current().server;
    },
    get client() {
      return current().client;
    },
    /** A call by the other account's administrator. */
    asMember: (operation: string, input: unknown) =>
      current().server.call({
        service: 'license-manager',
        operation,
        input,
        account: MEMBER,
        region: REGION,
      }),
  };
}
