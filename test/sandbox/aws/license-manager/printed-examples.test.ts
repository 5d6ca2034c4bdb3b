import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { administrator } from '../../../../sandbox/aws/iam/principal.ts';
import { licenseManagerService } from '../../../../sandbox/aws/license-manager/service.ts';
import { ssmService } from '../../../../sandbox/aws/ssm/service.ts';
import { createClock } from '../../../../sandbox/clock.ts';
import { buildEstate } from '../../../../sandbox/estate/estate.ts';

const EXAMPLES = new URL('../../../../../shared/data/aws/aws-cli-examples/', import.meta.url);
const present = existsSync(EXAMPLES);
if (!present) {
  // biome-ignore lint/suspicious/noConsole: a skip must be seen
  console.warn(`SKIPPED: the AWS CLI's printed examples are not in ${fileURLToPath(EXAMPLES)}.`);
}

const ACCOUNT = '111122223333';
const REGION = 'us-east-1';

const cloud = buildEstate('default', createClock());
const state = cloud.region(ACCOUNT, REGION);
const services = [licenseManagerService(cloud), ssmService(cloud)];
const [LicenseConfigurationArn = ''] = state.licenseConfigurations.keys();
const [InstanceId = ''] = state.inventory.keys();

function answer(operation: string, input: object): Promise<unknown> {
  const service = services.find(({ simulated }) => simulated.includes(operation));
  const context = {
    service: '',
    operation,
    account: ACCOUNT,
    region: REGION,
    principal: administrator(ACCOUNT),
    requestId: 'request',
  };
  return service?.play(operation, input, context) ?? Promise.reject(new Error(operation));
}

/** The estate has no State Manager associations, and installers need not write these two of an application. */
const NOT_OURS =
  /AssociationOverview|AssociationExecution|\.Entries\[\]\.(PackageId|InstalledTime)$/;

/** Every member that a value has, as a path; the elements of a list count as one. */
function members(value: unknown, path = ''): string[] {
  if (Array.isArray(value))
    return [...new Set(value.flatMap((item) => members(item, `${path}[]`)))];
  if (typeof value !== 'object' || value === null || value instanceof Date) return [];
  return Object.entries(value).flatMap(([name, item]) => [
    `${path}.${name}`,
    ...members(item, `${path}.${name}`),
  ]);
}

function printed(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`${file}.json`, EXAMPLES), 'utf8'));
}

describe.skipIf(!present)(
  "what AWS prints as an example, the default estate's answers have too",
  () => {
    it.each<[string, string, object]>([
      ['license-manager.list-license-configurations', 'ListLicenseConfigurations', {}],
      [
        'license-manager.get-license-configuration',
        'GetLicenseConfiguration',
        { LicenseConfigurationArn },
      ],
      [
        'license-manager.list-usage-for-license-configuration',
        'ListUsageForLicenseConfiguration',
        { LicenseConfigurationArn },
      ],
      [
        'license-manager.list-associations-for-license-configuration',
        'ListAssociationsForLicenseConfiguration',
        { LicenseConfigurationArn },
      ],
      ['license-manager.get-service-settings.2', 'GetServiceSettings', {}],
      ['license-manager.list-resource-inventory', 'ListResourceInventory', {}],
      [
        'license-manager.list-tags-for-resource',
        'ListTagsForResource',
        { ResourceArn: LicenseConfigurationArn },
      ],
      [
        'license-manager.create-license-configuration',
        'CreateLicenseConfiguration',
        { Name: 'x', LicenseCountingType: 'vCPU' },
      ],
      ['ssm.describe-instance-information', 'DescribeInstanceInformation', { MaxResults: 50 }],
      ['ssm.get-inventory', 'GetInventory', {}],
      [
        'ssm.list-inventory-entries',
        'ListInventoryEntries',
        { InstanceId, TypeName: 'AWS:Application' },
      ],
    ])('%s', async (file, operation, input) => {
      const answered = members(await answer(operation, input));

      expect(
        members(printed(file)).filter(
          (member) => !(answered.includes(member) || NOT_OURS.test(member)),
        ),
      ).toEqual([]);
    });
  },
);
