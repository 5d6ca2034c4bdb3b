import { describe, expect, it } from 'vitest';
import { Accepted } from '#api/request-view.ts';
import { aChoice, aRequest, NOW, poolId } from '../builders.ts';
import { apiWorld, BODY, CALLER } from './api-world.ts';

const SUBMIT = 'POST /v1/requests';

/** The command that a body becomes. */
async function commandOf(changes: object) {
  const { call, sent } = apiWorld();
  const answer = await call(SUBMIT, { body: { ...BODY, ...changes } });
  return { answer, command: sent.decisions[0]?.command };
}

describe('POST /v1/requests', () => {
  it('queues the same command as the form, signed, and answers its id', async () => {
    const { call, sent } = apiWorld();

    const { statusCode, headers, document } = await call(SUBMIT, { body: BODY });

    expect(statusCode).toBe(202);
    expect(headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(document).toEqual({
      id: expect.stringMatching(/^req-[0-9a-z]{10}$/),
      command: expect.stringMatching(/^api-submit-[0-9a-f]{40}$/),
    });
    expect(sent.decisions).toEqual([
      {
        group: poolId('1'),
        command: {
          kind: 'submit',
          key: Accepted.parse(document).command,
          at: NOW,
          requestId: Accepted.parse(document).id,
          by: 'UREQUESTER',
          for: 'UREQUESTER',
          choice: aChoice(),
          reason: 'Month end',
          retryOf: null,
          route: 'api',
          principal: CALLER.requester,
          replyTo: { personId: 'UREQUESTER', channelId: null, responseUrl: null },
        },
      },
    ]);
  });

  it.each`
    changes                                                                       | choice
    ${{ account: '222233334444' }}                                                | ${{}}
    ${{ account: 'ERP-Production' }}                                              | ${{}}
    ${{ pool: poolId('1') }}                                                      | ${{}}
    ${{ pool: poolId('1').split('/').at(-1) }}                                    | ${{}}
    ${{ pool: 'Twin' }}                                                           | ${{ poolId: poolId('2') }}
    ${{ otherPools: ['twin'] }}                                                   | ${{ otherPoolIds: [poolId('3')] }}
    ${{ template: 'lt-0000000000000000a' }}                                       | ${{}}
    ${{ count: 3, cores: 4, threads: 1, host: 'h-1' }}                            | ${{ count: 3, cores: 4, threadsPerCore: 1, hostId: 'h-1' }}
    ${{ licenseIncluded: true }}                                                  | ${{ licenseIncluded: true }}
    ${{ until: '2026-12-24T18:00:00Z' }}                                          | ${{ until: new Date('2026-12-24T18:00:00Z') }}
    ${{ template: undefined, type: undefined, start: 'erp-db-1' }}                | ${{ target: { operation: 'start', instanceId: 'i-0000000000000000a' } }}
    ${{ template: undefined, resize: 'i-0000000000000000a', type: 'r6i.xlarge' }} | ${{ target: { operation: 'resize', instanceId: 'i-0000000000000000a' }, instanceType: 'r6i.xlarge' }}
    ${{ template: undefined, scale: 'workers' }}                                  | ${{ target: { operation: 'scale', autoScalingGroupName: 'workers' } }}
  `('understands $changes by name or id', async ({ changes, choice }) => {
    const { command } = await commandOf(changes);

    expect(command).toMatchObject({ kind: 'submit', choice: aChoice(choice) });
  });

  it.each`
    changes                                                              | field                | message
    ${{ account: 'nowhere' }}                                            | ${'account'}         | ${'There is no such thing here'}
    ${{ account: undefined }}                                            | ${'account'}         | ${'Write the name or the id of an account'}
    ${{ region: 'us-moon-1' }}                                           | ${'region'}          | ${'Write a Region of erp-production: us-east-1'}
    ${{ region: '__proto__' }}                                           | ${'region'}          | ${'Write a Region of erp-production'}
    ${{ pool: 'Oracle' }}                                                | ${'pool'}            | ${'There is no such thing here'}
    ${{ pool: 'TWIN' }}                                                  | ${'pool'}            | ${'Several have this name. Write an id: '}
    ${{ otherPools: ['none'] }}                                          | ${'otherPools'}      | ${'There is no such thing here'}
    ${{ template: 'windows' }}                                           | ${'template'}        | ${'There is no such thing here'}
    ${{ template: undefined }}                                           | ${'template'}        | ${'Write exactly one of template, start, resize and scale'}
    ${{ start: 'erp-db-1' }}                                             | ${'template'}        | ${'Write exactly one of template'}
    ${{ template: undefined, scale: 'x' }}                               | ${'scale'}           | ${'There is no such thing here'}
    ${{ template: undefined, start: 'x' }}                               | ${'start'}           | ${'There is no such thing here'}
    ${{ licenseIncluded: 'yes' }}                                        | ${'licenseIncluded'} | ${'Write true or false'}
    ${{ template: undefined, start: 'erp-db-1', licenseIncluded: true }} | ${'licenseIncluded'} | ${'Leave it out'}
    ${{ type: undefined }}                                               | ${'type'}            | ${'Write an instance type'}
    ${{ count: 0 }}                                                      | ${'count'}           | ${'Write a whole number from 1 to 100'}
    ${{ count: '2' }}                                                    | ${'count'}           | ${'Write a whole number from 1 to 100'}
    ${{ count: 1.5 }}                                                    | ${'count'}           | ${'Write a whole number from 1 to 100'}
    ${{ threads: 3 }}                                                    | ${'threads'}         | ${'Write 1 or 2'}
    ${{ until: 'tomorrow' }}                                             | ${'until'}           | ${'Write an instant in UTC'}
    ${{ for: 'ada' }}                                                    | ${'for'}             | ${'Write a Slack user id'}
    ${{ reason: '  ' }}                                                  | ${'reason'}          | ${'Say why'}
    ${{ reason: 'x'.repeat(1001) }}                                      | ${'reason'}          | ${'Say it in at most 1000 characters'}
    ${{ retryOf: 'req-1' }}                                              | ${'retryOf'}         | ${'Write the id of a request'}
    ${{ approved: true }}                                                | ${'approved'}        | ${'There is no such field'}
    ${{ by: 'UADMIN' }}                                                  | ${'by'}              | ${'There is no such field'}
  `('names $field for $changes, and queues nothing', async ({ changes, field, message }) => {
    const { answer, command } = await commandOf(changes);

    expect(answer).toMatchObject({
      statusCode: 400,
      document: {
        error: 'bad-request',
        fields: [{ field, message: expect.stringContaining(message) }],
      },
    });
    expect(command).toBeUndefined();
  });

  it('is the same request for the same key, and another for another key or caller', async () => {
    const { call, sent } = apiWorld();
    const submit = (key: string, caller: string = CALLER.requester) =>
      call(SUBMIT, { body: BODY, key, caller });

    const same = [await submit('one'), await submit('one', `${CALLER.requester}-again`)];
    const others = [await submit('two'), await submit('one', CALLER.pipeline)];

    expect(same[0]?.document).toEqual(same[1]?.document);
    const ids = [...same, ...others].map(({ document }) => Accepted.parse(document).id);
    expect(new Set(ids).size).toBe(3);
    expect(sent.decisions[0]?.command).toMatchObject({ key: sent.decisions[1]?.command.key });
  });

  it('takes the key from the body too, and not two different ones', async () => {
    const { call } = apiWorld();
    const answers = await Promise.all([
      call(SUBMIT, { body: { ...BODY, key: 'key-1' } }),
      call(SUBMIT, { body: { ...BODY, key: 'other' } }),
      call(SUBMIT, { body: BODY, key: 'two words' }),
      call(SUBMIT, { body: BODY, key: '' }),
    ]);

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([202, 400, 400, 400]);
    expect(answers[1]).toMatchObject({ document: { fields: [{ field: 'key' }] } });
  });

  it('answers what is there already, and queues it no more', async () => {
    const { call, commit, sent } = apiWorld();
    const { document } = await call(SUBMIT, { body: BODY });
    await commit({ request: aRequest({ id: Accepted.parse(document).id }) });

    const again = await call(SUBMIT, { body: BODY });
    const changed = await call(SUBMIT, { body: { ...BODY, count: 2 } });

    expect(again).toMatchObject({ statusCode: 202, document: Accepted.parse(document) });
    expect(changed).toMatchObject({
      statusCode: 409,
      document: { error: 'key-reused', message: expect.stringContaining('Use another key') },
    });
    expect(sent.decisions).toHaveLength(1);
  });
});

describe('a body', () => {
  it.each`
    what                      | given                                                                                  | status | error
    ${'of more than 256 KiB'} | ${{ body: `"${'x'.repeat(256 * 1024)}"` }}                                             | ${413} | ${'too-large'}
    ${'that is cut off'}      | ${{ body: '{"account":' }}                                                             | ${400} | ${'not-json'}
    ${'that is empty'}        | ${{ body: '' }}                                                                        | ${400} | ${'not-json'}
    ${'of 100,000 brackets'}  | ${{ body: '['.repeat(100_000) }}                                                       | ${400} | ${'not-json'}
    ${'of a list'}            | ${{ body: '[]' }}                                                                      | ${400} | ${'bad-request'}
    ${'of null'}              | ${{ body: 'null' }}                                                                    | ${400} | ${'bad-request'}
    ${'that is a form'}       | ${{ body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } }}   | ${415} | ${'not-json'}
    ${'that is not UTF-8'}    | ${{ body: Buffer.from([0x22, 0xff, 0x22]).toString('base64'), isBase64Encoded: true }} | ${400} | ${'not-json'}
  `('$what is refused as $error', async ({ given, status, error }) => {
    const { call, sent } = apiWorld();

    expect(await call(SUBMIT, given)).toMatchObject({ statusCode: status, document: { error } });
    expect(sent.decisions).toEqual([]);
  });

  it('in base64 is read as the bytes that it is', async () => {
    const { call, sent } = apiWorld();
    const bytes = Buffer.from(JSON.stringify({ ...BODY, reason: 'Für den Abschluß' }));

    await call(SUBMIT, { body: bytes.toString('base64'), isBase64Encoded: true });

    expect(sent.decisions[0]?.command).toMatchObject({ reason: 'Für den Abschluß' });
  });

  it('that cannot be queued says that it failed and no more, with a reference', async () => {
    const secret = new Error('SQS said: arn:aws:sqs:us-east-1:111122223333:secret');
    const { call, reported } = apiWorld({ failing: secret });

    const { statusCode, document } = await call(SUBMIT, { body: BODY });

    expect(statusCode).toBe(500);
    expect(document).toMatchObject({ error: 'failed', reference: 'reference-1' });
    expect(JSON.stringify(document)).not.toContain('sqs');
    expect(reported).toEqual([{ reference: 'reference-1', error: secret }]);
  });
});
