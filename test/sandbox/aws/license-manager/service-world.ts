import { afterEach, beforeEach } from 'vitest';
import type { Cloud } from '../../../../sandbox/aws/cloud/cloud.ts';
import type { AwsService } from '../../../../sandbox/aws/wire/service.ts';
import { servedCloud } from './served-cloud.ts';

type Served = Awaited<ReturnType<typeof servedCloud>>;

/** Services that start anew before each test, and a client that is the hub's administrator. */
export function serviceWorld<Client extends { destroy(): void }>(
  services: (cloud: Cloud) => AwsService[],
  clientOf: (settings: Served['client']) => Client,
) {
  let running: (Served & { readonly sdk: Client }) | undefined;
  const current = () => {
    if (running === undefined) throw new Error('The services run inside tests only.');
    return running;
  };
  beforeEach(async () => {
    const served = await servedCloud(services);
    running = { ...served, sdk: clientOf(served.client) };
  });
  afterEach(async () => {
    running?.sdk.destroy();
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
      return current().sdk;
    },
  };
}
