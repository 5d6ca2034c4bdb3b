import type { ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import type { FormPurpose } from '#domain/jobs/form-purpose.ts';
import type { Alternative } from '#domain/launch/launch-evaluation.ts';
import type { MachinePlan } from '#domain/launch/launch-plan.ts';
import { resolvePlan, sealPlan } from '#domain/launch/launch-planning.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import type { RequestFormShown } from '#ports/request-form.ts';
import { requestCard } from '#slack/views/request-card.ts';
import { shownForm } from '#slack/views/request-form-shown.ts';
import { showRequestForm } from '#usecases/show-request-form.ts';
import { objectsIn } from '../../sandbox/slack/json.ts';
import { initialState } from '../../sandbox/slack/view-state.ts';
import { aPerson, aPlan, aPolicy, aRun, POLICY_HASH, sha256 } from '../builders.ts';
import {
  ASKED,
  EVERY_ALTERNATIVE,
  EVERY_POOL,
  EVERYWHERE,
  POLICY_EVERYWHERE,
} from '../every-alternative.ts';
import { memorySnapshots } from '../fakes/memory-snapshots.ts';
import { aRequest } from './builders.ts';
import { reading } from './views/reading.ts';
import { slackWorld } from './world.ts';

type Purpose = Extract<FormPurpose, { requestId: string }>['kind'];

const policy = aPolicy({
  ...POLICY_EVERYWHERE,
  roles: { requester: { users: ['U0REQUEST1'] }, approver: { users: ['U0APPROVE1'] } },
});
const NOBODY = { users: [], userGroups: [] };
const GATE: LaunchRequest['gate'] = {
  rule: 'one',
  levels: [{ approvers: { users: ['U0APPROVE1'], userGroups: [] }, silent: NOBODY, quorum: 1 }],
  stepUp: false,
  channel: 'C0APPROVAL',
  reminders: { after: 1, factor: 2, most: 3 },
  escalation: null,
};

function requestFor(purpose: Purpose): LaunchRequest {
  const status = purpose === 'again' ? 'denied' : 'pending';
  return aRequest({ status, choice: ASKED, gate: GATE, alternatives: EVERY_ALTERNATIVE });
}

/** The form of a request as a person sees it in the end, filled as the job says. */
async function formOf(purpose: Purpose, alternative: number | null): Promise<ModalView> {
  const request = requestFor(purpose);
  const shown: RequestFormShown[] = [];
  const personId = purpose === 'counter' ? 'U0APPROVE1' : 'U0REQUEST1';
  await showRequestForm(
    {
      store: { request: async () => request, ledgers: async () => EVERY_POOL },
      people: { get: async (id) => aPerson(id), members: async () => new Map() },
      policies: { current: async () => ({ hash: POLICY_HASH, policy }), byHash: async () => null },
      snapshots: memorySnapshots(...EVERYWHERE),
      notifier: { showRequestForm: async (_place, one) => void shown.push(one) },
    },
    {
      kind: 'request-form',
      key: 'k',
      viewKey: 'v',
      purpose: { kind: purpose, requestId: request.id, alternative },
      replyTo: { personId, channelId: null, responseUrl: null },
    },
  );
  const last = shown.at(-1);
  if (last === undefined) throw new Error('Nothing is shown');
  return shownForm({ viewKey: 'v', channelId: null }, last);
}

function slack() {
  return slackWorld({ policy, pools: EVERY_POOL, shards: EVERYWHERE });
}

/** Sends a form off as it was filled. */
async function submitted(form: ModalView) {
  const world = slack();
  const values = {
    ...initialState(objectsIn(JSON.parse(JSON.stringify(form.blocks)))),
    reason: { reason: { type: 'plain_text_input', value: 'This will do.' } },
  };
  const view = { ...form, id: 'V1', team_id: 'T0QUARTER1', state: { values } };
  const answer = await world.interact({ type: 'view_submission', view });
  return { answer, command: world.queues.sent.decisions[0]?.command };
}

describe('an alternative', () => {
  const everyWay = (['again', 'edit', 'counter'] as const).flatMap((purpose) =>
    EVERY_ALTERNATIVE.map(({ kind, choice }, index) => ({ purpose, kind, choice, index })),
  );

  it.each(everyWay)(
    '$kind that is chosen to $purpose is asked for with all of its choice',
    async ({ purpose, choice, index }) => {
      const { answer, command } = await submitted(await formOf(purpose, index));

      expect(answer.body).toBe('');
      expect(command).toMatchObject({ kind: purpose === 'again' ? 'submit' : purpose });
      const sent = command !== undefined && 'choice' in command ? command.choice : null;
      expect(sent).toEqual(choice);
    },
  );

  it.each(EVERY_ALTERNATIVE)('$kind can be sealed as a plan of its own', ({ choice }) => {
    const hashOf = (chosen: typeof choice) => {
      const shard = EVERYWHERE.find(({ account }) => account === chosen.account);
      const planning = shard && resolvePlan(chosen, shard, POLICY_HASH);
      return planning?.ok === true ? sealPlan(planning.plan, sha256) : planning?.reasons;
    };

    expect(hashOf(choice)).toMatch(/^[0-9a-f]{64}$/);
    expect(hashOf(choice)).not.toBe(hashOf(ASKED));
  });

  it.each(['again', 'edit', 'counter'] as const)(
    'is offered in the form to %s, and a click fills the form anew',
    async (kind) => {
      const form = await formOf(kind, null);
      const world = slack();

      await world.interact({
        type: 'block_actions',
        trigger_id: '1.2.t',
        actions: [
          {
            type: 'static_select',
            action_id: 'alternative',
            block_id: 'alternative',
            selected_option: { text: { type: 'plain_text', text: 'x' }, value: '5' },
          },
        ],
        view: { ...form, id: 'V1' },
      });

      const picks = form.blocks.find(({ block_id }) => block_id === 'alternative');
      expect(JSON.stringify(picks)).toContain(
        'License included in the price: 2 × r6i.2xlarge, the-source',
      );
      expect(JSON.stringify(picks)).toContain(
        'Another account: 2 × r6i.2xlarge, the-other, The other',
      );
      const { id: requestId } = requestFor(kind);
      expect(world.queues.sent.answers).toMatchObject([
        { viewKey: 'v', purpose: { kind, requestId, alternative: 5 } },
      ]);
    },
  );

  it('says on the card where it goes', () => {
    const request = requestFor('again');
    const card = requestCard({ request, ledgers: [], audience: 'requester', mayOverride: false });

    expect(reading(card.blocks)).toContain(
      'Another account: 2 × r6i.2xlarge, the-other, The other, takes 4 licenses, 4 fewer',
    );
  });

  it('that is offered by an approver says where it goes, as far as that is known', () => {
    const request = requestFor('edit');
    const offered = (kind: Alternative['kind'], plan: MachinePlan) => {
      const choice = EVERY_ALTERNATIVE.find((one) => one.kind === kind)?.choice ?? ASKED;
      const { evaluation, planHash } = request;
      const words = { by: 'U0APPROVE1', at: request.submittedAt, reason: 'Cheaper', key: 'k' };
      const how = { level: 0, route: 'slack', principal: null } as const;
      const counter = { ...words, ...how, choice, plan, planHash, evaluation };
      const card = { ledgers: [], audience: 'requester', mayOverride: false } as const;
      return reading(requestCard({ ...card, request: { ...request, counter } }).blocks);
    };
    const paid = aPlan({
      action: aRun({ launchTemplate: { id: 'lt', name: 'paid', version: 1 } }),
    });

    expect(offered('license-included', paid)).toContain(
      'offers instead: 2 × r6i.2xlarge, paid, licenses in the hourly price, takes',
    );
    expect(offered('other-account', aPlan())).toContain(', 555566667777, 555566667777/us-east-1/');
  });

  it('fills the form with the names of where it goes', async () => {
    const index = EVERY_ALTERNATIVE.findIndex(({ kind }) => kind === 'other-account');

    const text = JSON.stringify(await formOf('again', index));

    expect(text).toContain('the-other (555566667777)');
    expect(text).not.toContain('version 3');
  });
});
