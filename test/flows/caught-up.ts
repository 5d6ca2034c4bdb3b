import { expect } from 'vitest';
import { instancesOf, requestIn } from './pending-request.ts';
import { recordsAt } from './records.ts';
import type { Flow } from './sandbox-client.ts';
import { cardsOf, type State, toldAbout, toldTo } from './sandbox-state.ts';

/** A person is told what happened, what was not done, and a reference for whoever looks into it. */
export const PLAIN_ERROR = /nothing was sent or changed.*reference|reference.*[0-9a-f]{8}/is;
export const LONGEST_WAIT_MS = 25_000;

/** What this person was told last in a channel. */
export function lastTold(state: State, personId: string, channel = 'licenses'): string {
  return toldTo(state, personId, channel).at(-1) ?? '';
}

/** Nothing waits in a queue, nothing was set aside, nothing is left to be sent. */
export async function expectCaughtUp({ client, sandbox }: Flow): Promise<void> {
  expect((await client.state()).queues).toEqual({ decisions: 0, jobs: 0, dead: 0 });
  expect(await recordsAt(sandbox.awsUrl).unsent()).toEqual([]);
}

/** The click's request ends up launched, once, with both cards saying so. */
export async function expectLaunchedOnce(flow: Flow, id: string): Promise<void> {
  const { client } = flow;
  await client.advance('PT4M');
  const state = await client.state();
  expect(requestIn(state, id)).toMatchObject({
    status: 'confirmed',
    decisions: [{ kind: 'approve' }],
  });
  expect(await instancesOf(client, id)).toEqual(requestIn(state, id).instance_ids);
  expect(requestIn(state, id).instance_ids).toHaveLength(1);
  for (const { text } of Object.values(cardsOf(state, id))) {
    expect(text).toContain('confirmed by License Manager');
  }
  expect(toldAbout(id, state, 'U0APPROVE1')).toContain(
    'You approved this request. Its card shows how the launch goes on.',
  );
  await expectCaughtUp(flow);
}
