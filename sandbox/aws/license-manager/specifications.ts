import type { Instance } from '@aws-sdk/client-ec2';
import type * as client from '@aws-sdk/client-license-manager';
import type { RegionState } from '../cloud/cloud.ts';
import { AwsError, type CallContext } from '../wire/service.ts';
import {
  associate,
  dissociate,
  MAX_CONFIGURATIONS_PER_RESOURCE,
  specificationsOf,
} from './associations.ts';
import { totalLicenses, usageUnder, vcpusOf } from './counting.ts';
import { invalidParameter } from './errors.ts';
import { passesHardLimit } from './hard-limit.ts';
import { ledgerOf } from './ledger.ts';
import { type LicenseManager, onePage, stateOf, visibleConfiguration } from './license-manager.ts';
import { brokenRule, type LicensedLaunch } from './licensing.ts';
import type { LicenseConfigurationRecord, LicenseSpecificationRecord } from './records.ts';
import { parseResourceArn, type Resource } from './resource-arn.ts';

/** What a resource is associated with, and changing that by hand. */
export function specifications(manager: LicenseManager) {
  return {
    ListLicenseSpecificationsForResource: (
      input: Partial<client.ListLicenseSpecificationsForResourceRequest>,
      context: CallContext,
    ) => {
      const { arn, state } = target(manager, context, input.ResourceArn);
      const all = specificationsOf(state, arn).map(
        ({ LicenseConfigurationArn, AmiAssociationScope }) => ({
          LicenseConfigurationArn,
          AmiAssociationScope,
        }),
      );
      const { items, ...rest } = onePage(
        all,
        input,
        ({ LicenseConfigurationArn }) => LicenseConfigurationArn,
      );
      return { LicenseSpecifications: items, ...rest };
    },

    /** All of it or nothing. */
    UpdateLicenseSpecificationsForResource: (
      input: Partial<client.UpdateLicenseSpecificationsForResourceRequest>,
      context: CallContext,
    ) => {
      const changed = target(manager, context, input.ResourceArn);
      const removals = (input.RemoveLicenseSpecifications ?? []).map((asked) =>
        removable(changed, asked),
      );
      const additions = (input.AddLicenseSpecifications ?? []).map((asked) =>
        addition(manager, context, changed, asked),
      );
      const { state, arn } = changed;
      const after = specificationsOf(state, arn).length - removals.length + additions.length;
      if (after > MAX_CONFIGURATIONS_PER_RESOURCE) {
        throw invalidParameter(
          `A resource can have at most ${MAX_CONFIGURATIONS_PER_RESOURCE} license configurations.`,
        );
      }
      for (const configurationArn of removals) dissociate(state, arn, configurationArn);
      for (const specification of additions) associate(state, arn, specification);
      return {};
    },
  };
}

/** The resource that a call is about, in its account's Region. */
interface Target {
  readonly arn: string;
  readonly resource: Resource;
  readonly state: RegionState;
}

function target(manager: LicenseManager, context: CallContext, arn = ''): Target {
  const resource = parseResourceArn(arn);
  const state = stateOf(manager, context);
  if (
    resource === null ||
    resource.region !== context.region ||
    (resource.account !== null && resource.account !== context.account) ||
    !exists(state, resource)
  ) {
    throw invalidParameter(`Resource ${arn} was not found.`);
  }
  return { arn, resource, state };
}

function exists(state: RegionState, { type, id }: Resource): boolean {
  switch (type) {
    case 'EC2_INSTANCE':
      return state.instances.has(id);
    case 'EC2_HOST':
      return state.hosts.has(id);
    case 'EC2_AMI':
      return state.images.has(id);
    case 'SYSTEMS_MANAGER_MANAGED_INSTANCE':
      return state.managedInstances.has(id);
    case 'RDS':
      return state.databases.has(id);
  }
}

function removable({ state, arn }: Target, asked: client.LicenseSpecification): string {
  const known = specificationsOf(state, arn).find(
    ({ LicenseConfigurationArn }) => LicenseConfigurationArn === asked.LicenseConfigurationArn,
  );
  if (known === undefined) {
    throw invalidParameter(`${arn} is not associated with ${asked.LicenseConfigurationArn}.`);
  }
  if (known.source === 'discovery') {
    throw invalidParameter(
      `The association of ${arn} was made by automated discovery and cannot be removed.`,
    );
  }
  return known.LicenseConfigurationArn;
}

function addition(
  manager: LicenseManager,
  context: CallContext,
  { arn, resource, state }: Target,
  asked: client.LicenseSpecification,
): LicenseSpecificationRecord {
  const record = visibleConfiguration(manager, context, asked.LicenseConfigurationArn);
  const configurationArn = record.LicenseConfigurationArn;
  if (
    specificationsOf(state, arn).some(
      ({ LicenseConfigurationArn }) => LicenseConfigurationArn === configurationArn,
    )
  ) {
    throw invalidParameter(`${arn} is already associated with ${configurationArn}.`);
  }
  const specification: LicenseSpecificationRecord = {
    LicenseConfigurationArn: configurationArn,
    ...scope(resource, asked.AmiAssociationScope),
    associationTime: new Date(manager.cloud.clock.now()),
    source: 'manual',
  };
  checkInstance(manager, state, resource, record);
  const consumed = totalLicenses(
    usageUnder(ledgerOf(manager.cloud).current(context.region), record),
  );
  if (passesHardLimit(manager.cloud, state, arn, { record, specification, consumed })) {
    throw new AwsError(
      'LicenseUsageException',
      'You do not have enough licenses available to support a new resource launch.',
    );
  }
  return specification;
}

function scope(resource: Resource, asked: string | undefined) {
  if (asked === undefined) return {};
  if (resource.type === 'EC2_AMI' && asked === 'cross-account') {
    return { AmiAssociationScope: 'cross-account' } as const;
  }
  throw invalidParameter('AmiAssociationScope is for AMIs and can only be cross-account.');
}

/** By hand, AMIs, instances and hosts can be associated; an instance as it runs now must satisfy the rules. */
function checkInstance(
  { cloud }: LicenseManager,
  state: RegionState,
  resource: Resource,
  record: LicenseConfigurationRecord,
): void {
  if (resource.type === 'RDS' || resource.type === 'SYSTEMS_MANAGER_MANAGED_INSTANCE') {
    throw invalidParameter('Only AMIs, instances and hosts can be associated.');
  }
  const instance = state.instances.get(resource.id);
  if (instance === undefined) return;
  const status = instance.State?.Name ?? '';
  if (status === 'shutting-down' || status === 'terminated') {
    throw new AwsError('InvalidResourceStateException', `Instance ${resource.id} is ${status}.`);
  }
  const reason = brokenRule(cloud, asLaunch(state, instance), record);
  if (status !== 'stopped' && reason !== null) {
    throw invalidParameter(
      `Instance ${resource.id} does not comply with the license rules: ${reason}.`,
    );
  }
}

function asLaunch(state: RegionState, instance: Instance): LicensedLaunch {
  const { active, usual } = vcpusOf(instance);
  const { Tenancy = 'default', HostId } = instance.Placement ?? {};
  return {
    account: state.account,
    region: state.region,
    instanceType: instance.InstanceType ?? '',
    count: 1,
    vcpus: active,
    defaultVcpus: usual,
    cores: instance.CpuOptions?.CoreCount ?? 0,
    tenancy: Tenancy,
    ...(HostId !== undefined && { hostId: HostId }),
    licenseConfigurationArns: [],
  };
}
