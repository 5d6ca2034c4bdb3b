import { describe, expect, it } from 'vitest';
import { launchEventOf } from '#adapters/aws/launch-events.ts';

const scope = { account: '222233334444', region: 'us-east-1' };
const envelope = { version: '0', id: 'x', ...scope, time: '2026-11-22T09:30:00Z', resources: [] };
const JANE = 'arn:aws:sts::222233334444:assumed-role/AWSReservedSSO_Admin_1/jane@example.com';

const stateChange = (detail: object, changes: object = {}) => ({
  ...envelope,
  source: 'aws.ec2',
  'detail-type': 'EC2 Instance State-change Notification',
  detail,
  ...changes,
});

function call(eventName: string, detail: object = {}, source = 'aws.ec2') {
  return {
    ...envelope,
    source,
    'detail-type': 'AWS API Call via CloudTrail',
    detail: {
      eventID: 'event-1',
      eventName,
      eventTime: '2026-11-22T09:29:58Z',
      userIdentity: { type: 'AssumedRole', arn: JANE, principalId: 'AROA1:jane@example.com' },
      requestParameters: null,
      responseElements: null,
      ...detail,
    },
  };
}

describe('an event of EventBridge', () => {
  it('tells that an instance changed its state', () => {
    const detail = { 'instance-id': 'i-0123456789abcdef0', state: 'running' };

    expect(launchEventOf(stateChange(detail))).toEqual({
      kind: 'instance-state',
      scope,
      instanceId: 'i-0123456789abcdef0',
      state: 'running',
      at: new Date('2026-11-22T09:30:00Z'),
    });
  });

  it('tells who launched what', () => {
    const items = [{ instanceId: 'i-0123456789abcdef0' }, { instanceId: 'i-0123456789abcdef1' }];
    const event = call('RunInstances', { responseElements: { instancesSet: { items } } });

    expect(launchEventOf(event)).toMatchObject({
      kind: 'call',
      name: 'RunInstances',
      scope,
      eventId: 'event-1',
      principal: { arn: JANE, name: 'jane@example.com' },
      instanceIds: ['i-0123456789abcdef0', 'i-0123456789abcdef1'],
      at: new Date('2026-11-22T09:29:58Z'),
    });
  });

  it.each([
    ['one host', { AllocateHostsResponse: { hostIdSet: { item: 'h-0123456789abcdef0' } } }],
    ['a list of hosts', { hostIdSet: { item: ['h-0123456789abcdef0'] } }],
    [
      'hosts with numbers',
      { r: { hostIdSet: { item: { tag: 1, content: 'h-0123456789abcdef0' } } } },
    ],
  ])('names %s wherever it stands', (_what, responseElements) => {
    expect(launchEventOf(call('AllocateHosts', { responseElements }))).toMatchObject({
      hostIds: ['h-0123456789abcdef0'],
    });
  });

  it('tells which image was copied from which', () => {
    const detail = {
      requestParameters: { sourceImageId: 'ami-1' },
      responseElements: { imageId: 'ami-2' },
    };

    expect(launchEventOf(call('CopyImage', detail))).toMatchObject({
      image: { id: 'ami-2', copiedFrom: 'ami-1' },
    });
    const created = { responseElements: { imageId: 'ami-3' } };
    expect(launchEventOf(call('CreateImage', created))).toMatchObject({
      image: { id: 'ami-3', copiedFrom: null },
    });
  });

  it('tells which configurations a resource got and lost', () => {
    const requestParameters = {
      resourceArn: 'arn:aws:ec2:us-east-1:222233334444:instance/i-1',
      addLicenseSpecifications: [{ licenseConfigurationArn: 'arn:1' }],
    };
    const name = 'UpdateLicenseSpecificationsForResource';
    const event = call(name, { requestParameters }, 'aws.license-manager');

    expect(launchEventOf(event)).toMatchObject({
      association: { resourceArn: requestParameters.resourceArn, added: ['arn:1'], removed: [] },
    });
    expect(launchEventOf(call(name, {}, 'aws.license-manager'))).toMatchObject({
      association: null,
    });
  });

  it.each([
    ['a user', { arn: 'arn:aws:iam::222233334444:user/joe', userName: 'joe' }, 'joe'],
    [
      'a service',
      { arn: JANE, invokedBy: 'autoscaling.amazonaws.com' },
      'autoscaling.amazonaws.com',
    ],
    ['a role', { arn: JANE }, 'jane@example.com'],
    ['only an id', { principalId: 'AROA1:jane' }, 'AROA1:jane'],
    ['nobody', {}, 'unknown'],
  ])('calls %s by name', (_what, userIdentity, name) => {
    expect(launchEventOf(call('RunInstances', { userIdentity }))).toMatchObject({
      principal: { name },
    });
  });

  it.each<[string, unknown]>([
    [
      'a call that AWS refused',
      call('RunInstances', { errorCode: 'Client.UnauthorizedOperation' }),
    ],
    ['a call that changes nothing of ours', call('CreateVolume')],
    ['another kind of event', { ...stateChange({}), 'detail-type': 'EBS Snapshot Notification' }],
    ['an event of somebody’s own', stateChange({}, { source: 'my.app' })],
    ['an event without an account', stateChange({}, { account: 'x' })],
    ['a state change without an instance', stateChange({})],
    ['no event', null],
    ['a text', 'RunInstances'],
  ])('is passed over when it is %s', (_what, body) => {
    expect(launchEventOf(body)).toBeNull();
  });
});
