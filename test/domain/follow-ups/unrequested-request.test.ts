import { describe, expect, it } from 'vitest';
import {
  accountsFor,
  accountsForAssociation,
  accountsForHost,
  requestsNamedBy,
} from '#domain/follow-ups/unrequested-request.ts';
import { HOUR_MS, later, MINUTE_MS } from '#domain/instant.ts';
import type { LaunchRequest, RequestStatus } from '#domain/requests/launch-request.ts';
import {
  ACCOUNT,
  aHostPlan,
  aMove,
  anInstance,
  aPlan,
  aRequest,
  aResize,
  aStart,
  configurationArn,
  NOW,
  REGION,
  sha256,
} from '../../builders.ts';

const scope = { account: ACCOUNT, region: REGION };
const ID = 'i-0000000000000000a';
const TOKEN = sha256('req-0000000001/1');

const accounts = (request: Partial<LaunchRequest>, instance: Parameters<typeof anInstance>[0]) =>
  accountsFor(aRequest(request), { scope, instance: anInstance(instance) }, sha256);

describe('a run of an instance', () => {
  it.each<[string, boolean, Partial<LaunchRequest>, Parameters<typeof anInstance>[0]]>([
    ['launching, with its token', true, { status: 'launching' }, { clientToken: TOKEN }],
    ['unknown, with its token', true, { status: 'unknown' }, { clientToken: TOKEN }],
    ['launching, with another token', false, { status: 'launching' }, { clientToken: 'x' }],
    [
      'of a later generation',
      false,
      { status: 'launching', generation: 2 },
      { clientToken: TOKEN },
    ],
    [
      'launching, of another image',
      false,
      { status: 'launching' },
      { clientToken: TOKEN, imageId: 'ami-0000000000000000b' },
    ],
    [
      'launching, of another type',
      false,
      { status: 'launching' },
      { clientToken: TOKEN, instanceType: 'r6i.4xlarge' },
    ],
    ['launched, that names it', true, { status: 'launched', instanceIds: [ID] }, {}],
    ['launched, that names others', false, { status: 'launched', instanceIds: ['i-1'] }, {}],
    ['launched, with its token only', false, { status: 'launched' }, { clientToken: TOKEN }],
    [
      'confirmed, that began to run before',
      true,
      { status: 'confirmed', instanceIds: [ID] },
      { launchedAt: later(NOW, -MINUTE_MS) },
    ],
    [
      'confirmed, that was started again later',
      false,
      { status: 'confirmed', instanceIds: [ID] },
      { launchedAt: later(NOW, HOUR_MS) },
    ],
    [
      'in another account',
      false,
      { status: 'launched', instanceIds: [ID], plan: aPlan({ account: '333344445555' }) },
      {},
    ],
    [
      'in another Region',
      false,
      { status: 'launched', instanceIds: [ID], plan: aPlan({ region: 'eu-west-1' }) },
      {},
    ],
    ['to start it', true, { status: 'launching', plan: aPlan({ action: aStart() }) }, {}],
    ['to resize it', true, { status: 'launched', plan: aPlan({ action: aResize() }) }, {}],
    [
      'to start another',
      false,
      { status: 'launching', plan: aPlan({ action: aStart({ instanceId: 'i-1' }) }) },
      {},
    ],
  ])('of a request %s: %o', (_what, expected, request, instance) => {
    expect(accounts(request, instance)).toBe(expected);
  });

  it.each<[RequestStatus, boolean]>([
    ['approved', true],
    ['pending', false],
    ['denied', false],
    ['failed', false],
    ['expired', false],
    ['cancelled', false],
  ])('of a request that is %s: %o', (status, expected) => {
    expect(accounts({ status }, { clientToken: TOKEN })).toBe(expected);
  });

  it('of a group that a request lets grow is known by AWS’s own tag', () => {
    const action = {
      operation: 'scale',
      autoScalingGroupName: 'web',
      fromCapacity: 1,
      toCapacity: 2,
      maximum: null,
      launchTemplate: { id: 'lt-0000000000000000a', name: 'web', version: 1 },
    } as const;
    const request = { status: 'launching', plan: aPlan({ action }) } as const;

    expect(accounts(request, { tags: { 'aws:autoscaling:groupName': 'web' } })).toBe(true);
    expect(accounts(request, { tags: { 'aws:autoscaling:groupName': 'db' } })).toBe(false);
  });

  it('names requests by tags, which prove nothing', () => {
    const tags = { 'quartermaster:request': 'req-1', 'quartermaster:resize': 'req-2', Name: 'x' };

    expect(requestsNamedBy({ tags })).toEqual(['req-1', 'req-2']);
    expect(requestsNamedBy({ tags: {} })).toEqual([]);
  });
});

describe('a configuration that a request’s session put on an instance', () => {
  const put = (request: Partial<LaunchRequest>, digit = '1') =>
    accountsForAssociation(aRequest(request), scope, {
      added: [configurationArn(digit)],
      removed: [],
    });

  it('is accounted for when the plan says so and the request was let through', () => {
    expect(put({ status: 'launching' })).toBe(true);
    expect(put({ status: 'confirmed' })).toBe(true);
    expect(put({ status: 'launching' }, '2')).toBe(false);
    expect(put({ status: 'denied' })).toBe(false);
    expect(put({ status: 'launching', plan: aPlan({ account: '333344445555' }) })).toBe(false);
    expect(put({ status: 'launching', plan: aPlan({ region: 'eu-west-1' }) })).toBe(false);
    expect(put({ status: 'launching', plan: aHostPlan() })).toBe(false);
  });

  it.each`
    added    | removed  | ours     | because
    ${['2']} | ${['1']} | ${true}  | ${'that is the change'}
    ${['1']} | ${['2']} | ${true}  | ${'that is the way back'}
    ${['2']} | ${['3']} | ${false} | ${'nobody asked for the loss of 3'}
  `('of a move, +$added -$removed is ours: $ours, as $because', ({ added, removed, ours }) => {
    const arns = (digits: readonly string[]) => digits.map(configurationArn);
    const action = aMove({ licenses: { add: arns(['2']), remove: arns(['1']) } });
    const plan = aPlan({ action, licenseConfigurationArns: arns(['2']) });
    const request = aRequest({ status: 'launching', plan });

    const change = { added: arns(added), removed: arns(removed) };
    expect(accountsForAssociation(request, scope, change)).toBe(ours);
  });
});

describe('a Dedicated Host that came or went', () => {
  const hostId = 'h-0000000000000000a';
  const release = aHostPlan({ action: { operation: 'release-host', hostId } });

  it.each`
    request                                                              | change             | ours
    ${{ status: 'launching', plan: aHostPlan() }}                        | ${'allocate-host'} | ${true}
    ${{ status: 'launched', plan: aHostPlan(), instanceIds: [hostId] }}  | ${'allocate-host'} | ${true}
    ${{ status: 'launched', plan: aHostPlan(), instanceIds: ['h-1'] }}   | ${'allocate-host'} | ${false}
    ${{ status: 'denied', plan: aHostPlan() }}                           | ${'allocate-host'} | ${false}
    ${{ status: 'launching', plan: aHostPlan() }}                        | ${'release-host'}  | ${false}
    ${{ status: 'launched', plan: release }}                             | ${'release-host'}  | ${true}
    ${{ status: 'launched', plan: { ...release, region: 'eu-west-1' } }} | ${'release-host'}  | ${false}
    ${{ status: 'launched', plan: aPlan() }}                             | ${'release-host'}  | ${false}
  `('by $change is a request’s: $ours', ({ request, change, ours }) => {
    expect(accountsForHost(aRequest(request), scope, change, hostId)).toBe(ours);
  });

  it('is not that of a request for another host', () => {
    const request = aRequest({ status: 'launched', plan: release });
    expect(accountsForHost(request, scope, 'release-host', 'h-1')).toBe(false);
  });
});
