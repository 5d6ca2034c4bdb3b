import type { HomeView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { refusal } from './scenes.ts';
import { aModal, button, plain, textField, workbench } from './workbench.ts';

describe('views', () => {
  /** A trigger, as an interaction brings it. */
  async function trigger(bench: ReturnType<typeof workbench>) {
    await bench.post('command', { user: 'requester', channel: 'licenses', text: '/license' });
    return String(bench.bot.last()?.trigger_id);
  }

  it('open with a trigger, once', async () => {
    const bench = workbench();
    const trigger_id = await trigger(bench);

    const { view } = await bench.web.views.open({ trigger_id, view: aModal() });

    expect(view).toMatchObject({ callback_id: 'a_form', hash: expect.any(String) });
    expect((await bench.state()).views['requester']).toMatchObject({ id: view?.id, errors: {} });
    expect(await refusal(bench.web.views.open({ trigger_id, view: aModal() }))).toMatchObject({
      error: 'exchanged_trigger_id',
    });
  });

  it('do not open with a made-up trigger', async () => {
    const { web } = workbench();

    expect(await refusal(web.views.open({ trigger_id: '1.2.x', view: aModal() }))).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] invalid `trigger_id` [json-pointer:/trigger_id]'] },
    });
  });

  it('are refused with a pointer into the view', async () => {
    const bench = workbench();
    const view = aModal({ title: plain('x'.repeat(25)) });

    expect(
      await refusal(bench.web.views.open({ trigger_id: await trigger(bench), view })),
    ).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: {
        messages: ['[ERROR] must be less than 25 characters [json-pointer:/view/title/text]'],
      },
    });
  });

  it('are refused above 250 KB', async () => {
    const bench = workbench();
    const text = { type: 'plain_text', text: 'x'.repeat(2900) };
    const blocks = Array.from({ length: 90 }, () => ({ type: 'section', text }));
    const call = bench.web.apiCall('views.open', {
      trigger_id: await trigger(bench),
      view: aModal({ blocks }),
    });

    expect(await refusal(call)).toMatchObject({ error: 'view_too_large' });
  });

  it('update only what the caller has seen, and keep what is entered', async () => {
    const bench = workbench();
    const { view } = await bench.web.views.open({
      trigger_id: await trigger(bench),
      view: aModal({ blocks: [textField('reason', { optional: true })] }),
    });
    const view_id = String(view?.id);
    bench.bot.answer = async () => ({ response_action: 'errors', errors: { reason: 'Say more.' } });
    await bench.post('submit', {
      user: 'requester',
      view_id,
      values: { reason: { reason: { type: 'plain_text_input', value: 'because' } } },
    });

    const updated = await bench.web.views.update({
      view_id,
      hash: String(view?.hash),
      view: aModal(),
    });

    expect(updated.view?.state).toMatchObject({
      values: { reason: { reason: { value: 'because' } } },
    });
    expect(
      await refusal(bench.web.views.update({ view_id, hash: String(view?.hash), view: aModal() })),
    ).toMatchObject({ error: 'hash_conflict' });
    expect(await refusal(bench.web.views.update({ view_id: 'V1', view: aModal() }))).toMatchObject({
      error: 'not_found',
    });
  });

  it('stack up to three', async () => {
    const bench = workbench();
    bench.bot.answer = async ({ body }) => {
      if (body.type === 'block_actions') {
        await bench.web.views.push({ trigger_id: body.trigger_id, view: pushing });
      }
      return '';
    };
    const pushing = aModal({ blocks: [{ type: 'actions', elements: [button('more')] }] });
    await bench.web.views.open({ trigger_id: await trigger(bench), view: pushing });
    const pushFromTop = async () => {
      const view_id = (await bench.state()).views['requester']?.id;
      return bench.post('action', { user: 'requester', view_id, action_id: 'more' });
    };

    await pushFromTop();
    const third = (await pushFromTop()).views['requester'];
    const refused = await pushFromTop();

    expect(third?.id).toBeDefined();
    expect(refused.views['requester']).toMatchObject({
      id: third?.id,
      notice: expect.stringContaining('dispatch_failed'),
    });
  });

  it('publish App Home for one person', async () => {
    const { web, state } = workbench();
    const view: HomeView = { type: 'home', blocks: [{ type: 'divider' }] };

    const published = await web.views.publish({ user_id: 'U0REQUEST1', view });

    expect(Object.keys((await state()).home)).toEqual(['requester']);
    expect(published.view).toMatchObject({ type: 'home' });
    expect(
      await refusal(web.views.publish({ user_id: 'U0REQUEST1', view, hash: 'old' })),
    ).toMatchObject({ error: 'hash_conflict' });
    expect(await refusal(web.views.publish({ user_id: 'U0', view }))).toMatchObject({
      error: 'user_not_found',
    });
  });
});
