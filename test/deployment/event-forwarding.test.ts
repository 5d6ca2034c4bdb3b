import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { WATCHED_CALLS } from '#domain/follow-ups/launch-event.ts';
import { readDeployment, readMemberStack } from '../../sandbox/deployment/deployment.ts';
import { parseTemplate, resolveTemplate } from '../../sandbox/deployment/template.ts';

const HUB = '111122223333';
const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const place = { account: HUB, region: 'us-east-1', awsUrl: 'http://127.0.0.1:4566' };
const deployment = readDeployment(read('serverless.yml'), place, { organizationId: 'o-ours' });
const { rules, roles } = readMemberStack(
  read('deploy/event-forwarding.yml'),
  { ...place, account: '222233334444', region: 'eu-west-1' },
  { HubAccountId: HUB, HubRegion: 'us-east-1' },
);
const BUS = `arn:aws:events:us-east-1:${HUB}:event-bus/quartermaster`;

describe('forwarded events', () => {
  it('go from every Region to the hub’s bus, by a role of that Region', () => {
    const role = 'arn:aws:iam::222233334444:role/quartermaster-forward-eu-west-1';

    expect(roles.map(({ arn }) => arn)).toEqual([role]);
    expect(rules.flatMap(({ targets }) => targets)).toEqual([
      { arn: BUS, roleArn: role },
      { arn: BUS, roleArn: role },
    ]);
  });

  it('are those that the watch reads', () => {
    expect(rules.map(({ pattern }) => pattern)).toMatchObject([
      { 'detail-type': ['EC2 Instance State-change Notification'] },
      { detail: { eventName: WATCHED_CALLS, errorCode: [{ exists: false }] } },
    ]);
  });

  it('reach the watch’s queue by the hub’s rule', () => {
    const queue = `arn:aws:sqs:us-east-1:${HUB}:quartermaster-events`;

    expect(deployment.rules).toMatchObject([{ bus: 'quartermaster', targets: [{ arn: queue }] }]);
    expect(deployment.functions.find(({ name }) => name === 'watch')?.queues).toMatchObject([
      { arn: queue },
    ]);
  });

  it('are taken from accounts of the organization only', () => {
    const Policy = z.looseObject({ Properties: z.looseObject({ Statement: z.unknown() }) });
    const names = {
      param: () => 'o-ours',
      ref: (name: string) => name,
      attribute: (name: string) => name,
    };
    const template = z
      .looseObject({ resources: z.looseObject({ Resources: z.record(z.string(), z.unknown()) }) })
      .parse(parseTemplate(read('serverless.yml')));
    const policy = resolveTemplate(template.resources.Resources['EventBusPolicy'], names);

    expect(Policy.parse(policy).Properties.Statement).toEqual({
      Effect: 'Allow',
      Principal: '*',
      Action: 'events:PutEvents',
      Resource: 'EventBus.Arn',
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-ours' } },
    });
  });
});
