import type { Instance, Placement } from '@aws-sdk/client-ec2';
import type { RegionState } from '../cloud/cloud.ts';
import { specificationsOf } from '../license-manager/associations.ts';
import { instanceArn } from '../license-manager/resource-arn.ts';
import { admit } from './admission.ts';
import { cpusOf } from './cpu-options.ts';
import type { Call } from './ec2.ts';
import { roomOn } from './hosts.ts';
import { typeFor } from './launch-plan.ts';
import { stateOf } from './lifecycle.ts';
import { placements } from './placement.ts';

/** Takes the room and the licenses that a stopped instance needs; it counts as pending from then on. Returns the undo. */
export function reserve(call: Call, instance: Instance): () => void {
  const { region } = call;
  const { State: before, Placement: last = {} } = instance;
  const type = typeFor(undefined, instance.InstanceType);
  const [place = {}] = placements(region, {
    placement: nextPlacement(region, last, type.name),
    availabilityZone: last.AvailabilityZone,
    instanceType: type.name,
    usageOperation: instance.UsageOperation,
    least: 1,
    most: 1,
  });
  admit(call, {
    type,
    cpus: cpusOf(instance, type),
    place,
    count: 1,
    licenseConfigurations: licensesOf(region, instance),
  });

  instance.State = stateOf('pending');
  instance.Placement = { ...last, ...place };
  return () => {
    instance.State = before;
    instance.Placement = last;
  };
}

/** ARNs of the license configurations that an instance is associated with. */
export function licensesOf(region: RegionState, { InstanceId = '' }: Instance): string[] {
  const arn = instanceArn(region.account, region.region, InstanceId);
  return specificationsOf(region, arn).map(
    ({ LicenseConfigurationArn }) => LicenseConfigurationArn,
  );
}

/** Without affinity an instance returns to its last host if that has room, and else goes to any open one. */
function nextPlacement(region: RegionState, last: Placement, type: string): Placement {
  const { HostId, ...anywhere } = last;
  if (HostId === undefined || last.Affinity === 'host') return last;
  const host = region.hosts.get(HostId);
  return host?.State === 'available' && roomOn(region, host, type) > 0 ? last : anywhere;
}
