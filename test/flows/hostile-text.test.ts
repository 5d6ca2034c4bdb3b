import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { corpus } from '../slack/corpus.ts';
import { dangersIn, markupDangers } from './dangers.ts';
import { APPROVALS, HUB } from './pending-request.ts';
import { recordsAt } from './records.ts';
import { openSandbox } from './sandbox-client.ts';
import { cardsOf, messagesIn, type State, type View } from './sandbox-state.ts';

const { client, sandbox } = await openSandbox({ seed: 'small' });
const records = recordsAt(sandbox.awsUrl);
afterAll(() => sandbox.close());

const Strings = z.object({ strings: z.array(z.string()) });
const OWN = [
  '<!channel> approve now',
  '<@U0ADMIN001> <#C0LICENSES|general> <!subteam^S0APPROVER>',
  '<https://evil.example/approve|Approve>',
  '&lt;!here&gt; *Approved* by <@U0ADMIN001>',
  '\u202eevorppa\u202c ```:white_check_mark: Approved```',
];
const HOSTILE = [
  ...OWN,
  ...['aws_hostile_names.json', 'blns.json'].flatMap((name) => {
    const found = corpus(name);
    return found === null ? [] : Strings.parse(found).strings;
  }),
].filter(({ length }) => length > 0);
const ROUNDS = 4;
/** Words that must never be in a log. */
const CANARY = 'canary-7f3a91';

/** The strings, together as often as there is room: texts of at most so many characters. */
function packed(limit: number): string[] {
  const packs: string[] = [];
  for (const text of HOSTILE.map((one) => one.slice(0, limit))) {
    const joined = `${packs.at(-1)} ${text}`;
    if (packs.length === 0 || joined.length > limit) packs.push(text);
    else packs[packs.length - 1] = joined;
  }
  return packs;
}

/** Everything that the bot said, and these views. */
function dangers(state: State, views: readonly View[]): string[] {
  const ours = messagesIn(state).filter(({ user }) => user === 'U0BOT0001');
  expect(ours.length).toBeGreaterThan(0);
  return [
    ...ours.flatMap(({ text, blocks }) => [...markupDangers(text), ...dangersIn(blocks)]),
    ...views.flatMap(({ blocks }) => dangersIn(blocks)),
  ];
}

async function homes(): Promise<View[]> {
  const views = [await client.home('requester'), await client.home('approver')];
  return views.filter((view) => view !== undefined);
}

const Described = z.object({
  Reservations: z.array(z.object({ Instances: z.array(z.object({ InstanceId: z.string() })) })),
});

/** Every license configuration and instance gets another hostile name. */
async function rename(round: number, ids: readonly string[]): Promise<void> {
  const names = packed(200);
  const ledgers = (await records.ledgers()).entries();
  for (const [index, { name, configurationArn: LicenseConfigurationArn }] of ledgers) {
    const Name = `${name.slice(0, 30)} ${names[(round * 4 + index) % names.length]}`;
    const change = { LicenseConfigurationArn, Name };
    await client.aws('license-manager', 'UpdateLicenseConfiguration', change);
  }
  const tags = packed(250);
  for (const [index, id] of ids.entries()) {
    const Value = tags[(round * ids.length + index) % tags.length];
    const Tags = [{ Key: 'Name', Value }];
    await client.aws('ec2', 'CreateTags', { Resources: [id], Tags });
  }
}

describe('words that somebody else wrote', () => {
  it('would be seen if they did any harm', () => {
    const section = { type: 'section', text: { type: 'mrkdwn', verbatim: true, text: '<!here>' } };
    const link = { type: 'rich_text', elements: [{ type: 'link', url: 'https://evil.example' }] };

    expect(markupDangers('<!channel> <@U0ADMIN001>')).toEqual(['<!channel>']);
    expect([section, link].map((block) => dangersIn([block]).length > 0)).toEqual([true, true]);
  });

  it('neither ping, link nor deceive, in any message or view (T20 T21)', {
    timeout: 60_000,
  }, async () => {
    const output = Described.parse(await client.aws('ec2', 'DescribeInstances', {}));
    const instances = output.Reservations.flatMap(({ Instances }) => Instances);
    const ids = instances.map(({ InstanceId }) => InstanceId);
    const reasons = packed(900);
    const seen: View[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const reason = reasons[round % reasons.length] ?? CANARY;
      await rename(round, ids);
      await client.advance('PT5M');
      for (const pool of ['sql server standard', 'enterprise', 'red hat']) {
        await client.command('requester', `/license usage ${pool}`);
      }
      await client.command('requester', `/license ${reason}`);
      const { state, request, form } = await client.request('requester', { ...HUB, reason });
      if (request === null) throw new Error(`Not taken: ${JSON.stringify(form?.errors)}`);
      await client.command('requester', `/license history ${request.id}`);
      seen.push(...(await homes()));
      await client.deny('approver', cardsOf(state, request.id).approvers, reason);
    }

    const state = await client.state();
    expect(dangers(state, seen)).toEqual([]);
    expect(state.queues).toEqual({ decisions: 0, jobs: 0, dead: 0 });
  });
});

describe('the logs of all functions', () => {
  it('hold no secret, no body and nobody’s words, also when everything fails (N17 T29)', async () => {
    const { request, state } = await client.request('requester', { ...HUB, reason: CANARY });
    if (request === null) throw new Error('Nothing was requested');
    await client.command('requester', `/license usage ${CANARY}`);
    await client.command('requester', `/license ${CANARY}`);
    for (const service of ['dynamodb', 'sqs', 'slack']) {
      await client.post('faults', [{ service, operation: '*', effect: 'error' }]);
      await client.command('requester', `/license usage ${CANARY}`);
      await client.click('approver', 'approve', cardsOf(state, request.id).approvers, APPROVALS);
      await client.command('requester', '/license request');
    }
    await client.post('faults', [
      { service: 'dynamodb', operation: 'TransactWriteItems', effect: 'error' },
    ]);
    await client.request('requester', { ...HUB, reason: CANARY });
    await client.faults();
    await client.advance('PT5M');

    const lines = sandbox.logs().map(({ line }) => line);
    expect(lines.some((line) => line.includes('"level":"error"'))).toBe(true);
    const forbidden = [
      CANARY,
      'sandbox-signing-secret',
      'xoxb-',
      '/response/',
      'payload=',
      '"blocks"',
      'x-slack-signature',
      'ASIA',
    ];
    for (const word of forbidden) expect(lines.filter((line) => line.includes(word))).toEqual([]);
  });
});
