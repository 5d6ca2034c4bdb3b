import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeFailure } from '../../../sandbox/aws/iam/authorization-message.ts';
import { errorOf, HUB, MEMBER } from './aws-world.ts';
import { conforms } from './conformance.ts';
import {
  allow,
  credentialsOf,
  good,
  LAUNCHER,
  organization,
  policy,
  READ,
} from './organization.ts';

let world: Awaited<ReturnType<typeof organization>>;
beforeAll(async () => {
  world = await organization();
});
afterAll(() => world.server.close());

describe('GetCallerIdentity', () => {
  it('calls an unknown key the administrator of the hub account', async () => {
    await expect(world.whoami()).resolves.toMatchObject({
      Account: HUB,
      Arn: `arn:aws:iam::${HUB}:user/administrator`,
    });
  });

  it('names the session of an assumed role', async () => {
    await expect(world.whoami(await credentialsOf(world.assume(good)))).resolves.toMatchObject({
      Account: MEMBER,
      Arn: `arn:aws:sts::${MEMBER}:assumed-role/QuartermasterLaunch/request-1`,
      UserId: expect.stringMatching(/^AROA[A-Z0-9]{17}:request-1$/),
    });
  });
});

describe('AssumeRole', () => {
  it('lets a trusted role with the right conditions act in the other account', async () => {
    const answer = world.assume(good);

    const { $metadata, ...output } = await answer;
    expect(output).toMatchObject({ SourceIdentity: 'U0REQUEST1' });
    expect(conforms('sts', 'AssumeRole', 'output', output)).toEqual([]);
    await expect(world.run(await credentialsOf(answer))).resolves.toMatchObject({
      OwnerId: MEMBER,
    });
  });

  it.each([
    ['without the external id', { ExternalId: undefined }],
    ['with another external id', { ExternalId: 'external-2' }],
    ['without a source identity', { SourceIdentity: undefined }],
    ['with a source identity that the trust policy does not like', { SourceIdentity: 'W0X' }],
    ['of a role that does not trust the caller', { RoleArn: LAUNCHER }],
    ['of a role that is not there', { RoleArn: `arn:aws:iam::${MEMBER}:role/Nobody` }],
    ['of a role that the caller may not assume', { RoleArn: READ }],
  ])('is denied %s', async (_name, change) => {
    const error = await errorOf(world.assume({ ...good, ...change }));

    expect(error).toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    expect(error.message).toContain('is not authorized to perform: sts:');
  });

  it('is denied to an administrator whom the role does not trust', async () => {
    expect(await errorOf(world.assume(good, world.client()))).toMatchObject({
      name: 'AccessDenied',
    });
  });

  it.each([
    ['a session name with a space', { RoleSessionName: 'a b' }, 'ValidationError'],
    ['less than 15 minutes', { DurationSeconds: 899 }, 'ValidationError'],
    ['more than the role allows', { DurationSeconds: 7201 }, 'ValidationError'],
    ['more than an hour by role chaining', { DurationSeconds: 3601 }, 'ValidationError'],
    ['a reserved source identity', { SourceIdentity: 'aws:x' }, 'ValidationError'],
    ['a policy that is not JSON', { Policy: '{' }, 'MalformedPolicyDocumentException'],
    [
      'a malformed policy',
      { Policy: '{"Version":"2012-10-17"}' },
      'MalformedPolicyDocumentException',
    ],
    [
      'session tags, which it does not simulate',
      { Tags: [{ Key: 'a', Value: 'b' }] },
      'NotSimulated',
    ],
    ['a policy of 2,049 characters', { Policy: 'x'.repeat(2049) }, 'PackedPolicyTooLargeException'],
  ])('refuses %s', async (_name, change, name) => {
    expect(await errorOf(world.assume({ ...good, ...change }))).toMatchObject({ name });
  });

  it('gives an administrator up to what the role allows', async () => {
    const input = { RoleArn: READ, RoleSessionName: 'admin', DurationSeconds: 7200 };
    const { Credentials } = await world.assume(input, world.client());

    const seconds = ((Credentials?.Expiration?.getTime() ?? 0) - world.clock.now()) / 1000;
    expect(seconds).toBeGreaterThan(7190);
    expect(seconds).toBeLessThanOrEqual(7200);
  });

  it('keeps the source identity through chaining and refuses another', async () => {
    const credentials = await credentialsOf(world.assume(good));
    const chained = { RoleArn: READ, RoleSessionName: 'chained' };

    await expect(world.assume(chained, world.client(credentials))).resolves.toMatchObject({
      SourceIdentity: 'U0REQUEST1',
    });
    const change = world.assume(
      { ...chained, SourceIdentity: 'U0OTHER' },
      world.client(credentials),
    );
    expect(await errorOf(change)).toMatchObject({ name: 'AccessDenied' });
  });

  it('narrows a session by its policy and says how much of the limit that takes', async () => {
    const Policy = JSON.stringify(policy(allow('ec2:DescribeInstances')));
    const answer = world.assume({ ...good, Policy });
    const credentials = await credentialsOf(answer);

    expect((await answer).PackedPolicySize).toBe(Math.ceil((Policy.length / 2048) * 100));
    await expect(world.list(credentials)).resolves.toMatchObject({ Reservations: [] });
    const error = await errorOf(world.run(credentials));
    expect(error.message).toContain('because no session policy allows the ec2:RunInstances action');
  });
});

describe('DecodeAuthorizationMessage', () => {
  const decode = (EncodedMessage: string) =>
    world.server.call({
      service: 'sts',
      operation: 'DecodeAuthorizationMessage',
      input: { EncodedMessage },
      account: HUB,
    });

  it('tells what EC2 only encodes', async () => {
    const answer = await decode(encodeFailure(FAILURE));

    expect(JSON.parse(Object.values(answer ?? {}).join(''))).toMatchObject({
      allowed: false,
      explicitDeny: false,
      context: { action: 'ec2:RunInstances', principal: { arn: FAILURE.principal } },
    });
  });

  it('refuses what is no such message', async () => {
    await expect(decode('nonsense')).rejects.toMatchObject({
      code: 'InvalidAuthorizationMessageException',
    });
  });
});

const FAILURE = {
  principal: 'arn:aws:iam::111122223333:user/ada',
  action: 'ec2:RunInstances',
  resource: '*',
  explicitDeny: false,
};
