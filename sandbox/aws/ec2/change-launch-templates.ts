import type {
  CreateLaunchTemplateVersionRequest,
  CreateLaunchTemplateVersionResult,
  DeleteLaunchTemplateRequest,
  DeleteLaunchTemplateResult,
  LaunchTemplateVersion,
  ModifyLaunchTemplateRequest,
  ModifyLaunchTemplateResult,
} from '@aws-sdk/client-ec2';
import type { Call } from './ec2.ts';
import { missingParameter } from './errors.ts';
import { launchTemplate, templateVersion } from './launch-templates.ts';

/** The new version is the latest, but not the default. */
export function createLaunchTemplateVersion(
  { ec2, region, context }: Call,
  input: CreateLaunchTemplateVersionRequest,
): CreateLaunchTemplateVersionResult {
  const template = launchTemplate(region, input);
  const source =
    input.SourceVersion === undefined
      ? {}
      : templateVersion(region, template, input.SourceVersion).LaunchTemplateData;
  const version: LaunchTemplateVersion = {
    LaunchTemplateId: template.LaunchTemplateId,
    LaunchTemplateName: template.LaunchTemplateName,
    VersionNumber: (template.LatestVersionNumber ?? 0) + 1,
    VersionDescription: input.VersionDescription,
    CreateTime: new Date(ec2.cloud.clock.now()),
    CreatedBy: context.principal.arn,
    DefaultVersion: false,
    LaunchTemplateData: { ...source, ...input.LaunchTemplateData },
  };
  const versions = region.launchTemplateVersions.get(template.LaunchTemplateId ?? '') ?? [];
  region.launchTemplateVersions.set(template.LaunchTemplateId ?? '', [...versions, version]);
  template.LatestVersionNumber = version.VersionNumber;
  return { LaunchTemplateVersion: version };
}

/** Only the default version can be changed. */
export function modifyLaunchTemplate(
  { region }: Call,
  input: ModifyLaunchTemplateRequest,
): ModifyLaunchTemplateResult {
  const template = launchTemplate(region, input);
  if (input.DefaultVersion === undefined) throw missingParameter('SetDefaultVersion');
  const chosen = templateVersion(region, template, input.DefaultVersion);
  template.DefaultVersionNumber = chosen.VersionNumber;
  for (const version of region.launchTemplateVersions.get(template.LaunchTemplateId ?? '') ?? []) {
    version.DefaultVersion = version === chosen;
  }
  return { LaunchTemplate: template };
}

/** With all its versions. */
export function deleteLaunchTemplate(
  { region }: Call,
  input: DeleteLaunchTemplateRequest,
): DeleteLaunchTemplateResult {
  const template = launchTemplate(region, input);
  region.launchTemplates.delete(template.LaunchTemplateId ?? '');
  region.launchTemplateVersions.delete(template.LaunchTemplateId ?? '');
  return { LaunchTemplate: template };
}
