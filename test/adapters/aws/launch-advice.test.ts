import { describe, expect, it } from 'vitest';
import { adviceOn } from '#adapters/aws/launch-advice.ts';

const ARN = 'arn:aws:license-manager:us-east-1:222233334444:license-configuration:lic-1';
const NOT_AUTHORIZED =
  'User: arn:aws:sts::222233334444:assumed-role/r/s is not authorized to perform:';

describe('what a failed launch usually means', () => {
  it.each`
    code                                        | message                                                                                                | advice
    ${'UnknownCode'}                            | ${`No licenses available under ${ARN}.`}                                                               | ${{ code: 'free-licenses', configurationArn: ARN }}
    ${'LicenseUsageException'}                  | ${'You do not have enough licenses available to support a new resource launch.'}                       | ${{ code: 'free-licenses', configurationArn: null }}
    ${'UnknownCode'}                            | ${'The launch does not comply with the license rules of license configuration SQL.'}                   | ${{ code: 'follow-rule', configurationArn: null }}
    ${'InsufficientInstanceCapacity'}           | ${'We currently do not have sufficient r6i.2xlarge capacity.'}                                         | ${{ code: 'find-capacity', on: 'shared' }}
    ${'InsufficientInstanceCapacity'}           | ${'There is no Spot capacity available that matches your request.'}                                    | ${{ code: 'find-capacity', on: 'spot' }}
    ${'InsufficientHostCapacity'}               | ${'You do not have a host with a matching configuration.'}                                             | ${{ code: 'find-capacity', on: 'host' }}
    ${'SpotMaxPriceTooLow'}                     | ${'Your Spot request price is lower than the minimum.'}                                                | ${{ code: 'find-capacity', on: 'spot' }}
    ${'MaxSpotInstanceCountExceeded'}           | ${'Max spot instance count exceeded'}                                                                  | ${{ code: 'raise-quota', of: 'spot' }}
    ${'VcpuLimitExceeded'}                      | ${'You have requested more vCPU capacity than your current vCPU limit.'}                               | ${{ code: 'raise-quota', of: 'vcpus' }}
    ${'HostLimitExceeded'}                      | ${'You have reached your quota of Dedicated Hosts.'}                                                   | ${{ code: 'raise-quota', of: 'hosts' }}
    ${'VolumeLimitExceeded'}                    | ${'You have exceeded your maximum gp3 storage limit.'}                                                 | ${{ code: 'raise-quota', of: 'other' }}
    ${'InvalidAMIID.NotFound'}                  | ${'The image id does not exist'}                                                                       | ${{ code: 'request-again', changed: 'image' }}
    ${'InvalidLaunchTemplateId.NotFound'}       | ${'The specified launch template does not exist'}                                                      | ${{ code: 'request-again', changed: 'template' }}
    ${'InvalidHostID.NotFound'}                 | ${'The host does not exist'}                                                                           | ${{ code: 'request-again', changed: 'host' }}
    ${'InvalidInstanceID.NotFound'}             | ${'The instance ID does not exist'}                                                                    | ${{ code: 'request-again', changed: 'instance' }}
    ${'IncorrectInstanceState'}                 | ${'The instance is not in a state from which it can be started.'}                                      | ${{ code: 'request-again', changed: 'instance' }}
    ${'InvalidLicenseConfigurationId.NotFound'} | ${'The license configuration does not exist.'}                                                         | ${{ code: 'request-again', changed: 'other' }}
    ${'InvalidSubnetID.NotFound'}               | ${'The subnet does not exist'}                                                                         | ${{ code: 'request-again', changed: 'other' }}
    ${'Unsupported'}                            | ${'Your requested instance type is not supported in your requested Availability Zone.'}                | ${{ code: 'choose-other-machine' }}
    ${'InvalidParameterCombination'}            | ${'CpuOptions are not supported for the instance type.'}                                               | ${{ code: 'choose-other-machine' }}
    ${'AccessDenied'}                           | ${`${NOT_AUTHORIZED} sts:AssumeRole on resource: arn:aws:iam::222233334444:role/quartermaster-launch`} | ${{ code: 'deploy-role' }}
    ${'SomethingNew'}                           | ${'Nobody knows.'}                                                                                     | ${null}
    ${'RequestLimitExceeded'}                   | ${'Request limit exceeded.'}                                                                           | ${null}
  `('$code $message', ({ code, message, advice }) => {
    expect(adviceOn(code, message)).toEqual(advice);
  });

  it.each`
    message                                                                                                                                 | permit
    ${`${NOT_AUTHORIZED} ec2:RunInstances on resource: ${ARN} with an explicit deny in a service control policy.`}                          | ${{ action: 'ec2:RunInstances', resource: ARN, explicitDeny: true, policy: 'service control policy' }}
    ${`${NOT_AUTHORIZED} ec2:StartInstances on resource: ${ARN} because no session policy allows the ec2:StartInstances action.`}           | ${{ action: 'ec2:StartInstances', resource: ARN, explicitDeny: false, policy: 'session policy' }}
    ${`${NOT_AUTHORIZED} license-manager:UpdateLicenseSpecificationsForResource on resource: * because no identity-based policy allows it`} | ${{ action: 'license-manager:UpdateLicenseSpecificationsForResource', resource: null, explicitDeny: false, policy: 'identity-based policy' }}
    ${'You are not authorized to perform this operation.'}                                                                                  | ${{ action: null, resource: null, explicitDeny: null, policy: null }}
  `('names what is to be permitted: $permit', ({ message, permit }) => {
    expect(adviceOn('UnauthorizedOperation', message)).toEqual({ code: 'permit', ...permit });
  });
});
