import { describe, expect, it } from 'vitest';
import { RESPONSE_URL, slackWorld } from './world.ts';

const HASH = 'a'.repeat(64);
const DIRECT = { personId: 'U0REQUEST1', channelId: null, responseUrl: null };

function submission(view: Readonly<Record<string, unknown>>) {
  const base = { id: 'V0000000001', team_id: 'T0QUARTER1', state: { values: {} } };
  return { type: 'view_submission', view: { ...base, ...view } };
}
function withFile(files: readonly object[], external_id = 'key-1') {
  const values = { file: { file: { type: 'file_input', files } } };
  return submission({ callback_id: 'import_file', external_id, state: { values } });
}
const parsed = (body: string | undefined): unknown => JSON.parse(body ?? '');

describe('/license import', () => {
  it('opens a form at once, which is filled behind the queue', async () => {
    const world = slackWorld();
    const answer = await world.command('import');

    expect(answer).toMatchObject({ statusCode: 200, body: '' });
    const [opened] = world.opened;
    expect(opened).toMatchObject({ triggerId: '1.2.trigger', view: { type: 'modal' } });
    expect(opened?.view.blocks.map(({ type }) => type)).toEqual(['rich_text']);
    expect(world.queues.sent.answers).toEqual([
      {
        kind: 'import-form',
        key: opened?.view.external_id,
        viewKey: opened?.view.external_id,
        replyTo: DIRECT,
      },
    ]);
  });
});

describe('the form of an import', () => {
  it('says that the file is read, and has it read', async () => {
    const world = slackWorld();
    const answer = await world.interact(withFile([{ id: 'F00000001' }]));

    expect(parsed(answer.body)).toMatchObject({
      response_action: 'update',
      view: { external_id: 'key-1', title: { text: 'Import' } },
    });
    expect(world.queues.sent.answers).toMatchObject([
      { kind: 'import-preview', viewKey: 'key-1', fileId: 'F00000001', replyTo: DIRECT },
    ]);
  });

  it.each([
    ['without a file', withFile([])],
    ['that is none of ours', withFile([{ id: 'F00000001' }], '')],
    ['without a field', submission({ callback_id: 'import_file', external_id: 'key-1' })],
  ])('asks for a file when it comes %s', async (_what, form) => {
    const world = slackWorld();
    const answer = await world.interact(form);

    expect(parsed(answer.body)).toEqual({
      response_action: 'errors',
      errors: { file: 'Choose one CSV file.' },
    });
    expect(world.queues.count()).toBe(0);
  });

  it.each([
    withFile([{ id: 'F00000001' }]),
    submission({ callback_id: 'confirm_import', private_metadata: `${HASH} none` }),
  ])('says that nothing was done when the queue is down', async (form) => {
    const world = slackWorld();
    world.queues.failing(new Error('down'));
    const answer = await world.interact(form);

    expect(parsed(answer.body)).toMatchObject({ response_action: 'update' });
    expect(answer.body).toContain('nothing was sent or changed');
  });

  it.each([
    [`${HASH} none`, null],
    [`${HASH} ${'b'.repeat(64)}`, 'b'.repeat(64)],
  ])('decides on what was previewed: %s', async (private_metadata, expected) => {
    const world = slackWorld();
    const form = submission({ callback_id: 'confirm_import', private_metadata });
    const answer = await world.interact(form);

    expect(parsed(answer.body)).toEqual({ response_action: 'clear' });
    expect(world.queues.sent.decisions).toMatchObject([
      {
        group: 'register',
        command: {
          kind: 'import-register',
          hash: HASH,
          expected,
          by: 'U0REQUEST1',
          replyTo: DIRECT,
        },
      },
    ]);
  });

  it.each(['', HASH, `${HASH} all`, `${HASH} none none`])(
    'decides nothing on other words: %s',
    async (private_metadata) => {
      const world = slackWorld();
      const form = submission({ callback_id: 'confirm_import', private_metadata });
      const { body = '' } = await world.interact(form);

      expect(body).toContain('Please import the file again.');
      expect(body).toContain('Nothing was changed.');
      expect(world.queues.count()).toBe(0);
    },
  );
});

describe('the button of an import', () => {
  const click = (value: string) => ({
    type: 'block_actions',
    trigger_id: '1.2.click',
    response_url: RESPONSE_URL,
    channel: { id: 'D0ADMIN001', name: 'directmessage' },
    actions: [{ type: 'button', action_id: 'confirm_import', block_id: 'b', value }],
  });

  it('decides on what was previewed', async () => {
    const world = slackWorld();
    await world.interact(click(`${HASH} none`));

    expect(world.queues.sent.decisions).toMatchObject([
      { group: 'register', command: { kind: 'import-register', hash: HASH, expected: null } },
    ]);
  });

  it('does nothing with another value, and says so', async () => {
    const world = slackWorld();
    await world.interact(click('req-4f9k2m81ab'));

    expect(world.queues.count()).toBe(0);
    expect(world.responses[0]?.message.text).toContain('nothing was done');
  });
});
