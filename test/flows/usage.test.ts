import { afterAll, describe, expect, it } from 'vitest';
import { collectAgain } from './collect-again.ts';
import { openSandbox } from './sandbox-client.ts';
import { channelOf, type Message, wordsOf } from './sandbox-state.ts';
import { answerIn, choose, controlsOf, rowsOf } from './usage-answers.ts';

const { client, sandbox } = await openSandbox();
afterAll(() => sandbox.close());

const ask = async (text: string) => answerIn(await client.command('requester', `/license ${text}`));
const click = async (message: Message, action: string) =>
  answerIn(await client.click('requester', action, message, 'licenses'));
const column = (message: Message, name: string) => rowsOf(message).map((row) => row[name] ?? '');

describe('the list of pools', () => {
  let list: Message;

  it('shows both lines of each pool, the scarcest first, page by page', async () => {
    list = await ask('usage');
    const second = await click(list, 'usage_next');
    const back = await click(second, 'usage_previous');

    expect(list.text).toMatch(/^43 license pools, 2 over the limit, \d+ products short/);
    expect(wordsOf(list.blocks)).toContain('Page 1 of 6.');
    expect(column(list, 'By terms')[0]).toMatch(/ short$/);
    expect(wordsOf(second.blocks)).toContain('Page 2 of 6.');
    expect(rowsOf(second)).toHaveLength(8);
    const both = [...rowsOf(list), ...rowsOf(second)].map((row) => JSON.stringify(row));
    expect(new Set(both).size).toBe(16);
    expect(rowsOf(back)).toEqual(rowsOf(list));
    expect([second.ts, back.ts]).toEqual([list.ts, list.ts]);
  });

  it('is narrowed by account and owner and put into another order, in its own place', async () => {
    const account = await choose(client, 'requester', list, 'usage_account', 'erp-production');
    const owner = await choose(client, 'requester', account, 'usage_owner', 'erp-platform');
    const byName = await choose(client, 'requester', owner, 'usage_sort', 'By name');

    for (const where of [...column(account, 'Where'), ...column(byName, 'Where')]) {
      expect(where).toMatch(/^erp-production, /);
    }
    expect(wordsOf(byName.blocks)).toMatch(/Only account \S+ and owner erp-platform\./);
    for (const licenses of column(byName, 'With tag')) expect(Number(licenses)).toBeGreaterThan(0);
    const names = column(byName, 'Pool');
    expect(names.length).toBeGreaterThan(2);
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b)));
    expect(names).not.toEqual(column(owner, 'Pool'));
    const messages = channelOf(await client.state(), 'licenses');
    expect(messages.filter(({ text }) => text.includes('license pools, '))).toHaveLength(1);
    expect([account.ts, owner.ts, byName.ts]).toEqual([list.ts, list.ts, list.ts]);
    list = byName;
  });

  it('opens a pool in its place, and goes back to all', async () => {
    const name = 'SQL Server Standard per vCPU';
    const card = await choose(client, 'requester', list, 'usage_open', name);
    const all = await click(card, 'usage_all');

    expect(card.ts).toBe(list.ts);
    expect(card.text).toMatch(
      /^SQL Server Standard per vCPU \(License Mobility\) in erp-production/,
    );
    const words = wordsOf(card.blocks);
    expect(words).toContain(
      'In use: 152 vCPUs (License Manager counts 152, by its rules I count 148',
    );
    expect(words).toContain(
      'SQL Server Standard by the vendor’s terms: entitled to 680 core licenses',
    );
    expect(words).toContain('EA 7120418: 440 core licenses');
    expect(words).toMatch(/Limit: 256 vCPUs .* Expires: /);
    expect(column(card, 'Name')).toContain('erp-ag-sql-01');
    expect(card.blocks.filter(({ type }) => type === 'data_visualization')).toMatchObject([
      {
        chart: {
          type: 'line',
          axis_config: { categories: expect.objectContaining({ length: 13 }) },
        },
      },
    ]);
    expect(all.text).toMatch(/^43 license pools/);
  });

  it('takes what is typed: words of a name, an account, a tag', async () => {
    const named = await ask('usage oracle enterprise account:non-production');
    const tagged = await ask('usage sort:name tag:Owner=finance-dba');

    expect(named.text).toMatch(/^Oracle Database Enterprise Edition per vCPU in non-production/);
    expect(wordsOf(tagged.blocks)).toContain('Only Owner finance-dba.');
    expect(rowsOf(tagged).length).toBeGreaterThan(1);
  });

  it.each([
    ['usage SQL Sever Standard', '/license usage SQL Server Standard'],
    ['who Oracel WebLogic', '/license who Oracle WebLogic Suite per vCPU'],
  ])('of no such name suggests others: %s', async (text, suggestion) => {
    const words = wordsOf((await ask(text)).blocks);

    expect(words).toContain('No pool is called');
    expect(words).toContain(suggestion);
  });

  it('is shared with who shared it, for everybody, without controls', async () => {
    const card = await ask('usage WebLogic');
    const shared = answerIn(await client.click('requester', 'share', card, 'licenses'));

    expect(card.ephemeral_to).toBe('U0REQUEST1');
    expect(shared.ephemeral_to).toBeNull();
    expect(shared.text).toContain('Shared by <@U0REQUEST1>. Oracle WebLogic Suite per vCPU');
    expect(rowsOf(shared)).toEqual(rowsOf(card));
    expect(controlsOf(shared)).toEqual([]);
  });
});

describe('who uses a pool', () => {
  it('lists every resource once over its pages', async () => {
    const first = await ask('who SQL Server Standard');
    const [, total = '', pages = ''] =
      /^(\d+) resources use licenses of 9 pools\. Page 1 of (\d+)/.exec(first.text) ?? [];
    const answers = [first];
    while (answers.length < Number(pages)) answers.push(await click(first, 'who_next'));

    const rows = answers
      .flatMap(rowsOf)
      .map((row) => `${row['Resource']} ${row['Pool']} ${row['Account']} ${row['Region']}`);
    expect(Number(total)).toBeGreaterThan(40);
    expect(rows).toHaveLength(Number(total));
    expect(new Set(rows).size).toBe(rows.length);
    expect(answers.at(-1)?.ts).toBe(first.ts);
    expect(controlsOf(answers.at(-1) ?? first)).toEqual(['who_previous']);
  });

  it('is narrowed by a tag, and opened from the card beside it', async () => {
    const card = await ask('usage WebLogic');
    const who = await click(card, 'who');
    const narrowed = await ask('who SQL Server Standard tag:Owner=logistics-it');

    expect(who.ts).not.toBe(card.ts);
    expect(who.text).toMatch(/^4 resources use licenses of Oracle WebLogic Suite per vCPU/);
    expect(column(narrowed, 'Owner').length).toBeGreaterThan(2);
    expect(new Set(column(narrowed, 'Owner'))).toEqual(new Set(['logistics-it']));
  });
});

describe('when one Region cannot be read', () => {
  const SYDNEY = { account: '222233334444', region: 'ap-southeast-2' };
  const REFUSED = {
    service: 'ec2',
    operation: 'DescribeInstances',
    effect: 'error',
    code: 'UnauthorizedOperation',
  } as const;

  it('the rest is shown, the missing one is named, and totals are marked incomplete', async () => {
    const before = await ask('usage');
    await client.faults(REFUSED);
    await collectAgain(client, SYDNEY);
    await client.faults();
    const [during, who] = [await ask('usage'), await ask('who Red Hat')];
    await collectAgain(client, SYDNEY);
    const after = await ask('usage');

    expect(rowsOf(during)).toEqual(rowsOf(before));
    for (const answer of [during, who]) {
      const words = wordsOf(answer.blocks);
      expect(words).toMatch(
        /totals are not complete: .*instances: .* · erp-production ap-southeast-2/,
      );
      expect(words).toContain('UnauthorizedOperation');
    }
    for (const answer of [before, after]) {
      expect(wordsOf(answer.blocks)).not.toContain('totals are not complete');
    }
  });
});
