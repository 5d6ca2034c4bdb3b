import { randomBytes } from 'node:crypto';
import * as client from '@aws-sdk/client-license-manager';
import { AwsError, type CallContext } from '../wire/service.ts';
import { associationsOf } from './associations.ts';
import { invalidParameter } from './errors.ts';
import { ledgerOf } from './ledger.ts';
import { type LicenseManager, ownConfiguration, stateOf } from './license-manager.ts';
import { splitRule, validateRules } from './license-rules.ts';
import { validateProducts } from './product-information.ts';
import type { LicenseConfigurationRecord } from './records.ts';

/** AWS's quota of license configurations in one account's Region. */
const MAX_CONFIGURATIONS = 25;

/** Creating, changing and deleting license configurations. */
export function changeConfigurations(manager: LicenseManager) {
  return {
    CreateLicenseConfiguration: (
      input: Partial<client.CreateLicenseConfigurationRequest>,
      context: CallContext,
    ) => {
      const { licenseConfigurations } = stateOf(manager, context);
      checkEnum('LicenseCountingType', client.LicenseCountingType, input.LicenseCountingType);
      if (licenseConfigurations.size >= MAX_CONFIGURATIONS) {
        throw new AwsError(
          'ResourceLimitExceededException',
          `You have reached the limit of ${MAX_CONFIGURATIONS} license configurations in this Region.`,
        );
      }
      const record = newRecord(input, context, new Date(manager.cloud.clock.now()));
      validateRules(record.LicenseCountingType, record.LicenseRules);
      validate(record);
      licenseConfigurations.set(record.LicenseConfigurationArn, record);
      return { LicenseConfigurationArn: record.LicenseConfigurationArn };
    },

    UpdateLicenseConfiguration: (
      input: Partial<client.UpdateLicenseConfigurationRequest>,
      context: CallContext,
    ) => {
      const record = ownConfiguration(manager, context, input.LicenseConfigurationArn);
      const status = input.LicenseConfigurationStatus ?? record.Status;
      checkEnum('LicenseConfigurationStatus', client.LicenseConfigurationStatus, status);
      const changed: LicenseConfigurationRecord = {
        ...record,
        ...settings(input),
        LicenseRules: withAddedRules(record, input.LicenseRules ?? []),
        Status: status,
      };
      validate(changed);
      Object.assign(record, changed);
      return {};
    },

    DeleteLicenseConfiguration: (
      input: Partial<client.DeleteLicenseConfigurationRequest>,
      context: CallContext,
    ) => {
      const record = ownConfiguration(manager, context, input.LicenseConfigurationArn);
      const arn = record.LicenseConfigurationArn;
      const inUse =
        associationsOf(manager.cloud, record).length > 0 ||
        ledgerOf(manager.cloud)
          .current(context.region)
          .some(({ configurationArn }) => configurationArn === arn);
      if (inUse) throw invalidParameter(`License configuration ${arn} is in use.`);
      stateOf(manager, context).licenseConfigurations.delete(arn);
      return {};
    },
  };
}

function checkEnum(name: string, values: object, value: string | undefined): void {
  const known = Object.values(values);
  if (known.includes(value)) return;
  throw invalidParameter(`${name} must be one of ${known.join(', ')}.`);
}

function newRecord(
  input: Partial<client.CreateLicenseConfigurationRequest>,
  { account, region }: CallContext,
  createdAt: Date,
): LicenseConfigurationRecord {
  if (input.LicenseCountingType === undefined) {
    throw invalidParameter('LicenseCountingType is required.');
  }
  const id = `lic-${randomBytes(16).toString('hex')}`;
  return {
    LicenseConfigurationId: id,
    LicenseConfigurationArn: `arn:aws:license-manager:${region}:${account}:license-configuration:${id}`,
    OwnerAccountId: account,
    createdAt,
    Name: '',
    LicenseCountingType: input.LicenseCountingType,
    LicenseRules: input.LicenseRules ?? [],
    LicenseCountHardLimit: false,
    DisassociateWhenNotFound: false,
    Status: 'AVAILABLE',
    ProductInformationList: [],
    Tags: input.Tags ?? [],
    ...settings(input),
  };
}

/** What can be said when creating and again when updating; what is not said is left as it is. */
function settings(
  input: Partial<client.CreateLicenseConfigurationRequest>,
): Partial<LicenseConfigurationRecord> {
  const { Name, Description, LicenseCount, LicenseCountHardLimit, LicenseExpiry } = input;
  const { DisassociateWhenNotFound, ProductInformationList } = input;
  return {
    ...(Name !== undefined && { Name }),
    ...(Description !== undefined && { Description }),
    ...(LicenseCount !== undefined && { LicenseCount }),
    ...(LicenseCountHardLimit !== undefined && { LicenseCountHardLimit }),
    ...(DisassociateWhenNotFound !== undefined && { DisassociateWhenNotFound }),
    ...(ProductInformationList !== undefined && { ProductInformationList }),
    ...(LicenseExpiry !== undefined && { LicenseExpiry }),
  };
}

/** The rules with what is new among the given ones. @throws AwsError for anything new but host affinity. */
function withAddedRules(record: LicenseConfigurationRecord, given: readonly string[]): string[] {
  const added = given.filter((rule) => !record.LicenseRules.includes(rule));
  if (added.some((rule) => splitRule(rule)[0] !== 'licenseAffinityToHost')) {
    throw invalidParameter(
      'The only rule that can be added to a license configuration is licenseAffinityToHost.',
    );
  }
  const rules = [...record.LicenseRules, ...added];
  validateRules(record.LicenseCountingType, rules);
  return rules;
}

function validate(record: LicenseConfigurationRecord): void {
  if (record.Name.trim() === '') throw invalidParameter('Name must not be empty.');
  if (record.LicenseCount !== undefined && record.LicenseCount < 0) {
    throw invalidParameter('LicenseCount must not be negative.');
  }
  if (record.LicenseCountHardLimit && record.LicenseCount === undefined) {
    throw invalidParameter('A hard limit needs a LicenseCount.');
  }
  validateProducts(record.ProductInformationList);
  validateRds(record);
}

/** RDS licenses: vCPU only, without rules and without a hard limit (user guide, create a self-managed license). */
function validateRds(record: LicenseConfigurationRecord): void {
  const tracksRds = record.ProductInformationList.some(
    ({ ResourceType }) => ResourceType === 'RDS',
  );
  if (!tracksRds) return;
  const { LicenseCountingType, LicenseRules, LicenseCountHardLimit } = record;
  if (LicenseCountingType !== 'vCPU' || LicenseRules.length > 0 || LicenseCountHardLimit) {
    throw invalidParameter(
      'A license configuration for RDS counts vCPUs, without rules and without a hard limit.',
    );
  }
}
