import { describe, expect, it } from 'vitest';
import {
  EXTERNAL_ID,
  grants,
  HUB,
  lets,
  MEMBER,
  may,
  mayTouch,
  REGION,
  ROLES,
  TABLE,
} from './shipped-roles.ts';

const FUNCTIONS = ['slack', 'decide', 'answer', 'launch', 'collect', 'sweep'];
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
  decide: [
    ...LOGS,
    ...GET,
    ...RECEIVE,
    'dynamodb:DeleteItem',
    'dynamodb:PutItem',
    'sqs:SendMessage',
    'ssm:GetParameter',
  ],
  answer: [...LOGS, ...GET, ...RECEIVE, 'dynamodb:UpdateItem', 'ssm:GetParameter'],
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
    'sqs:SendMessage',
    'sts:AssumeRole',
  ],
  sweep: [...LOGS, 'dynamodb:DeleteItem', 'dynamodb:Query', 'sqs:SendMessage'],
  read: [
    'ec2:DescribeHosts',
    'ec2:DescribeImages',
    'ec2:DescribeInstanceTypes',
    'ec2:DescribeInstances',
    'ec2:DescribeLaunchTemplateVersions',
    'license-manager:ListLicenseConfigurations',
    'license-manager:ListLicenseSpecificationsForResource',
    'license-manager:ListUsageForLicenseConfiguration',
    'ssm:DescribeInstanceInformation',
    'ssm:GetInventory',
  ],
  start: [
    'ec2:CreateTags',
    'ec2:DescribeHosts',
    'ec2:DescribeImages',
    'ec2:DescribeInstances',
    'ec2:DescribeLaunchTemplateVersions',
    'ec2:RunInstances',
    'iam:PassRole',
  ],
};

describe('the shipped roles', () => {
  it.each([...ROLES.keys()])('grant %s these actions and no other', (who) => {
    const actions = new Set(grants(who).flatMap(({ Action }) => Action));

    expect([...actions].toSorted()).toEqual([...(ACTIONS[who] ?? [])].toSorted());
  });

  it.each([...ROLES.keys()])('grant %s no wildcard of actions', (who) => {
    expect(grants(who).flatMap(({ Action }) => Action)).not.toContainEqual(
      expect.stringContaining('*'),
    );
  });

  it.each(FUNCTIONS)('grant %s nothing on every resource', (who) => {
    expect(grants(who).flatMap(({ Resource }) => Resource)).not.toContain('*');
  });

  it('are one for each function', () => {
    expect([...ROLES.keys()]).toEqual(expect.arrayContaining(FUNCTIONS));
    expect(new Set(ROLES.values()).size).toBe(ROLES.size);
  });
});

/** One key of every kind of item, by the beginning that rights go by. */
const KEYS = {
  request: 'REQUEST#req-0000000001',
  pool: `POOL#${MEMBER}/${REGION}/lic-1`,
  person: 'PERSON#U0REQUEST1',
  audit: 'AUDIT#request/req-0000000001',
  outbox: 'OUTBOX#1',
  card: 'CARD#req-0000000001',
  replay: 'REPLAY#signature',
  snapshots: 'SNAPSHOTS',
  snapshot: `SNAPSHOT#${MEMBER}/${REGION}`,
  pointer: 'POLICY',
  policy: 'POLICY#hash',
  proposal: 'POLICY#PROPOSAL#1',
} as const;
type Kind = keyof typeof KEYS;

function isKind(name: string): name is Kind {
  return name in KEYS;
}
const KINDS = Object.keys(KEYS).filter(isKind);

/** What each function may do to which items. `read` is GetItem, BatchGetItem or Query. */
const ITEMS: Readonly<Record<string, Readonly<Record<string, readonly Kind[]>>>> = {
  slack: {
    read: ['snapshots', 'snapshot', 'pointer', 'policy', 'proposal'],
    PutItem: ['replay'],
    DeleteItem: ['replay'],
    UpdateItem: [],
  },
  decide: {
    read: [
      'request',
      'pool',
      'person',
      'audit',
      'snapshots',
      'snapshot',
      'pointer',
      'policy',
      'proposal',
    ],
    PutItem: ['request', 'pool', 'person', 'audit', 'outbox', 'pointer', 'proposal'],
    DeleteItem: ['outbox'],
    UpdateItem: [],
  },
  answer: {
    read: [
      'request',
      'pool',
      'person',
      'audit',
      'snapshots',
      'snapshot',
      'pointer',
      'policy',
      'proposal',
    ],
    PutItem: [],
    DeleteItem: [],
    UpdateItem: ['card'],
  },
  launch: {
    read: ['request', 'pool', 'audit'],
    PutItem: ['request', 'pool', 'audit', 'outbox'],
    DeleteItem: ['outbox'],
    UpdateItem: [],
  },
  collect: {
    read: ['request', 'pool', 'audit', 'snapshots', 'snapshot', 'pointer', 'policy', 'proposal'],
    PutItem: ['request', 'pool', 'audit', 'outbox', 'snapshots', 'snapshot'],
    DeleteItem: ['outbox', 'snapshots', 'snapshot'],
    UpdateItem: [],
  },
  sweep: { read: [], PutItem: [], DeleteItem: ['outbox'], UpdateItem: [] },
};

describe('items of the table', () => {
  const rows = Object.entries(ITEMS).flatMap(([who, rights]) =>
    Object.entries(rights).map(([right, kinds]) => [who, right, kinds] as const),
  );

  it.each(rows)('that %s may %s are exactly %o', (who, right, kinds) => {
    const actions = right === 'read' ? ['GetItem', 'BatchGetItem', 'Query'] : [right];

    const touched = KINDS.filter((kind) =>
      actions.some((action) => mayTouch(who, action, [KEYS[kind]])),
    );

    expect(touched).toEqual(kinds);
  });

  it.each(FUNCTIONS)('are never reached by %s in a way that no rule is made for', (who) => {
    const ways = ['Scan', 'BatchWriteItem', 'PartiQLSelect', 'PartiQLUpdate', 'PartiQLDelete'];

    expect(ways.filter((way) => mayTouch(who, way, []))).toEqual([]);
    expect(may(who, { action: 'dynamodb:DeleteTable', resource: TABLE })).toBe(false);
    expect(may(who, { action: 'dynamodb:ExportTableToPointInTime', resource: TABLE })).toBe(false);
  });

  it.each(FUNCTIONS)('are not reached by %s beside one that it may reach', (who) => {
    expect(mayTouch(who, 'BatchGetItem', [KEYS.pool, KEYS.replay])).toBe(false);
    expect(mayTouch(who, 'PutItem', [KEYS.outbox, KEYS.policy])).toBe(false);
  });

  it.each([
    ['slack', ['byState POOL']],
    ['decide', []],
    ['answer', ['byState POOL', 'byState STATUS#pending']],
    ['launch', []],
    ['collect', ['byState STATUS#pending']],
    ['sweep', ['byState POOL', 'byState OUTBOX', 'byDue DUE']],
  ])('that %s may list are exactly %o', (who, lists) => {
    const all = ['byState POOL', 'byState OUTBOX', 'byState STATUS#pending', 'byDue DUE'];

    const listed = all.filter((list) => {
      const [index, key = ''] = list.split(' ');
      return mayTouch(who, 'Query', [key], index);
    });

    expect(listed).toEqual(lists);
  });

  it('of the audit are added to and never changed or removed, by anybody', () => {
    const writers = FUNCTIONS.filter((who) => mayTouch(who, 'PutItem', [KEYS.audit]));
    const changers = FUNCTIONS.filter((who) =>
      ['UpdateItem', 'DeleteItem'].some((action) => mayTouch(who, action, [KEYS.audit])),
    );

    expect(writers).toEqual(['decide', 'launch', 'collect']);
    expect(changers).toEqual([]);
  });
});

describe('queues', () => {
  const arn = (name: string) => `arn:aws:sqs:${REGION}:${HUB}:quartermaster-${name}`;
  const QUEUES = ['decisions.fifo', 'answers', 'launches', 'collections'];

  it.each([
    ['slack', ['decisions.fifo', 'answers'], []],
    ['decide', ['decisions.fifo', 'answers', 'launches'], ['decisions.fifo']],
    ['answer', [], ['answers']],
    ['launch', ['decisions.fifo', 'answers', 'collections'], ['launches']],
    ['collect', ['decisions.fifo', 'answers', 'collections'], ['collections']],
    ['sweep', QUEUES, []],
  ])('that %s may send to are exactly %o, and receive from %o', (who, sends, receives) => {
    const through = (action: string) =>
      QUEUES.filter((queue) => may(who, { action: `sqs:${action}`, resource: arn(queue) }));

    expect(through('SendMessage')).toEqual(sends);
    expect(through('ReceiveMessage')).toEqual(receives);
    expect(through('DeleteMessage')).toEqual(receives);
  });
});

describe('secrets', () => {
  it.each([
    ['slack', ['slack-bot-token', 'slack-signing-secret']],
    ['decide', ['slack-bot-token']],
    ['answer', ['slack-bot-token']],
    ['launch', []],
    ['collect', []],
    ['sweep', []],
  ])('that %s may read are exactly %o', (who, secrets) => {
    const arn = (name: string) => `arn:aws:ssm:${REGION}:${HUB}:parameter/${name}`;
    const all = ['quartermaster/slack-bot-token', 'quartermaster/slack-signing-secret', 'other'];

    const readable = all.filter((name) =>
      may(who, { action: 'ssm:GetParameter', resource: arn(name) }),
    );

    expect(readable).toEqual(secrets.map((name) => `quartermaster/${name}`));
  });
});

describe('what no function may do itself', () => {
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

describe('roles in member accounts', () => {
  const roleArn = (name: string, account = MEMBER) => `arn:aws:iam::${account}:role/${name}`;

  it.each([
    ['slack', []],
    ['decide', []],
    ['answer', []],
    ['launch', ['quartermaster-launch']],
    ['collect', ['quartermaster-read']],
    ['sweep', []],
  ])('that %s may assume are exactly %o', (who, names) => {
    const all = ['quartermaster-launch', 'quartermaster-read', 'OrganizationAccountAccessRole'];
    const assumed = all.filter((name) =>
      may(who, { action: 'sts:AssumeRole', resource: roleArn(name) }),
    );

    expect(assumed).toEqual(names);
  });

  it('are assumed within the organization only', () => {
    const outside = { 'aws:ResourceOrgID': 'o-somebodyelse' };
    const resource = roleArn('quartermaster-launch', '999988887777');

    expect(may('launch', { action: 'sts:AssumeRole', resource, conditions: outside })).toBe(false);
  });

  const asked = { 'sts:ExternalId': EXTERNAL_ID, 'sts:SourceIdentity': 'req-0000000001' };
  const action = 'sts:AssumeRole';

  it('let in the one function each, with the external id', () => {
    expect(FUNCTIONS.filter((who) => lets('read', who, action, asked))).toEqual(['collect']);
    expect(FUNCTIONS.filter((who) => lets('start', who, action, asked))).toEqual(['launch']);
  });

  it.each([
    ['no external id', { 'sts:SourceIdentity': 'req-0000000001' }],
    ['another external id', { ...asked, 'sts:ExternalId': 'another' }],
    ['no source identity', { 'sts:ExternalId': EXTERNAL_ID }],
    ['a person as source identity', { ...asked, 'sts:SourceIdentity': 'U0REQUEST1' }],
  ])('that start instances let nobody in with %s', (_what, conditions) => {
    expect(lets('start', 'launch', action, conditions)).toBe(false);
  });

  it('that read let nobody in with another external id', () => {
    expect(lets('read', 'collect', action, { 'sts:ExternalId': 'another' })).toBe(false);
  });

  const instance = `arn:aws:ec2:${REGION}:${MEMBER}:instance/*`;
  const run = (conditions: Readonly<Record<string, string>>, resource = instance) =>
    may('start', { action: 'ec2:RunInstances', resource, conditions });

  it('start only what is marked as a request’s, and only in their account', () => {
    const marked = { 'aws:RequestTag/quartermaster:request': 'req-0000000001' };

    expect(run(marked)).toBe(true);
    expect(run({})).toBe(false);
    expect(run({ 'aws:RequestTag/quartermaster:request': 'mine' })).toBe(false);
    expect(run(marked, `arn:aws:ec2:${REGION}:${HUB}:instance/*`)).toBe(false);
  });

  it('tag only what they start', () => {
    const tag = (CreateAction: string) =>
      may('start', {
        action: 'ec2:CreateTags',
        resource: instance,
        conditions: { 'ec2:CreateAction': CreateAction },
      });

    expect(tag('RunInstances')).toBe(true);
    expect(tag('CreateVolume')).toBe(false);
    expect(may('start', { action: 'ec2:CreateTags', resource: instance })).toBe(false);
  });

  it('pass on only roles for licensed workloads, to EC2', () => {
    const pass = (role: string, service: string) =>
      may('start', {
        action: 'iam:PassRole',
        resource: roleArn(role),
        conditions: { 'iam:PassedToService': service },
      });

    expect(pass('licensed-workload-sql', 'ec2.amazonaws.com')).toBe(true);
    expect(pass('licensed-workload-sql', 'lambda.amazonaws.com')).toBe(false);
    expect(pass('Administrator', 'ec2.amazonaws.com')).toBe(false);
  });

  it('that read start nothing, and those that start read no licenses', () => {
    expect(may('read', { action: 'ec2:RunInstances', resource: instance })).toBe(false);
    expect(
      may('start', { action: 'license-manager:ListLicenseConfigurations', resource: '*' }),
    ).toBe(false);
  });
});
