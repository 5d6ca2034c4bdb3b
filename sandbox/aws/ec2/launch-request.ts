import type {
  LaunchTemplateVersion,
  ResponseLaunchTemplateData,
  RunInstancesRequest,
} from '@aws-sdk/client-ec2';
import type { RegionState } from '../cloud/cloud.ts';
import { invalidParameterValue, notSimulated } from './errors.ts';
import { launchTemplate, templateVersion } from './launch-templates.ts';

/** The parameters of a launch that the sandbox plays; any other is refused, not ignored. */
const SIMULATED: ReadonlySet<string> = new Set([
  'BlockDeviceMappings',
  'ClientToken',
  'CpuOptions',
  'CreditSpecification',
  'DisableApiTermination',
  'DryRun',
  'EbsOptimized',
  'IamInstanceProfile',
  'ImageId',
  'InstanceInitiatedShutdownBehavior',
  'InstanceMarketOptions',
  'InstanceType',
  'KeyName',
  'LaunchTemplate',
  'LicenseSpecifications',
  'MaintenanceOptions',
  'MaxCount',
  'MetadataOptions',
  'MinCount',
  'Monitoring',
  'NetworkInterfaces',
  'Placement',
  'SecurityGroupIds',
  'SubnetId',
  'TagSpecifications',
  'UserData',
]);

/** The request with what it leaves out taken from its launch template, and the image behind `resolve:ssm:`. */
export function completeRequest(
  region: RegionState,
  request: RunInstancesRequest,
): RunInstancesRequest {
  refuseUnknown(request);
  const version = templateUsed(region, request);
  const complete = version === null ? request : withTemplate(request, version);
  return { ...complete, ImageId: resolvedImage(region, complete.ImageId) };
}

/** The template version that a request launches from. @throws EC2's errors for one that is not there. */
export function templateUsed(
  region: RegionState,
  { LaunchTemplate }: RunInstancesRequest,
): LaunchTemplateVersion | null {
  if (LaunchTemplate === undefined) return null;
  const template = launchTemplate(region, LaunchTemplate);
  return templateVersion(region, template, LaunchTemplate.Version ?? '$Default');
}

/** A parameter of the request replaces the template's whole. */
function withTemplate(
  request: RunInstancesRequest,
  { LaunchTemplateData = {} }: LaunchTemplateVersion,
): RunInstancesRequest {
  refuseUnknown(LaunchTemplateData);
  const {
    ElasticInferenceAccelerators: _accelerators,
    SecondaryInterfaces: _interfaces,
    ...data
  } = LaunchTemplateData;
  return {
    ...data,
    Monitoring: { Enabled: data.Monitoring?.Enabled },
    CreditSpecification: { CpuCredits: data.CreditSpecification?.CpuCredits },
    ...request,
  };
}

function refuseUnknown(parameters: RunInstancesRequest | ResponseLaunchTemplateData): void {
  const unknown = Object.entries(parameters).find(
    ([name, value]) => value !== undefined && !SIMULATED.has(name),
  );
  if (unknown !== undefined) throw notSimulated(`RunInstances with ${unknown[0]}`);
}

const ALIAS = /^resolve:ssm:(?<name>[^:]+)(?::(?<version>\d+))?$/;

function resolvedImage(region: RegionState, imageId: string | undefined): string | undefined {
  const { name, version } = ALIAS.exec(imageId ?? '')?.groups ?? {};
  if (name === undefined) return imageId;
  const parameter = region.parameters.get(name);
  if (parameter !== undefined && Number(version ?? parameter.Version) === parameter.Version) {
    return parameter.Value;
  }
  throw invalidParameterValue(`Invalid value '${imageId}' for imageId: no such parameter.`);
}
