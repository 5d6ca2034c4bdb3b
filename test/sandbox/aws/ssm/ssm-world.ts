import { SSMClient } from '@aws-sdk/client-ssm';
import { ssmService } from '../../../../sandbox/aws/ssm/service.ts';
import { serviceWorld } from '../license-manager/service-world.ts';
import { launch } from '../license-manager/small-cloud.ts';

/** A server outside AWS. */
export const SERVER = 'mi-0123456789abcdef0';

/** Systems Manager, with what puts nodes under its management. */
export function ssmWorld() {
  const world = serviceWorld(
    (cloud) => [ssmService(cloud)],
    (settings) => new SSMClient(settings),
  );
  // Assigned, because a copy would read the world before it runs.
  return Object.assign(world, {
    /** An instance that runs; its id. */
    instance(): string {
      const tags = { Tags: [{ Key: 'team', Value: 'erp' }] };
      return launch(world.cloud, world.state, [], tags).InstanceId ?? '';
    },
    /** Puts a node with these applications under management; its id. */
    managed(id: string, ...applications: Record<string, string>[]): string {
      const onPremises = id.startsWith('mi-');
      world.state.managedInstances.set(id, {
        InstanceId: id,
        PingStatus: onPremises ? 'ConnectionLost' : 'Online',
        PlatformType: onPremises ? 'Linux' : 'Windows',
        PlatformName: onPremises ? 'Red Hat Enterprise Linux' : 'Microsoft Windows Server 2022',
        ResourceType: onPremises ? 'ManagedInstance' : 'EC2Instance',
        LastPingDateTime: new Date('2026-11-23T09:00:00.123Z'),
      });
      world.state.inventory.set(id, {
        'AWS:Application': {
          SchemaVersion: '1.1',
          CaptureTime: '2026-11-23T04:00:00Z',
          Content: applications,
        },
      });
      return id;
    },
  });
}
