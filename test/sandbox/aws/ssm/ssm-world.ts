import { SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach } from 'vitest';
import { ssmService } from '../../../../sandbox/aws/ssm/service.ts';
import { servedCloud } from '../license-manager/served-cloud.ts';
import { launch } from '../license-manager/small-cloud.ts';

/** A server outside AWS. */
export const SERVER = 'mi-0123456789abcdef0';

async function start() {
  const served = await servedCloud((cloud) => [ssmService(cloud)]);
  return { ...served, client: new SSMClient(served.client) };
}

/** A new Systems Manager before each test, and a client that is the hub's administrator. */
export function ssmWorld() {
  let running: Awaited<ReturnType<typeof start>> | undefined;
  const current = () => {
    if (running === undefined) throw new Error('Systems Manager runs inside tests only.');
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
    get client() {
      return current().client;
    },
    get iam() {
      return current().iam;
    },
    get server() {
      return current().server;
    },
    /** An instance that runs; its id. */
    instance(): string {
      const tags = { Tags: [{ Key: 'team', Value: 'erp' }] };
      return launch(current().cloud, current().state, [], tags).InstanceId ?? '';
    },
    /** Puts a node with these applications under management; its id. */
    managed(id: string, ...applications: Record<string, string>[]): string {
      const onPremises = id.startsWith('mi-');
      current().state.managedInstances.set(id, {
        InstanceId: id,
        PingStatus: onPremises ? 'ConnectionLost' : 'Online',
        PlatformType: onPremises ? 'Linux' : 'Windows',
        PlatformName: onPremises ? 'Red Hat Enterprise Linux' : 'Microsoft Windows Server 2022',
        ResourceType: onPremises ? 'ManagedInstance' : 'EC2Instance',
        LastPingDateTime: new Date('2026-11-23T09:00:00.123Z'),
      });
      current().state.inventory.set(id, {
        'AWS:Application': {
          SchemaVersion: '1.1',
          CaptureTime: '2026-11-23T04:00:00Z',
          Content: applications,
        },
      });
      return id;
    },
  };
}
