import { describe, expect, it } from 'vitest';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { answerHistory } from '#usecases/answer-requests.ts';
import { aPerson, aPolicyDocument, aPublishedPolicy, aRequest } from '../builders.ts';
import { memoryPolicies } from '../fakes/memory-policies.ts';

/** The id of the request that somebody is told the history of; `null`: that there is none. */
async function toldTo(personId: string, request: LaunchRequest | null): Promise<string | null> {
  const told: (string | null)[] = [];
  // Everybody may look, but not at the Region that the request is for.
  const { roles } = aPolicyDocument();
  const viewer = { everyone: true, regions: ['ap-south-1'] };
  const policy = aPublishedPolicy({ roles: { ...roles, viewer } });
  const ports = {
    store: { request: async () => request },
    requests: { auditTrail: async () => [] },
    policies: memoryPolicies(policy),
    people: { get: async (id: string) => aPerson(id) },
    notifier: {
      async history(_to: unknown, shown: LaunchRequest | null) {
        told.push(shown?.id ?? null);
      },
    },
  };
  const replyTo = { channelId: null, personId, responseUrl: null };
  const requestId = request?.id ?? 'req-0000000001';
  await answerHistory(ports, { kind: 'history', key: 'history/1', requestId, replyTo });
  const [shown] = told;
  return shown ?? null;
}

describe('the history of a request', () => {
  const request = aRequest({ for: 'UOTHER', editors: ['UREQUESTER', 'UEDITOR'] });

  it.each(['UREQUESTER', 'UOTHER', 'UEDITOR', 'UAPPROVER', 'UADMIN'])(
    'is told to %s, who takes part in it or answers for the whole',
    async (personId) => {
      expect(await toldTo(personId, request)).toBe(request.id);
    },
  );

  it('is told to nobody whom policy shows nothing of its account', async () => {
    expect(await toldTo('UVIEWER', request)).toBeNull();
  });

  it('is told to nobody when there is none', async () => {
    expect(await toldTo('UADMIN', null)).toBeNull();
  });
});
