import type {
  DescribeLaunchTemplatesRequest,
  DescribeLaunchTemplatesResult,
  DescribeLaunchTemplateVersionsRequest,
  DescribeLaunchTemplateVersionsResult,
  LaunchTemplate,
  LaunchTemplateVersion,
} from '@aws-sdk/client-ec2';
import type { RegionState } from '../cloud/cloud.ts';
import { AwsError } from '../wire/service.ts';
import type { Call } from './ec2.ts';
import { invalidParameterCombination, invalidParameterValue } from './errors.ts';
import { byTags, type FilterFields, filtered } from './filters.ts';
import { page } from './paging.ts';
import { resource, resourcesOf } from './resources.ts';

const FIELDS: FilterFields<LaunchTemplate> = {
  'create-time': ({ CreateTime }) => CreateTime,
  'launch-template-name': ({ LaunchTemplateName }) => LaunchTemplateName,
};

const VERSION_FIELDS: FilterFields<LaunchTemplateVersion> = {
  'create-time': ({ CreateTime }) => CreateTime,
  'image-id': ({ LaunchTemplateData }) => LaunchTemplateData?.ImageId,
  'instance-type': ({ LaunchTemplateData }) => LaunchTemplateData?.InstanceType,
  'is-default-version': ({ DefaultVersion }) => DefaultVersion,
};

/** How calls name a template: by id or by name, not both. */
interface Named {
  readonly LaunchTemplateId?: string | undefined;
  readonly LaunchTemplateName?: string | undefined;
}

/** By ids, by names, or all. */
export function describeLaunchTemplates(
  { region }: Call,
  input: DescribeLaunchTemplatesRequest,
): DescribeLaunchTemplatesResult {
  const names = input.LaunchTemplateNames ?? [];
  const found =
    names.length > 0
      ? names.map((LaunchTemplateName) => launchTemplate(region, { LaunchTemplateName }))
      : resourcesOf('launch template', region.launchTemplates, input.LaunchTemplateIds);
  const { items, NextToken } = page(filtered(found, input.Filters, FIELDS, byTags), input, {
    keyOf: ({ LaunchTemplateId }) => LaunchTemplateId ?? '',
    least: 1,
    most: 200,
  });
  return { LaunchTemplates: items, NextToken };
}

/** Without a template, `$Latest` and `$Default` give that version of every template. */
export function describeLaunchTemplateVersions(
  { region }: Call,
  input: DescribeLaunchTemplateVersionsRequest,
): DescribeLaunchTemplateVersionsResult {
  const found = isNamed(input)
    ? versionsAsked(region, launchTemplate(region, input), input)
    : [...region.launchTemplates.values()].flatMap((template) =>
        aliases(input.Versions).map((alias) => templateVersion(region, template, alias)),
      );
  const { items, NextToken } = page(filtered(found, input.Filters, VERSION_FIELDS), input, {
    keyOf: ({ LaunchTemplateId, VersionNumber }) =>
      `${LaunchTemplateId} ${String(VersionNumber).padStart(6, '0')}`,
    least: 1,
    most: 200,
  });
  return { LaunchTemplateVersions: items, NextToken };
}

function versionsAsked(
  region: RegionState,
  template: LaunchTemplate,
  { Versions, MinVersion, MaxVersion }: DescribeLaunchTemplateVersionsRequest,
): LaunchTemplateVersion[] {
  if (Versions?.length) {
    const found = Versions.map((version) => templateVersion(region, template, version));
    return [...new Set(found)];
  }
  return versionsOf(region, template).filter(
    ({ VersionNumber = 0 }) =>
      VersionNumber >= Number(MinVersion ?? 0) && VersionNumber <= Number(MaxVersion ?? Infinity),
  );
}

function aliases(versions: readonly string[] | undefined): readonly string[] {
  const given = versions ?? [];
  if (given.length > 0 && given.every((version) => version.startsWith('$'))) return given;
  throw new AwsError(
    'MissingParameter',
    'Either a launch template ID or a launch template name must be specified in the request, or the versions $Latest, $Default.',
  );
}

function isNamed({ LaunchTemplateId, LaunchTemplateName }: Named): boolean {
  return LaunchTemplateId !== undefined || LaunchTemplateName !== undefined;
}

/** @throws EC2's errors for a template that is not there or not named by exactly one of id and name. */
export function launchTemplate(region: RegionState, named: Named): LaunchTemplate {
  const { LaunchTemplateId, LaunchTemplateName } = named;
  if (LaunchTemplateName === undefined) {
    return resource('launch template', region.launchTemplates, LaunchTemplateId);
  }
  if (LaunchTemplateId !== undefined) {
    throw invalidParameterCombination(
      'Specify either a launch template ID or a launch template name, not both.',
    );
  }
  const found = [...region.launchTemplates.values()].find(
    (template) => template.LaunchTemplateName === LaunchTemplateName,
  );
  if (found !== undefined) return found;
  throw new AwsError(
    'InvalidLaunchTemplateName.NotFoundException',
    `The specified launch template, with template name ${LaunchTemplateName}, does not exist.`,
  );
}

function versionsOf(region: RegionState, { LaunchTemplateId }: LaunchTemplate) {
  return region.launchTemplateVersions.get(LaunchTemplateId ?? '') ?? [];
}

/** A version by its number, or `$Latest` or `$Default`. @throws InvalidLaunchTemplateId.VersionNotFound */
export function templateVersion(
  region: RegionState,
  template: LaunchTemplate,
  version: string,
): LaunchTemplateVersion {
  const wanted =
    { $Latest: template.LatestVersionNumber, $Default: template.DefaultVersionNumber }[version] ??
    Number(version);
  if (!Number.isInteger(wanted)) {
    throw invalidParameterValue(
      `Could not find the specified version ${version}; expecting a number, $Latest or $Default.`,
    );
  }
  const found = versionsOf(region, template).find(({ VersionNumber }) => VersionNumber === wanted);
  if (found !== undefined) return found;
  throw new AwsError(
    'InvalidLaunchTemplateId.VersionNotFound',
    `Could not find the specified version ${version} for the launch template with ID ${template.LaunchTemplateId}.`,
  );
}
