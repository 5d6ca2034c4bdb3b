import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { DecisionResult } from '../../cli/decide.ts';
import { RequestResult } from '../../cli/request.ts';
import { StatusResult } from '../../cli/status.ts';
import { machinesOf } from '../builders.ts';
import { APPROVALS, HUB, requestIn } from './pending-request.ts';
import { recordsAt } from './records.ts';
import { openSandbox } from './sandbox-client.ts';
import { cardsOf, wordsOf } from './sandbox-state.ts';
import { type SignedIn, signedIn } from './signed-in.ts';

const { client, sandbox } = await openSandbox({ seed: 'small' });
const records = recordsAt(sandbox.awsUrl);
afterAll(() => sandbox.close());

let requester: SignedIn;
let approver: SignedIn;
let pipeline: SignedIn;
beforeAll(async () => {
  [requester, approver, pipeline] = await Promise.all(
    ['license-requester', 'license-approver', 'pipeline'].map((role) =>
      signedIn(sandbox.awsUrl, role),
    ),
  ).then(([first, second, third]) => {
    if (first === undefined || second === undefined || third === undefined) throw new Error();
    return [first, second, third] as const;
  });
});

/** The id of a request that somebody made in Slack and has to be decided on. */
async function pending(): Promise<string> {
  const { request } = await client.request('requester', HUB);
  if (request?.status !== 'pending') throw new Error(`Not pending: ${JSON.stringify(request)}`);
  return request.id;
}

/** What is asked for at the command line: what the form offers first. */
async function aLaunch(): Promise<readonly string[]> {
  const id = await pending();
  const { stdout } = await approver.run('status', id, '--json');
  const [seen] = StatusResult.parse(JSON.parse(stdout)).requests;
  if (seen === undefined) throw new Error(`No request ${id}`);
  await requester.run('cancel', id);
  const { pool, source, plan } = seen;
  return [
    ...['--account', HUB.account, '--region', HUB.region, '--pool', pool],
    ...['--template', source, '--type', machinesOf(plan).instanceType, '--reason', 'Nightly build'],
  ];
}

describe('the API and the command line', () => {
  it('request, show, approve and launch like Slack does, and both sides see it', async () => {
    const launch = await aLaunch();

    const asked = await requester.run('request', ...launch, '--json');
    const { id, request } = RequestResult.parse(JSON.parse(asked.stdout));
    expect(asked.exitCode).toBe(0);
    expect(request).toMatchObject({ status: 'pending', requestedBy: 'U0REQUEST1' });
    expect((await requester.run('status')).stdout).toContain(`${id}  held`);

    const approved = await approver.run('approve', id, '--json');
    const result = DecisionResult.parse(JSON.parse(approved.stdout));
    expect(approved.exitCode).toBe(0);
    expect(result).toMatchObject({ ok: true, command: { outcome: 'done' } });
    // What was shown is what was approved.
    expect(approved.stderr).toContain(`Plan ${result.planHash}`);

    const state = await client.advance('PT1S');
    expect(requestIn(state, id)).toMatchObject({
      status: 'launched',
      decisions: [{ kind: 'approve', by: 'U0APPROVE1' }],
    });
    const trail = await records.auditTrail(`request/${id}`);
    expect(trail.map(({ event }) => event)).toContain('request.approved');
    const [card] = state.channels
      .filter(({ name }) => name === APPROVALS)
      .flatMap(({ messages }) => messages)
      .filter(({ blocks }) => wordsOf(blocks).includes(id));
    expect(card).toBeDefined();
  });

  it('make one request of one key, however often it is sent', async () => {
    const launch = await aLaunch();
    const before = (await client.state()).requests.length;

    const runs = await Promise.all(
      [1, 2, 3].map(() => pipeline.run('request', ...launch, '--key', 'build-17', '--json')),
    );

    const ids = runs.map(({ stdout }) => RequestResult.parse(JSON.parse(stdout)).id);
    expect(new Set(ids).size).toBe(1);
    const state = await client.state();
    expect(state.requests).toHaveLength(before + 1);
    const [id = ''] = ids;
    expect(await requester.run('cancel', id)).toMatchObject({
      exitCode: 0,
      stdout: `Cancelled. ${id} is cancelled.\n`,
    });
  });

  it('refuse an approval of one’s own request, and say so', async () => {
    const id = await pending();

    const { exitCode, stderr } = await requester.run('approve', id, '--yes');

    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/Refused: (nobody may approve what they requested|policy does not)/);
    expect(requestIn(await client.state(), id).status).toBe('pending');
    const trail = await records.auditTrail(`request/${id}`);
    expect(trail.map(({ event }) => event)).toContain('approve.refused');
    await requester.run('cancel', id);
  });

  it('deny with a reason', async () => {
    const id = await pending();

    const { exitCode, stdout } = await approver.run('deny', id, '--reason', 'No budget');

    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `Denied. ${id} is denied.\n` });
    expect(requestIn(await client.state(), id).decisions).toMatchObject([
      { kind: 'deny', by: 'U0APPROVE1', reason: 'No budget' },
    ]);
    const again = await approver.run('approve', id, '--yes');
    expect(again).toMatchObject({ exitCode: 1 });
    expect(again.stderr).toContain('Refused: it is decided already.');
  });

  it('approve no plan but the one that was seen', async () => {
    const id = await pending();

    const other = await approver.run('approve', id, '--plan', 'f'.repeat(64));

    expect(other.exitCode).toBe(1);
    expect(other.stderr).toMatch(/The plan changed: it is [0-9a-f]{64} now. Nothing was approved/);
    expect(requestIn(await client.state(), id).decisions).toEqual([]);
    await requester.run('cancel', id);
  });

  it('let a pipeline request and never decide, by IAM and by policy', async () => {
    const id = await pending();

    const { exitCode, stderr } = await pipeline.run('deny', id, '--reason', 'x');

    expect(exitCode).toBe(1);
    expect(stderr).toContain('Your principal needs execute-api:Invoke');
    await requester.run('cancel', id);
  });

  it.each([
    ['license-viewer', 'Policy names no person for arn:aws:sts::111122223333:assumed-role'],
    ['developer', 'AWS did not let this call through (Forbidden)'],
  ])('turn %s away, and say why', async (role, why) => {
    const stranger = await signedIn(sandbox.awsUrl, role);

    const { exitCode, stderr } = await stranger.run('status');

    expect(exitCode).toBe(1);
    expect(stderr).toContain(why);
  });

  it.each([
    [['request'], '--account: Write the name or the id of an account'],
    [['request', ...short(), '--count', 'many'], '--count: Write a whole number from 1 to 100'],
    [['request', ...short(), '--pool', 'nothing'], '--pool: There is no such thing here'],
    [['request', ...short(), '--for', 'ada'], '--for: Write a Slack user id'],
    [['approve'], 'ID: Write the id of a request'],
    [['approve', 'req-0123456789', '--plan', 'x'], '--plan: Write the hash of the plan'],
    [['deny', 'req-0123456789'], '--reason: Say why'],
    [['status', 'mine'], 'ID: Write the id of a request'],
    [['status', '--url', 'nowhere'], '--url: Write the URL of the API'],
  ])('name what they cannot use: %j', async (args, message) => {
    const { exitCode, stderr } = await requester.run(...args);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  it('say that there is no such request', async () => {
    expect(await approver.run('approve', 'req-0123456789', '--yes')).toMatchObject({
      exitCode: 1,
      stderr: 'There is no request req-0123456789\n',
    });
  });
});

const Template = z.object({
  LaunchTemplateVersions: z.tuple([
    z.object({ VersionNumber: z.int(), LaunchTemplateData: z.looseObject({}) }),
  ]),
});
const Images = z.object({
  Images: z.array(z.object({ ImageId: z.string(), UsageOperation: z.string() })),
});
const Launched = z.object({
  Reservations: z.tuple([
    z.object({
      Instances: z.tuple([
        z.object({ ImageId: z.string(), Licenses: z.array(z.unknown()).optional() }),
      ]),
    }),
  ]),
});

async function templateVersion(LaunchTemplateName: string, version: string) {
  const input = { LaunchTemplateName, Versions: [version] };
  const described = await client.aws('ec2', 'DescribeLaunchTemplateVersions', input);
  return Template.parse(described).LaunchTemplateVersions[0];
}

/** Another template's default version starts an image with SQL Server Standard in its price. */
async function sellSqlServerByTheHour(): Promise<string> {
  const LaunchTemplateName = 'shared-rhel-9';
  const { Images: images } = Images.parse(await client.aws('ec2', 'DescribeImages', {}));
  const ImageId = images.find((image) => image.UsageOperation === 'RunInstances:0006')?.ImageId;
  if (ImageId === undefined) throw new Error('No such image');
  const { LaunchTemplateData } = await templateVersion('shared-sql-standard', '$Default');
  await client.aws('ec2', 'CreateLaunchTemplateVersion', {
    LaunchTemplateName,
    LaunchTemplateData: { ...LaunchTemplateData, ImageId, LicenseSpecifications: [] },
  });
  const { VersionNumber } = await templateVersion(LaunchTemplateName, '$Latest');
  const DefaultVersion = String(VersionNumber);
  await client.aws('ec2', 'ModifyLaunchTemplate', { LaunchTemplateName, DefaultVersion });
  return ImageId;
}

describe('a refused request whose license can be had by the hour', () => {
  it('is asked for so, in Slack and at the terminal, approved, launched and confirmed', async () => {
    const imageId = await sellSqlServerByTheHour();
    const ledgers = await records.ledgers();
    const pool = ledgers.find(({ name }) => name.startsWith('SQL Server Standard'));
    await client.aws('license-manager', 'UpdateLicenseConfiguration', {
      LicenseConfigurationArn: pool?.configurationArn,
      LicenseCount: 3,
      LicenseCountHardLimit: true,
    });
    await client.advance('PT5M');

    const { request, state } = await client.request('requester', HUB);

    if (request?.status !== 'denied') throw new Error(`Not refused: ${JSON.stringify(request)}`);
    const card = state.dms['requester']?.findLast(({ blocks }) =>
      wordsOf(blocks).includes(request.id),
    );
    if (card === undefined) throw new Error('No card');
    expect(wordsOf(card.blocks)).toContain(
      'License included in the price: 1 × r6i.xlarge , shared-rhel-9,',
    );
    const opened = (await client.click('requester', 'again', card, 'dm')).views['requester'];
    const [index = ''] =
      /"text":"License included[^}]*},"value":"(\d)"/
        .exec(JSON.stringify(opened?.blocks))
        ?.slice(1) ?? [];
    const view_id = opened?.id;
    const selected = { text: { type: 'plain_text', text: 'License included' }, value: index };
    await client.post('action', { user: 'requester', view_id, action_id: 'alternative', selected });
    const submitted = await client.post('submit', { user: 'requester', view_id, values: {} });

    const id = submitted.state.requests.find(({ status }) => status === 'pending')?.id ?? '';
    const asked = cardsOf(submitted.state, id).approvers;
    expect(wordsOf(asked.blocks)).toContain(
      'Licenses: in the hourly price, none of SQL Server Standard',
    );
    await client.click('approver', 'approve', asked, APPROVALS);
    const launched = requestIn(await client.advance('PT5S'), id);
    expect(launched.status).toBe('launched');
    const InstanceIds = launched.instance_ids;
    const described = await client.aws('ec2', 'DescribeInstances', { InstanceIds });
    const [{ Instances: instances }] = Launched.parse(described).Reservations;
    expect(instances[0].ImageId).toBe(imageId);
    expect(instances[0].Licenses ?? []).toEqual([]);
    expect(requestIn(await client.advance('PT2M'), id).status).toBe('confirmed');

    const { stdout } = await requester.run('status', request.id);
    const flags = /Would pass \(license-included\): (.*)/.exec(stdout)?.[1] ?? '';
    const again = await requester.run(
      'request',
      ...flags.split(' '),
      '--reason',
      'Again',
      '--json',
    );
    expect(RequestResult.parse(JSON.parse(again.stdout)).request).toMatchObject({
      status: 'pending',
      plan: { imageId, licenseConfigurationArns: [] },
    });
  }, 120_000);
});

function short(): readonly string[] {
  return [
    ...['--account', HUB.account, '--region', HUB.region, '--pool', 'SQL Server'],
    ...['--template', 'any', '--type', 'm5.large', '--reason', 'x'],
  ];
}
