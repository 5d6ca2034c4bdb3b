import { describe, expect, it } from 'vitest';
import { aPublishedPolicy } from '../builders.ts';
import { apiWorld, BODY, CALLER, HUB, IDENTITIES } from './api-world.ts';

const SUBMIT = 'POST /v1/requests';
const LIST = 'GET /v1/requests';

async function statusFor(caller: string | null, identities: readonly object[] = IDENTITIES) {
  const { call } = apiWorld({ published: aPublishedPolicy({ identities }) });
  const { statusCode, document } = await call(LIST, { caller });
  return { statusCode, document };
}

describe('callers', () => {
  it.each`
    caller                                                     | status | because
    ${CALLER.user}                                             | ${200} | ${'a user is itself, with its path'}
    ${CALLER.approver}                                         | ${200} | ${'a session acts as its role'}
    ${CALLER.requester}                                        | ${200} | ${'a session has no path where its role has one'}
    ${`arn:aws:iam::${HUB}:user/cleo`}                         | ${403} | ${'a path is part of a user’s name'}
    ${'arn:aws:sts::999988887777:assumed-role/approvers/x'}    | ${403} | ${'the same role of another account is another role'}
    ${`arn:aws:sts::${HUB}:assumed-role/approvers-x/y`}        | ${403} | ${'a longer name is another role'}
    ${`arn:aws:sts::${HUB}:assumed-role/approver/s`}           | ${403} | ${'a shorter one too'}
    ${`arn:aws:sts::${HUB}:federated-user/cleo`}               | ${403} | ${'nobody named this federated user'}
    ${`arn:aws:iam::${HUB}:root`}                              | ${403} | ${'root is nobody in particular'}
    ${'arn:aws-cn:sts::111122223333:assumed-role/approvers/x'} | ${403} | ${'other partitions are others'}
    ${''}                                                      | ${403} | ${'no name is nobody'}
    ${null}                                                    | ${403} | ${'what no authorizer looked at is nobody’s'}
  `('of $caller are answered $status: $because', async ({ caller, status }) => {
    expect((await statusFor(caller)).statusCode).toBe(status);
  });

  it('that policy does not name read what to do about it', async () => {
    const arn = `arn:aws:sts::${HUB}:assumed-role/strangers/x`;

    expect((await statusFor(arn)).document).toEqual({
      error: 'unknown-caller',
      message: `Policy names no person for ${arn}. Ask an administrator to add it under identities.`,
      fields: [],
      reference: null,
    });
  });

  it('that are turned away are noted', async () => {
    const { call, turnedAway } = apiWorld();
    const stranger = `arn:aws:sts::${HUB}:assumed-role/strangers/x`;
    await call(LIST, { caller: stranger });
    await call(LIST);

    expect(turnedAway).toEqual([{ principal: stranger, code: 'unknown-caller' }]);
  });

  it('are never root, even where policy says so', async () => {
    const root = `arn:aws:iam::${HUB}:root`;

    expect((await statusFor(root, [{ principal: root, person: 'UADMIN' }])).statusCode).toBe(403);
  });

  it('may be federated users and single sessions that policy names', async () => {
    const federated = `arn:aws:sts::${HUB}:federated-user/cleo`;
    const identities = [
      { principal: federated, person: 'UOTHER' },
      { principal: CALLER.pipeline, person: 'UADMIN' },
      { principal: `arn:aws:iam::${HUB}:role/pipeline`, person: 'UREQUESTER' },
    ];

    expect((await statusFor(federated, identities)).statusCode).toBe(200);
    const { call, sent } = apiWorld({ published: aPublishedPolicy({ identities }) });
    await call(SUBMIT, { caller: CALLER.pipeline, body: BODY });
    await call(SUBMIT, { caller: `${CALLER.pipeline}8`, body: BODY });
    expect(sent.decisions.map(({ command }) => 'by' in command && command.by)).toEqual([
      'UADMIN',
      'UREQUESTER',
    ]);
  });

  it('for whom policy names two people act for neither (T07)', async () => {
    const [identity] = IDENTITIES;
    const twice = [...IDENTITIES, { ...identity, person: 'UAPPROVER' }];

    expect(await statusFor(CALLER.requester, twice)).toMatchObject({
      statusCode: 403,
      document: { message: expect.stringContaining('more than one person') },
    });
  });

  it('are all refused before the first policy', async () => {
    const { call } = apiWorld({ published: null });

    expect(await call(LIST)).toMatchObject({
      statusCode: 403,
      document: { message: 'No policy is published yet, so nobody may launch or decide.' },
    });
  });
});
