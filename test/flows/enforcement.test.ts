import { afterAll, describe, expect, it } from 'vitest';
import {
  attachServiceControlPolicy,
  consoleLaunch,
  followUpsAbout,
  fromTemplate,
  instancesIn,
} from './console.ts';
import { APPROVALS, pendingRequest, requestIn } from './pending-request.ts';
import { openSandbox } from './sandbox-client.ts';

const { client, sandbox } = await openSandbox();
afterAll(() => sandbox.close());

const ERP = { account: '222233334444', region: 'us-east-1' };
const HUB = { account: '111122223333', region: 'us-east-1' };
const SQL = 'erp-sql-standard';
/** EC2 says no more than that, and the rest encoded. */
const REFUSED = 'UnauthorizedOperation';

describe('the shipped service control policy', () => {
  it('refuses a launch of something licensed past the bot, and nothing else', async () => {
    const [instanceId = ''] = await consoleLaunch(client, fromTemplate(SQL), ERP);
    await client.advance('PT30S');
    await client.aws('ec2', 'StopInstances', { InstanceIds: [instanceId] }, ERP);
    await client.advance('PT30S');
    await attachServiceControlPolicy(client, ERP.account);
    const before = await instancesIn(client, ERP);

    const start = { InstanceIds: [instanceId] };
    await expect(consoleLaunch(client, fromTemplate(SQL), ERP)).rejects.toThrow(REFUSED);
    await expect(client.aws('ec2', 'StartInstances', start, ERP)).rejects.toThrow(REFUSED);
    expect(await instancesIn(client, ERP)).toHaveLength(before.length);
    await client.aws('ec2', 'StopInstances', { InstanceIds: [before[0]?.InstanceId] }, ERP);
  });

  it('refuses changes of associations and of the request’s tag', async () => {
    const [instance] = await instancesIn(client, ERP);
    const Resources = [instance?.InstanceId];
    const Tags = [{ Key: 'quartermaster:request', Value: 'req-0000000001' }];
    const ResourceArn = `arn:aws:ec2:us-east-1:${ERP.account}:instance/${instance?.InstanceId}`;

    await expect(client.aws('ec2', 'CreateTags', { Resources, Tags }, ERP)).rejects.toThrow(
      REFUSED,
    );
    await expect(
      client.aws(
        'license-manager',
        'UpdateLicenseSpecificationsForResource',
        {
          ResourceArn,
          RemoveLicenseSpecifications: [
            {
              LicenseConfigurationArn: `arn:aws:license-manager:us-east-1:${ERP.account}:license-configuration:lic-${'0'.repeat(32)}`,
            },
          ],
        },
        ERP,
      ),
    ).rejects.toThrow('service control policy');
    const other = [{ Key: 'CostCenter', Value: '42' }];
    await client.aws('ec2', 'CreateTags', { Resources, Tags: other }, ERP);
  });

  it('lets through what was requested and approved', async () => {
    const { id, approvers } = await pendingRequest(client, {
      account: 'erp-production',
      region: 'us-east-1',
      pool: 'SQL Server Standard per vCPU',
      launch_template: SQL,
    });
    await client.click('approver', 'approve', approvers, APPROVALS);
    const state = await client.advance('PT3M');

    const request = requestIn(state, id);
    expect(request.status).toBe('confirmed');
    expect(followUpsAbout(state, request.instance_ids[0] ?? '')).toEqual([]);
  });

  it('does not reach the management account, where detection does', async () => {
    await attachServiceControlPolicy(client, HUB.account);

    const [instanceId = ''] = await consoleLaunch(client, fromTemplate('tools-rhel-9'), HUB);

    expect(followUpsAbout(await client.advance('PT10S'), instanceId)).toHaveLength(1);
  });
});
