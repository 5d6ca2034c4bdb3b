import type {
  AttributeBooleanValue,
  Instance,
  ModifyInstanceAttributeRequest,
  ModifyInstanceCpuOptionsRequest,
  ModifyInstanceCpuOptionsResult,
  ModifyInstancePlacementRequest,
  ModifyInstancePlacementResult,
} from '@aws-sdk/client-ec2';
import { _InstanceType } from '@aws-sdk/client-ec2';
import { AwsError } from '../wire/service.ts';
import { chosenCpus, defaultCpus } from './cpu-options.ts';
import { type Call, visibleInstances } from './ec2.ts';
import { invalidParameterCombination, notSimulated } from './errors.ts';
import { typeFor } from './launch-plan.ts';
import { tenancyOf } from './placement.ts';
import { resource } from './resources.ts';

/** What the licenses say to more vCPUs is asked when the instance starts again. */
export function modifyInstanceCpuOptions(
  call: Call,
  { InstanceId, CoreCount, ThreadsPerCore }: ModifyInstanceCpuOptionsRequest,
): ModifyInstanceCpuOptionsResult {
  const instance = stopped(call, InstanceId);
  const type = typeFor(undefined, instance.InstanceType);
  const cpus = chosenCpus(type, { CoreCount, ThreadsPerCore });
  instance.CpuOptions = { ...instance.CpuOptions, ...cpus };
  return { InstanceId, ...cpus };
}

/** Another type comes with its default CPU options, as the API has it. */
export function modifyInstanceAttribute(
  call: Call,
  input: ModifyInstanceAttributeRequest,
): Record<string, never> {
  const { InstanceType, DisableApiTermination, DisableApiStop, Attribute, Value } = input;
  const type = InstanceType?.Value ?? (Attribute === 'instanceType' ? Value : undefined);
  if (type !== undefined) changeType(call, stopped(call, input.InstanceId), type);
  else if (DisableApiTermination !== undefined) {
    protect(call, input.InstanceId, DisableApiTermination, call.ec2.terminationProtected);
  } else if (DisableApiStop !== undefined) {
    protect(call, input.InstanceId, DisableApiStop, call.region.stopProtected);
  } else throw notSimulated('ModifyInstanceAttribute of this attribute');
  return {};
}

function protect(
  call: Call,
  id: string | undefined,
  { Value }: AttributeBooleanValue,
  ids: Set<string>,
): void {
  const { InstanceId = '' } = resource('instance', visibleInstances(call), id);
  if (Value) ids.add(InstanceId);
  else ids.delete(InstanceId);
}

function changeType({ region }: Call, instance: Instance, name: string): void {
  const InstanceType = Object.values(_InstanceType).find((type) => type === name);
  if (InstanceType === undefined) {
    throw new AwsError(
      'InvalidInstanceAttributeValue',
      `Invalid value '${name}' for InstanceType.`,
    );
  }
  const type = typeFor(region.images.get(instance.ImageId ?? ''), InstanceType);
  instance.InstanceType = InstanceType;
  instance.CpuOptions = defaultCpus(type);
}

/** Room on the host is looked for when the instance starts again. */
export function modifyInstancePlacement(
  call: Call,
  input: ModifyInstancePlacementRequest,
): ModifyInstancePlacementResult {
  refuseGroups(input);
  const instance = stopped(call, input.InstanceId, 'InvalidInstanceState');
  if (input.HostId !== undefined) resource('host', call.region.hosts, input.HostId);

  const { HostId, Affinity, ...place } = instance.Placement ?? {};
  const before = tenancyOf(instance.Placement ?? {});
  const Tenancy = input.Tenancy ?? (input.HostId === undefined ? before : 'host');
  checkTenancyChange(instance, before, Tenancy);
  if (Tenancy === 'host') {
    const host = { HostId: input.HostId ?? HostId, Affinity: input.Affinity ?? Affinity };
    instance.Placement = { ...place, Tenancy, ...host };
  } else {
    checkNoHost(input);
    instance.Placement = { ...place, Tenancy };
  }
  return { Return: true };
}

function refuseGroups({ HostResourceGroupArn, GroupName }: ModifyInstancePlacementRequest): void {
  if (HostResourceGroupArn !== undefined) throw notSimulated('host resource groups');
  if (GroupName !== undefined) throw notSimulated('placement groups');
}

function checkNoHost({ HostId, Affinity }: ModifyInstancePlacementRequest): void {
  if (HostId === undefined && Affinity === undefined) return;
  throw invalidParameterCombination(
    "The parameters hostId and affinity cannot be used without specifying a tenancy of 'host'",
  );
}

/** @see ModifyInstancePlacement, Tenancy: what T3 instances may not do */
function checkTenancyChange(instance: Instance, before: string, after: string): void {
  const isT3 = instance.InstanceType?.startsWith('t3.');
  if (before === after || !isT3 || (before !== 'host' && after !== 'host')) return;
  throw new AwsError(
    'InvalidRequest',
    'T3 instances cannot change their tenancy from or to host; launch them on a Dedicated Host.',
  );
}

function stopped(call: Call, id: string | undefined, code = 'IncorrectInstanceState'): Instance {
  const instance = resource('instance', visibleInstances(call), id);
  if (instance.State?.Name === 'stopped') return instance;
  throw new AwsError(code, `The instance '${id}' is not in the 'stopped' state.`);
}
