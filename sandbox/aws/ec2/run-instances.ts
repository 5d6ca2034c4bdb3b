import type { Instance, Placement, Reservation, RunInstancesRequest } from '@aws-sdk/client-ec2';
import { associate } from '../license-manager/associations.ts';
import { instanceArn } from '../license-manager/resource-arn.ts';
import { admit } from './admission.ts';
import { allOrNothing } from './all-or-nothing.ts';
import { rememberToken, repeatedLaunch } from './client-tokens.ts';
import { reservationsOf } from './describe-instances.ts';
import { type Call, newId } from './ec2.ts';
import { type LaunchPlan, planLaunch } from './launch-plan.ts';
import { completeRequest } from './launch-request.ts';
import { newInstance } from './new-instance.ts';
import { placements } from './placement.ts';

/** Starts as many instances as find room, at least MinCount; License Manager admits all of them or none starts. */
export function runInstances(call: Call, input: RunInstancesRequest): Reservation {
  const instances = repeatedLaunch(call, input) ?? launch(call, input);
  return reservationsOf(call, instances)[0] ?? {};
}

function launch(call: Call, input: RunInstancesRequest): Instance[] {
  const { ec2, region } = call;
  const plan = planLaunch(ec2.cloud, region, completeRequest(region, input));
  const places = placements(region, {
    placement: plan.request.Placement,
    availabilityZone: plan.subnet.AvailabilityZone,
    instanceType: plan.type.name,
    usageOperation: plan.image.UsageOperation,
    least: plan.least,
    most: plan.most,
  });

  const instances = addAdmitted(call, plan, places);
  const reservationId = newId('r', call);
  const visibleAt = ec2.cloud.clock.now() + ec2.visibilityDelay;
  for (const instance of instances) {
    ec2.launches.set(instance.InstanceId ?? '', { reservationId, visibleAt });
    if (plan.request.DisableApiTermination) ec2.terminationProtected.add(instance.InstanceId ?? '');
    ec2.lifecycle.enter(region, instance, 'pending');
  }
  rememberToken(call, input, instances);
  return instances;
}

/** Host by host, because a host's licenses are counted with the first instance on it. */
function addAdmitted(call: Call, plan: LaunchPlan, places: readonly Placement[]): Instance[] {
  const instances: Instance[] = [];
  const hosts = Map.groupBy(places, ({ HostId }) => HostId);
  allOrNothing([...hosts.values()].flat(), (place) => {
    const onHost = hosts.get(place.HostId) ?? [];
    if (place === onHost[0]) admit(call, { ...plan, place, count: onHost.length });
    const instance = newInstance(call, plan, place, instances.length);
    addInstance(call, instance, plan);
    instances.push(instance);
    return () => removeInstance(call, instance);
  });
  return instances;
}

function addInstance({ ec2, region }: Call, instance: Instance, plan: LaunchPlan): void {
  const id = instance.InstanceId ?? '';
  region.instances.set(id, instance);
  for (const LicenseConfigurationArn of plan.licenseConfigurations) {
    associate(region, instanceArn(region.account, region.region, id), {
      LicenseConfigurationArn,
      associationTime: new Date(ec2.cloud.clock.now()),
      source: 'launch',
    });
  }
}

function removeInstance({ region }: Call, { InstanceId = '' }: Instance): void {
  region.instances.delete(InstanceId);
  region.licenseSpecifications.delete(instanceArn(region.account, region.region, InstanceId));
}
