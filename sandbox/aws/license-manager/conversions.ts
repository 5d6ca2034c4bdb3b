import type * as client from '@aws-sdk/client-license-manager';
import type { RegionState } from '../cloud/cloud.ts';
import { AwsError, type CallContext } from '../wire/service.ts';
import { invalidParameter } from './errors.ts';
import { type LicenseManager, onePage, stateOf } from './license-manager.ts';
import type { LicenseConversionRecord } from './records.ts';
import { parseResourceArn } from './resource-arn.ts';

/** How long a conversion takes here; AWS's take minutes to an hour. */
const CONVERSION_MS = 5 * 60_000;

/** Platform details of what instances are converted between. */
const PLATFORMS: Readonly<Record<string, string>> = {
  RunInstances: 'Linux/UNIX',
  'RunInstances:0002': 'Windows',
  'RunInstances:0800': 'Windows BYOL',
  'RunInstances:0006': 'Windows with SQL Server Standard',
  'RunInstances:0102': 'Windows with SQL Server Enterprise',
  'RunInstances:0202': 'Windows with SQL Server Web',
  'RunInstances:0010': 'Red Hat Enterprise Linux',
  'RunInstances:00g0': 'Red Hat BYOL Linux',
  'RunInstances:0g00': 'Ubuntu Pro',
};

/** Converting what is in an instance's hourly price, in tasks that take their time. */
export function conversions(manager: LicenseManager) {
  const now = () => new Date(manager.cloud.clock.now());
  const settled = (context: CallContext) => {
    const state = stateOf(manager, context);
    settleConversions(state, now());
    return state;
  };
  return {
    CreateLicenseConversionTaskForResource: (
      input: Partial<client.CreateLicenseConversionTaskForResourceRequest>,
      context: CallContext,
    ) => {
      const state = settled(context);
      const { ResourceArn = '', SourceLicenseContext, DestinationLicenseContext } = input;
      const from = SourceLicenseContext?.UsageOperation ?? '';
      const to = DestinationLicenseContext?.UsageOperation ?? '';
      const instanceId = convertible(state, ResourceArn, from, to);
      const number = state.licenseConversions.size + 1;
      const LicenseConversionTaskId = `lct-${String(number).padStart(17, '0')}`;
      const failure = whyItFails(state, instanceId, to);
      const record = { LicenseConversionTaskId, ResourceArn, from, to, startedAt: now(), failure };
      state.licenseConversions.set(LicenseConversionTaskId, { ...record, done: false });
      return { LicenseConversionTaskId };
    },

    GetLicenseConversionTask: (
      { LicenseConversionTaskId = '' }: Partial<client.GetLicenseConversionTaskRequest>,
      context: CallContext,
    ) => {
      const record = settled(context).licenseConversions.get(LicenseConversionTaskId);
      if (record === undefined) throw invalidParameter(`${LicenseConversionTaskId} was not found.`);
      return asTask(record);
    },

    ListLicenseConversionTasks: (
      input: client.ListLicenseConversionTasksRequest,
      context: CallContext,
    ) => {
      const wanted = (name: string, value: string | undefined) =>
        (input.Filters ?? [])
          .filter(({ Name }) => Name === name)
          .every(({ Values = [] }) => Values.includes(value ?? ''));
      const tasks = [...settled(context).licenseConversions.values()]
        .map(asTask)
        .filter(
          (task) => wanted('ResourceArns', task.ResourceArn) && wanted('Status', task.Status),
        );
      const { items, ...rest } = onePage(
        tasks,
        input,
        ({ LicenseConversionTaskId }) => LicenseConversionTaskId,
      );
      return { LicenseConversionTasks: items, ...rest };
    },
  };
}

/** Ends what has taken its time: the instance is billed otherwise from then on. */
export function settleConversions(state: RegionState, now: Date): void {
  for (const record of state.licenseConversions.values()) {
    const end = endOf(record);
    if (record.done || end > now) continue;
    record.done = true;
    const instance = state.instances.get(record.ResourceArn.split('/')[1] ?? '');
    if (record.failure !== null || instance === undefined) continue;
    instance.UsageOperation = record.to;
    instance.UsageOperationUpdateTime = end;
    instance.PlatformDetails = PLATFORMS[record.to] ?? instance.PlatformDetails;
  }
}

function endOf({ startedAt }: LicenseConversionRecord): Date {
  return new Date(startedAt.getTime() + CONVERSION_MS);
}

function asTask(record: LicenseConversionRecord) {
  const { LicenseConversionTaskId, ResourceArn, from, to, startedAt, failure, done } = record;
  const EndTime = endOf(record);
  return {
    LicenseConversionTaskId,
    ResourceArn,
    SourceLicenseContext: { UsageOperation: from },
    DestinationLicenseContext: { UsageOperation: to },
    StartTime: startedAt,
    ...(done && { EndTime }),
    ...(done && failure === null && { LicenseConversionTime: EndTime }),
    Status: status(done, failure),
    StatusMessage: failure ?? '',
  };
}

function status(done: boolean, failure: string | null): client.LicenseConversionTaskStatus {
  if (!done) return 'IN_PROGRESS';
  return failure === null ? 'SUCCEEDED' : 'FAILED';
}

/** What License Manager refuses at once. @throws AwsError */
function convertible(state: RegionState, arn: string, from: string, to: string): string {
  const resource = parseResourceArn(arn);
  const instance = resource?.type === 'EC2_INSTANCE' ? state.instances.get(resource.id) : undefined;
  if (instance === undefined) throw invalidParameter(`Resource ${arn} was not found.`);
  if (instance.UsageOperation !== from) {
    throw new AwsError(
      'ValidationException',
      `The source usage operation ${from} does not match the instance's ${instance.UsageOperation}.`,
    );
  }
  if (!(to in PLATFORMS) || from === to) {
    throw new AwsError('ValidationException', `Converting from ${from} to ${to} is not supported.`);
  }
  if (instance.State?.Name !== 'stopped') {
    throw new AwsError('InvalidResourceStateException', 'The instance must be stopped.');
  }
  return instance.InstanceId ?? '';
}

/** What only the task finds out. */
function whyItFails(state: RegionState, instanceId: string, to: string): string | null {
  const image = state.images.get(state.instances.get(instanceId)?.ImageId ?? '');
  const isOwn = image === undefined || image.OwnerId === state.account;
  if (state.stopProtected.has(instanceId)) return 'Stop protection is enabled on the instance.';
  if (!state.inventory.has(instanceId)) return 'No SSM Inventory was found for the instance.';
  const brings = to === 'RunInstances:0800' || to === 'RunInstances:00g0';
  if (brings && !isOwn) {
    return 'The instance was not launched from an image of the account: converting to BYOL is not supported.';
  }
  return null;
}
