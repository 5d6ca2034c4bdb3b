import type { LaunchAdvice, LaunchFailure, LeftBehind } from '#domain/launch/launch-failure.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import type { MessageBlock } from '#slack/views/message.ts';
import { poolNames } from '#slack/views/pool-names.ts';
import { reasonText } from '#slack/views/reason.ts';
import { bullets, code, type Line } from '#slack/views/rich-text.ts';
import { nameText } from '#slack/views/text.ts';

/** What to do about a launch that failed or that nobody knows the end of, and what it left behind. */
export function failureBlocks(request: LaunchRequest): MessageBlock[] {
  const { failure, status } = request;
  if (failure === null || (status !== 'failed' && status !== 'unknown')) return [];
  return bullets('What to do', [
    ...(failure.advice === null ? [] : adviceLines(failure.advice, request)),
    ...failure.left.map((left): Line => [LEFT[left]]),
    ...(failure.undoing ? [['What was done already is being put back.']] : []),
    ...(status === 'failed' && !failure.undoing
      ? [['Its licenses are free again. Ask again once the cause is gone.']]
      : []),
  ]);
}

const LEFT = {
  stopped: 'The instance has its size of before, but it does not run. Start it yourself.',
  'stopped-at-new-size': 'The instance is stopped, and not of its size of before. Look at it.',
  'stopped-elsewhere':
    'The instance is stopped, and in the place that it was to move to. Look at it.',
  'stopped-converted':
    'The instance is stopped, and its licenses are paid for as they were to be. Look at it.',
  'licenses-changed':
    'The instance has not the license configurations that it had before. Look at them.',
  'group-larger':
    'The Auto Scaling group has more instances or other numbers than before. Look at it.',
  'licenses-attached': 'The instance has license configurations that it had not before.',
  'as-others-left-it': 'Somebody else changed it meanwhile, so it was left as it is.',
} as const satisfies Record<LeftBehind, string>;

const CAPACITY = {
  shared: 'Choose another Availability Zone or instance type, or try later.',
  host: 'No Dedicated Host has room: choose another host or type, or allocate one.',
  spot: 'There are no Spot Instances of this type now: choose another type, or On-Demand.',
} as const;

const QUOTA = {
  vcpus: 'the vCPU quota of On-Demand Instances',
  spot: 'the quota of Spot Instances',
  hosts: 'the quota of Dedicated Hosts',
  other: 'the quota that AWS names',
} as const;

const CHANGED = {
  image: 'The image',
  template: 'The launch template',
  host: 'The Dedicated Host',
  instance: 'The instance',
  group: 'The Auto Scaling group',
  plan: 'What was approved',
  end: 'The end of its time',
  other: 'Something that the plan names',
} as const;

function adviceLines(advice: LaunchAdvice, request: LaunchRequest): readonly Line[] {
  if (advice.code !== 'meet-rules') return [adviceLine(advice)];
  const names = poolNames(request, []);
  return advice.reasons.map((reason) => [reasonText(reason, names)]);
}

function adviceLine(advice: Exclude<LaunchAdvice, { code: 'meet-rules' }>): Line {
  switch (advice.code) {
    case 'free-licenses':
      return [
        'License Manager’s hard limit leaves too few',
        ...named(' of ', advice.configurationArn),
        ': free some, raise the limit if more are owned, or wait.',
      ];
    case 'follow-rule':
      return [
        'A rule of the license configuration',
        ...named(' ', advice.configurationArn),
        ' does not let such a machine run: choose another type, tenancy or CPU options.',
      ];
    case 'permit':
      return permitLine(advice);
    case 'deploy-role':
      return [
        'Deploy ',
        code('member-account.yml'),
        ' in the account: its launch role is missing.',
      ];
    case 'find-capacity':
      return [CAPACITY[advice.on]];
    case 'raise-quota':
      return [`Raise ${QUOTA[advice.of]} in Service Quotas, or end what is not needed.`];
    case 'request-again':
      return [
        `${CHANGED[advice.changed]} is not as it was approved: ask again for it as it is now.`,
      ];
    case 'choose-other-machine':
      return ['AWS does not offer this combination of type, options, tenancy and zone.'];
    case 'look-in-ec2':
      return ['Nothing shows how it ended: look in EC2 before anybody launches it again.'];
  }
}

function permitLine(advice: Extract<LaunchAdvice, { code: 'permit' }>): Line {
  const { action, resource, explicitDeny, policy } = advice;
  if (action === null) {
    return [
      'AWS does not say what the launch role may not do. Most often it is to use a license configuration: let it, and let it use ',
      code('sts:DecodeAuthorizationMessage'),
      ', so that I can tell.',
    ];
  }
  const where = policy === null ? '' : ` in a ${nameText(policy)}`;
  return [
    explicitDeny === true ? `A statement${where} denies` : 'Nothing allows',
    ' the launch role',
    ...named(' ', action),
    ...named(' on ', resource),
    explicitDeny === true ? ': take it out, or exempt the role.' : ': add it to the role’s policy.',
  ];
}

function named(before: string, name: string | null): Line {
  return name === null ? [] : [before, code(nameText(name, 150))];
}

/** `InsufficientInstanceCapacity No capacity.`: what AWS said. */
export function failureText({ code: awsCode, message }: LaunchFailure): Line {
  return [': ', code(nameText(awsCode, 100)), ` ${nameText(message, 500)}`];
}
