import type { LaunchAdvice } from '#domain/launch/launch-failure.ts';

type Advise = (message: string) => LaunchAdvice;

/** By the code, where AWS documents one; the first that matches. */
const BY_CODE: readonly (readonly [RegExp, Advise])[] = [
  [/^(UnauthorizedOperation|AccessDenied.*|AuthorizationException)$/, permit],
  [/^InsufficientHostCapacity/, () => ({ code: 'find-capacity', on: 'host' })],
  [
    /^Insufficient/,
    (message) => ({ code: 'find-capacity', on: /spot/i.test(message) ? 'spot' : 'shared' }),
  ],
  [/^SpotMaxPriceTooLow$/, () => ({ code: 'find-capacity', on: 'spot' })],
  [/^MaxSpotInstanceCountExceeded$/, () => ({ code: 'raise-quota', of: 'spot' })],
  [/^(VcpuLimitExceeded|InstanceLimitExceeded)$/, () => ({ code: 'raise-quota', of: 'vcpus' })],
  [
    /^(HostLimitExceeded|DedicatedHostLimitExceeded)$/,
    () => ({ code: 'raise-quota', of: 'hosts' }),
  ],
  [/^(?!Request).*LimitExceeded$/, () => ({ code: 'raise-quota', of: 'other' })],
  [/^InvalidAMIID/, () => ({ code: 'request-again', changed: 'image' })],
  [/^InvalidHost/, () => ({ code: 'request-again', changed: 'host' })],
  [/^InvalidLaunchTemplate/, () => ({ code: 'request-again', changed: 'template' })],
  [
    /^(InvalidInstanceID|IncorrectInstanceState|IncorrectState)/,
    () => ({ code: 'request-again', changed: 'instance' }),
  ],
  [
    /^(InvalidSubnetID|InvalidGroup|InvalidKeyPair|InvalidLicenseConfigurationId)/,
    () => ({ code: 'request-again', changed: 'other' }),
  ],
  [
    /^(Unsupported|InvalidParameterCombination|InvalidInstanceAttributeValue)/,
    () => ({ code: 'choose-other-machine' }),
  ],
];

/**
 * What usually helps against a failed launch, by AWS's code and words; `null` when they tell nothing.
 * A license limit has no documented code: it is recognized by its words alone, so this only advises.
 */
export function adviceOn(code: string, message: string): LaunchAdvice | null {
  const known = BY_CODE.find(([pattern]) => pattern.test(code));
  const isOurs = known?.[1] !== permit && /licen[sc]e/i.test(`${code} ${message}`);
  if (isOurs && !/^Invalid/.test(code)) return onLicenses(message);
  return known?.[1](message) ?? null;
}

/** AWS says "No licenses available.", and License Manager "You do not have enough licenses available …". */
function onLicenses(message: string): LaunchAdvice {
  const configurationArn = configurationIn(message);
  const isRule = /\brules?\b|\bcompl(y|iant)\b/i.test(message);
  return { code: isRule ? 'follow-rule' : 'free-licenses', configurationArn };
}

function configurationIn(message: string): string | null {
  return (
    /arn:aws[a-z-]*:license-manager:[a-z0-9-]+:\d{12}:license-configuration:[\w-]+/.exec(
      message,
    )?.[0] ?? null
  );
}

/** `… is not authorized to perform: ec2:RunInstances on resource: arn:… with an explicit deny in a service control policy` */
function permit(message: string): LaunchAdvice {
  const action = /not authorized to perform: ([\w-]+:\w+)/.exec(message)?.[1] ?? null;
  if (action === 'sts:AssumeRole' || action === 'sts:SetSourceIdentity') {
    return { code: 'deploy-role' };
  }
  const resource = /on resource: (\S+)/.exec(message)?.[1] ?? null;
  const denied = /with an explicit deny(?: in an? (.+?))?(?: Encoded|$|\.)/.exec(message);
  const missing = /because no (.+?) allows/.exec(message);
  return {
    code: 'permit',
    action,
    resource: resource === '*' ? null : resource,
    explicitDeny: denied !== null ? true : missing === null ? null : false,
    policy: denied?.[1] ?? missing?.[1] ?? null,
  };
}
