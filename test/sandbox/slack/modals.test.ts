import { describe, expect, it } from 'vitest';
import { input, withModal } from './scenes.ts';
import { aModal, plain, textField } from './workbench.ts';

describe('a modal', () => {
  it('is submitted with its whole state and closed by an empty answer', async () => {
    const view = aModal({
      private_metadata: 'kept',
      blocks: [textField('reason'), textField('note', { optional: true })],
    });
    const { submit, bot } = await withModal(view);

    const state = await submit('because');

    expect(bot.last()).toMatchObject({
      type: 'view_submission',
      view: {
        callback_id: 'a_form',
        private_metadata: 'kept',
        state: {
          values: {
            reason: { reason: { type: 'plain_text_input', value: 'because' } },
            note: { note: { type: 'plain_text_input', value: null } },
          },
        },
      },
      response_urls: [],
    });
    expect(state.views['requester']).toBeUndefined();
  });

  it.each([
    ['a required field', textField('reason'), ''],
    [
      'a shortest length',
      textField('reason', { element: { ...input('reason'), min_length: 9 } }),
      'short',
    ],
    [
      'a longest length',
      textField('reason', { element: { ...input('reason'), max_length: 2 } }),
      'long',
    ],
  ])('is not sent without %s', async (_, field, value) => {
    const { submit, bot } = await withModal(aModal({ blocks: [field] }));

    const state = await submit(value);

    expect(state.views['requester']?.errors).toMatchObject({ reason: expect.any(String) });
    expect(bot.received).toHaveLength(1);
  });

  it.each([
    ['2', {}],
    ['0', { count: 'Please enter a number of at least 1.' }],
    ['1.5', { count: 'Please enter a valid number.' }],
    ['nine', { count: 'Please enter a valid number.' }],
  ])('checks the number %s', async (value, errors) => {
    const element = {
      type: 'number_input',
      action_id: 'count',
      is_decimal_allowed: false,
      min_value: '1',
    } as const;
    const field = { type: 'input', block_id: 'count', label: plain('Count'), element } as const;
    const { post, view_id } = await withModal(aModal({ blocks: [field] }), { status: 500 });

    const state = await post('submit', {
      user: 'requester',
      view_id,
      values: { count: { count: { type: 'number_input', value } } },
    });

    expect(state.views['requester']?.errors).toEqual(errors);
  });

  it('shows the bot’s errors under the fields, and forgets them at the next try', async () => {
    const errors = { reason: 'Say why in a sentence.' };
    const { submit, bot } = await withModal(aModal(), { response_action: 'errors', errors });

    const refused = await submit('x');
    bot.answer = async () => '';
    const sent = await submit('because');

    expect(refused.views['requester']?.errors).toEqual(errors);
    expect(sent.views['requester']).toBeUndefined();
  });

  it.each([
    ['errors for a field that is not there', { response_action: 'errors', errors: { other: 'x' } }],
    ['a view that is invalid', { response_action: 'update', view: { type: 'modal' } }],
    ['an unknown response_action', { response_action: 'explode' }],
    ['something that is not JSON', 'ok'],
    ['a server error', { status: 500 }],
  ])('stays open with a notice after %s', async (_, answer) => {
    const { submit } = await withModal(aModal(), answer);

    const state = await submit('because');

    expect(state.views['requester']).toMatchObject({
      errors: {},
      notice: expect.stringContaining('trouble connecting'),
    });
  });

  it.each([
    ['update', 'Second'],
    ['push', 'Second'],
    ['clear', undefined],
  ])('follows response_action %s', async (response_action, title) => {
    const view = aModal({ title: plain('Second') });
    const { submit, view_id } = await withModal(aModal(), { response_action, view });

    const shown = (await submit('because')).views['requester'];

    expect(shown && 'title' in shown ? shown.title : undefined).toEqual(title && plain(title));
    expect(shown?.id === view_id).toBe(response_action === 'update');
  });

  it('reveals the one below when it is submitted or closed', async () => {
    const { submit, post, view_id, bot } = await withModal(aModal(), {
      response_action: 'push',
      view: aModal({ notify_on_close: true }),
    });
    const pushed = await submit('because');

    const state = await post('close', {
      user: 'requester',
      view_id: pushed.views['requester']?.id,
    });

    expect(state.views['requester']?.id).toBe(view_id);
    expect(bot.last()).toMatchObject({ type: 'view_closed', is_cleared: false });
  });

  it('is closed without a word unless it asked for one', async () => {
    const { post, view_id, bot } = await withModal();

    const state = await post('close', { user: 'requester', view_id });

    expect(state.views['requester']).toBeUndefined();
    expect(bot.received).toHaveLength(1);
  });

  it('belongs to the person who opened it, and has the fields that it has', async () => {
    const { send, view_id } = await withModal();
    const fill = (user: string, values: object) => send('submit', { user, view_id, values });

    expect((await fill('admin', {})).body.ok).toBe(false);
    expect((await fill('requester', { other: { other: {} } })).body.error).toContain(
      'reason.reason',
    );
    expect(
      (await fill('requester', { reason: { reason: { type: 'number_input' } } })).body.ok,
    ).toBe(false);
  });

  it('takes uploaded files', async () => {
    const element = { type: 'file_input', action_id: 'file' } as const;
    const field = { type: 'input', block_id: 'file', label: plain('File'), element } as const;
    const { send, post, view_id, bot, slack } = await withModal(aModal({ blocks: [field] }));
    const { body } = await send('upload', { user: 'requester', name: 'a.csv', content: 'hé' });

    await post('submit', {
      user: 'requester',
      view_id,
      values: { file: { file: { type: 'file_input', files: [body.file_id] } } },
    });

    const [file] = bot.last()?.view.state.values.file.file.files ?? [];
    const download = await slack.handleFiles(
      new Request(file.url_private_download, {
        headers: { authorization: 'Bearer xoxb-sandbox-token' },
      }),
    );
    expect(await download.text()).toBe('hé');
  });
});
