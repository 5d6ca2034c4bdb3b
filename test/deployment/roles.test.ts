import { describe, expect, it } from 'vitest';
import { FUNCTIONS, grants, HUB, may, REGION, ROLES } from './shipped-roles.ts';

const LOGS = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const RECEIVE = [
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ReceiveMessage',
];
const GET = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'];

/** Every action that each role is granted anywhere: a role that gains one fails here. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  slack: [
    ...LOGS,
    'dynamodb:DeleteItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'sqs:SendMessage',
    'ssm:GetParameter',
  ],
  api: [...LOGS, ...GET, 'sqs:SendMessage'],
  decide: [
    ...LOGS,
    ...GET,
    ...RECEIVE,
    'dynamodb:DeleteItem',
    'dynamodb:PutItem',
    'sqs:SendMessage',
    'ssm:GetParameter',
  ],
  answer: [
    ...LOGS,
    ...GET,
    ...RECEIVE,
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
    'ssm:GetParameter',
  ],
  launch: [
    ...LOGS,
    ...GET,
    ...RECEIVE,
    'dynamodb:DeleteItem',
    'dynamodb:PutItem',
    'sqs:SendMessage',
    'sts:AssumeRole',
    'sts:SetSourceIdentity',
  ],
  collect: [
    ...LOGS,
    ...GET,
    ...RECEIVE,
    'dynamodb:DeleteItem',
    'dynamodb:PutItem',
    'pricing:GetProducts',
    'sqs:SendMessage',
    'sts:AssumeRole',
  ],
  optimize: [
    ...LOGS,
    ...GET,
    ...RECEIVE,
    'dynamodb:PutItem',
    'sqs:SendMessage',
    'ssm:GetParameter',
  ],
  sweep: [...LOGS, 'dynamodb:DeleteItem', 'dynamodb:Query', 'sqs:SendMessage'],
  audit: [...LOGS, 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:Query', 'sqs:SendMessage'],
  watch: [
    ...LOGS,
    ...RECEIVE,
    'dynamodb:DeleteItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'sqs:SendMessage',
    'sts:AssumeRole',
  ],
  read: [
    'autoscaling:DescribeAutoScalingGroups',
    'ce:GetCostAndUsage',
    'ce:GetRightsizingRecommendation',
    'cloudwatch:GetMetricData',
    'cloudwatch:ListMetrics',
    'compute-optimizer:GetEC2InstanceRecommendations',
    'compute-optimizer:GetLicenseRecommendations',
    'cost-optimization-hub:ListEnrollmentStatuses',
    'cost-optimization-hub:ListRecommendations',
    'ec2:DescribeHostReservations',
    'ec2:DescribeHosts',
    'ec2:DescribeImages',
    'ec2:DescribeInstanceSqlHaStates',
    'ec2:DescribeInstanceTypes',
    'ec2:DescribeInstances',
    'ec2:DescribeLaunchTemplateVersions',
    'ec2:DescribeSpotPriceHistory',
    'ec2:DescribeSubnets',
    'ecs:DescribeContainerInstances',
    'ecs:DescribeTasks',
    'ecs:ListClusters',
    'ecs:ListTasks',
    'license-manager:GetServiceSettings',
    'license-manager:ListAssetsForLicenseAssetGroup',
    'license-manager:ListAssociationsForLicenseConfiguration',
    'license-manager:ListLicenseAssetGroups',
    'license-manager:ListLicenseConfigurations',
    'license-manager:ListLicenseConfigurationsForOrganization',
    'license-manager:ListReceivedGrants',
    'license-manager:ListReceivedLicenses',
    'license-manager:ListUsageForLicenseConfiguration',
    'license-manager-linux-subscriptions:GetServiceSettings',
    'license-manager-linux-subscriptions:ListLinuxSubscriptionInstances',
    'license-manager-user-subscriptions:ListIdentityProviders',
    'license-manager-user-subscriptions:ListInstances',
    'license-manager-user-subscriptions:ListProductSubscriptions',
    'license-manager-user-subscriptions:ListUserAssociations',
    'organizations:ListAccounts',
    'rds:DescribeDBInstances',
    'rds:DescribeOptionGroups',
    'ssm:DescribeInstanceInformation',
    'ssm:GetInventory',
  ],
  start: [
    'autoscaling:CreateOrUpdateTags',
    'autoscaling:DescribeAutoScalingGroups',
    'autoscaling:DescribeScalingActivities',
    'autoscaling:TerminateInstanceInAutoScalingGroup',
    'autoscaling:UpdateAutoScalingGroup',
    'ec2:AllocateHosts',
    'ec2:CreateTags',
    'ec2:DescribeHosts',
    'ec2:DescribeImages',
    'ec2:DescribeInstances',
    'ec2:DescribeLaunchTemplateVersions',
    'ec2:ModifyInstanceAttribute',
    'ec2:ModifyInstanceCpuOptions',
    'ec2:ModifyInstancePlacement',
    'ec2:ReleaseHosts',
    'ec2:RunInstances',
    'ec2:StartInstances',
    'ec2:StopInstances',
    'ec2:TerminateInstances',
    'iam:PassRole',
    'license-manager:CreateLicenseConversionTaskForResource',
    'license-manager:ListLicenseConversionTasks',
    'license-manager:UpdateLicenseSpecificationsForResource',
    'sts:DecodeAuthorizationMessage',
  ],
};

describe('the shipped roles', () => {
  it.each([...ROLES.keys()])('grant %s these actions and no other (T31)', (who) => {
    const actions = new Set(grants(who).flatMap(({ Action }) => Action));

    expect([...actions].toSorted()).toEqual([...(ACTIONS[who] ?? [])].toSorted());
  });

  it.each([...ROLES.keys()])('grant %s no wildcard of actions', (who) => {
    expect(grants(who).flatMap(({ Action }) => Action)).not.toContainEqual(
      expect.stringContaining('*'),
    );
  });

  it.each(FUNCTIONS)('grant %s nothing on every resource that takes one', (who) => {
    const everywhere = grants(who).filter(({ Resource }) => [Resource].flat().includes('*'));

    // AWS's price list is public, and has no resources.
    expect(everywhere.flatMap(({ Action }) => Action)).toEqual(
      who === 'collect' ? ['pricing:GetProducts'] : [],
    );
  });

  it('are one for each function', () => {
    expect(new Set(ROLES.values()).size).toBe(ROLES.size);
  });
});

describe('queues', () => {
  const arn = (name: string) => `arn:aws:sqs:${REGION}:${HUB}:quartermaster-${name}`;
  const QUEUES = [
    'decisions.fifo',
    'answers',
    'launches',
    'collections',
    'optimizations',
    'events',
  ];

  it.each([
    ['slack', ['decisions.fifo', 'answers', 'optimizations'], []],
    ['api', ['decisions.fifo'], []],
    ['decide', ['decisions.fifo', 'answers', 'launches', 'collections'], ['decisions.fifo']],
    ['answer', [], ['answers']],
    ['launch', ['decisions.fifo', 'answers', 'launches', 'collections'], ['launches']],
    ['collect', ['decisions.fifo', 'answers', 'collections'], ['collections']],
    ['optimize', ['answers'], ['optimizations']],
    ['sweep', ['decisions.fifo', 'answers', 'launches', 'collections'], []],
    ['audit', ['answers'], []],
    ['watch', ['answers'], ['events']],
  ])(
    'that %s may send to are exactly %o, and receive from %o (T31 T32)',
    (who, sends, receives) => {
      const through = (action: string) =>
        QUEUES.filter((queue) => may(who, { action: `sqs:${action}`, resource: arn(queue) }));

      expect(through('SendMessage')).toEqual(sends);
      expect(through('ReceiveMessage')).toEqual(receives);
      expect(through('DeleteMessage')).toEqual(receives);
    },
  );
});

describe('secrets', () => {
  it.each([
    ['slack', ['slack-bot-token', 'slack-signing-secret']],
    ['api', []],
    ['decide', ['slack-bot-token']],
    ['answer', ['slack-bot-token']],
    ['launch', []],
    ['collect', []],
    ['optimize', ['slack-bot-token']],
    ['sweep', []],
    ['audit', []],
    ['watch', []],
  ])('that %s may read are exactly %o', (who, secrets) => {
    const arn = (name: string) => `arn:aws:ssm:${REGION}:${HUB}:parameter/${name}`;
    const all = ['quartermaster/slack-bot-token', 'quartermaster/slack-signing-secret', 'other'];

    const readable = all.filter((name) =>
      may(who, { action: 'ssm:GetParameter', resource: arn(name) }),
    );

    expect(readable).toEqual(secrets.map((name) => `quartermaster/${name}`));
  });
});

describe('what no function may do itself (T31)', () => {
  it.each(
    FUNCTIONS.flatMap((who) =>
      [
        'ec2:RunInstances',
        'ec2:StartInstances',
        'ec2:TerminateInstances',
        'ec2:DescribeInstances',
        'license-manager:ListLicenseConfigurations',
        'license-manager:UpdateLicenseConfiguration',
        'iam:PassRole',
        'iam:CreateRole',
        'lambda:UpdateFunctionCode',
        'bedrock:InvokeModel',
        'ssm:PutParameter',
        'kms:Decrypt',
      ].map((action) => [who, action]),
    ),
  )('%s: %s', (who, action) => {
    expect(may(who ?? '', { action: action ?? '', resource: '*' })).toBe(false);
  });
});
