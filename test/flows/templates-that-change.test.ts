import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { APPROVALS, HUB, pendingRequest, requestIn } from './pending-request.ts';
import { openSandbox } from './sandbox-client.ts';
import { cardsOf } from './sandbox-state.ts';

const { client, sandbox } = await openSandbox({ seed: 'small' });
afterAll(() => sandbox.close());

const LaunchTemplateName = 'shared-sql-standard';
const Versions = z.object({
  LaunchTemplateVersions: z.tuple([
    z.object({
      VersionNumber: z.int(),
      LaunchTemplateData: z.object({ ImageId: z.string(), InstanceType: z.string() }),
    }),
  ]),
});
const Run = z.object({ LaunchTemplate: z.object({ Version: z.string() }) });

async function latest() {
  const described = await client.aws('ec2', 'DescribeLaunchTemplateVersions', {
    LaunchTemplateName,
    Versions: ['$Latest'],
  });
  const [{ VersionNumber, LaunchTemplateData }] = Versions.parse(described).LaunchTemplateVersions;
  return { version: VersionNumber, imageId: LaunchTemplateData.ImageId };
}

describe('a launch template that gets a new version after the request (T11)', () => {
  it('is launched in the version that was approved, by its number', async () => {
    const asked = await latest();
    const { id, approvers } = await pendingRequest(client, HUB);
    await client.aws('ec2', 'CreateLaunchTemplateVersion', {
      LaunchTemplateName,
      SourceVersion: String(asked.version),
      LaunchTemplateData: { InstanceType: 'r6i.8xlarge' },
    });
    const DefaultVersion = String((await latest()).version);
    await client.aws('ec2', 'ModifyLaunchTemplate', { LaunchTemplateName, DefaultVersion });
    await client.advance('PT5M');

    const state = await client.click('approver', 'approve', approvers, APPROVALS);

    expect(requestIn(state, id).status).toBe('launched');
    const runs = (await client.calls('ec2')).filter(
      ({ operation }) => operation === 'RunInstances',
    );
    expect(runs.map(({ input }) => Run.parse(input).LaunchTemplate.Version)).toEqual([
      String(asked.version),
    ]);
    expect(DefaultVersion).not.toBe(String(asked.version));
  });
});

describe('an image that is deregistered after the request (T11)', () => {
  it('is not launched, and its requester reads why', async () => {
    const { imageId: ImageId } = await latest();
    const { id, approvers } = await pendingRequest(client, HUB);
    await client.aws('ec2', 'DeregisterImage', { ImageId });

    const state = await client.click('approver', 'approve', approvers, APPROVALS);

    expect(requestIn(state, id)).toMatchObject({ status: 'failed', instance_ids: [] });
    expect(cardsOf(state, id).requester.text).toContain('launch failed');
  });
});
