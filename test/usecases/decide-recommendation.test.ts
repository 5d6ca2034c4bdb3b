import { describe, expect, it } from 'vitest';
import type {
  RecommendationAction,
  RecommendationCommand,
} from '#domain/optimization/follow/recommendation-command.ts';
import type { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';
import { NO_STEP } from '#domain/requests/change.ts';
import { Conflict } from '#src/errors.ts';
import { decideAndCommit } from '#usecases/commit-change.ts';
import { decideOnRecommendation } from '#usecases/decide-recommendation.ts';
import { aRequest, NOW } from '../builders.ts';
import { aFollowed, anAccepted } from '../domain/optimization/follow/builders.ts';
import { decisionWorld } from './decision-world.ts';

const ID = 'rec-0000000001';
const STREAM = `recommendation/${ID}`;

async function world(...known: readonly FollowedRecommendation[]) {
  const { ports, table, sent } = decisionWorld();
  for (const one of known) await table.keep(one);
  return {
    table,
    ports,
    sent,
    trail: async () => (await table.auditTrail(STREAM)).map(({ event }) => event),
    run: (action: RecommendationAction, changes: Partial<RecommendationCommand> = {}) =>
      decideOnRecommendation(ports, aCommand(action, changes)),
  };
}

function aCommand(
  action: RecommendationAction,
  changes: Partial<RecommendationCommand> = {},
): RecommendationCommand {
  return {
    kind: 'recommendation',
    key: 'click-1',
    at: NOW,
    recommendationId: ID,
    action,
    by: 'UREQUESTER',
    replyTo: { personId: 'UREQUESTER', channelId: 'C1', responseUrl: null },
    ...changes,
  };
}

const ACCEPT = { do: 'accept' } as const;

describe('a decision on a recommendation', () => {
  it('is kept with its audit, and told', async () => {
    const { run, table, trail, sent } = await world(aFollowed());

    await run(ACCEPT);

    expect(await table.recommendation(ID)).toEqual(anAccepted({ version: 2 }));
    expect(await trail()).toEqual(['recommendation.accepted']);
    expect(sent.answers).toMatchObject([
      {
        kind: 'recommendation-notice',
        recommendationId: ID,
        notice: { kind: 'done', action: ACCEPT },
      },
    ]);
  });

  it('that is delivered again changes and says nothing', async () => {
    const { run, table, trail } = await world(aFollowed());
    await run(ACCEPT);
    await run(ACCEPT);
    await run({ do: 'dismiss', reason: 'No' });

    expect((await table.recommendation(ID))?.version).toBe(2);
    expect(await trail()).toEqual(['recommendation.accepted']);
  });

  it('that is refused is audited once, also of what is not there', async () => {
    const { run, trail, sent } = await world();
    await run(ACCEPT);
    await run(ACCEPT);

    expect(await trail()).toEqual(['recommendation.refused']);
    expect(sent.answers).toMatchObject([
      { notice: { kind: 'refused', why: { code: 'not-found' } } },
    ]);
  });

  it('is one of two that were made at once', async () => {
    const { run, table, trail } = await world(aFollowed());

    await Promise.all([
      run(ACCEPT, { by: 'U1', key: 'one' }),
      run({ do: 'dismiss', reason: 'No' }, { by: 'U2', key: 'two' }),
    ]);

    expect((await table.recommendation(ID))?.version).toBe(2);
    expect((await trail()).toSorted()).toEqual([
      expect.stringMatching(/accepted|dismissed/),
      'recommendation.refused',
    ]);
  });

  it('is made again on what a run found meanwhile', async () => {
    const { ports, table } = await world(aFollowed());
    let raced = false;
    const store = {
      ...table,
      async recommendation(id: string) {
        const read = await table.recommendation(id);
        if (!raced) await table.keep(aFollowed({ version: 2, status: 'gone' }));
        raced = true;
        return read;
      },
    };

    await decideOnRecommendation({ ...ports, store }, aCommand(ACCEPT));

    expect(await table.recommendation(ID)).toEqual(aFollowed({ version: 2, status: 'gone' }));
    expect(await table.auditTrail(STREAM)).toMatchObject([{ details: { why: 'already-decided' } }]);
  });

  it('is not made when the table keeps losing it', async () => {
    const { ports, table } = await world(aFollowed());
    const store = { ...table, commit: () => Promise.reject(new Conflict('lost')) };

    await expect(
      decideOnRecommendation({ ...ports, store }, aCommand(ACCEPT)),
    ).rejects.toBeInstanceOf(Conflict);
    expect(await table.recommendation(ID)).toEqual(aFollowed());
  });

  it('is not made in a channel that others see', async () => {
    const { ports, table, trail } = await world(aFollowed());
    const channels = { isShared: async () => true };

    await decideOnRecommendation({ ...ports, channels }, aCommand(ACCEPT));

    expect(await trail()).toEqual(['recommendation.refused']);
    expect(await table.recommendation(ID)).toEqual(aFollowed());
  });

  it('on a step looks at the requests that it names', async () => {
    const { run, ports, table } = await world(anAccepted());
    const request = aRequest({ id: 'req-0000000007', status: 'confirmed' });
    await decideAndCommit(ports, async () => ({ ...NO_STEP, request }));
    await run({ do: 'link-request', step: 0, requestId: 'req-0000000008' });
    expect((await table.recommendation(ID))?.requests).toEqual([]);

    await run({ do: 'link-request', step: 0, requestId: request.id }, { key: 'click-2' });

    expect(await table.recommendation(ID)).toMatchObject({
      status: 'done',
      requests: [{ step: 0, requestId: request.id }],
    });
  });
});
