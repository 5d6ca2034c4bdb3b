import { describe, expect, it } from 'vitest';
import type { FormPurpose } from '#domain/jobs/form-purpose.ts';
import type { Person } from '#domain/person.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import type { RequestFormShown } from '#ports/request-form.ts';
import { showRequestForm } from '#usecases/show-request-form.ts';
import {
  anInstance,
  aPerson,
  aPolicy,
  aRequest,
  aShard,
  machinesChosen,
  POLICY_HASH,
} from '../builders.ts';
import { memorySnapshots } from '../fakes/memory-snapshots.ts';

const NOBODY = { users: [], userGroups: [] };
const GATE: LaunchRequest['gate'] = {
  rule: 'everything',
  levels: [{ approvers: { users: ['UAPPROVER'], userGroups: [] }, silent: NOBODY, quorum: 1 }],
  stepUp: false,
  channel: 'CA',
  reminders: { after: 1, factor: 2, most: 3 },
  escalation: null,
};
const ALTERNATIVE = {
  kind: 'fewer-cores',
  choice: { ...machinesChosen(aRequest().choice), cores: 2, threadsPerCore: 1 },
  verdict: 'ask',
  hourlyPrice: null,
  licenses: 4,
  licensesSaved: 4,
} as const;
const EDIT: FormPurpose = { kind: 'edit', requestId: 'req-0000000001', alternative: null };
const AGAIN: FormPurpose = { kind: 'again', requestId: 'req-0000000001', alternative: null };
const COUNTER: FormPurpose = { kind: 'counter', requestId: 'req-0000000001', alternative: null };

async function shownTo(
  person: string,
  purpose: FormPurpose,
  options: {
    readonly request?: LaunchRequest | null;
    readonly policy?: Policy | null;
    readonly changes?: Partial<Person>;
  } = {},
): Promise<RequestFormShown[]> {
  const shown: RequestFormShown[] = [];
  const { request = aRequest({ gate: GATE, alternatives: [ALTERNATIVE] }), policy = aPolicy() } =
    options;
  const instances = [anInstance({ instanceId: 'i-0000000000000000a', name: 'crm-db' })];
  const published = policy === null ? null : { hash: POLICY_HASH, policy };
  await showRequestForm(
    {
      store: { request: async () => request, ledgers: async () => [] },
      people: {
        get: async (id) => aPerson(id, options.changes),
        members: async () => new Map(),
      },
      policies: { current: async () => published, byHash: async () => published },
      snapshots: memorySnapshots(aShard({ instances })),
      notifier: {
        showRequestForm: async (_place, one) => {
          shown.push(one);
        },
      },
    },
    {
      kind: 'request-form',
      key: 'k',
      viewKey: 'v',
      purpose,
      replyTo: { personId: person, channelId: null, responseUrl: null },
    },
  );
  return shown;
}

describe('a form that was opened empty', () => {
  it('is filled with the request as it stands', async () => {
    expect(await shownTo('UREQUESTER', EDIT)).toMatchObject([
      { kind: 'request', purpose: 'edit', request: { id: 'req-0000000001' } },
    ]);
    expect(await shownTo('UAPPROVER', COUNTER)).toMatchObject([
      { kind: 'request', purpose: 'counter', alternatives: [{ kind: 'fewer-cores' }] },
    ]);
  });

  it('is emptied before it is filled with an alternative, so that nothing typed stays', async () => {
    const shown = await shownTo('UAPPROVER', { ...COUNTER, alternative: 0 });

    expect(shown).toMatchObject([{ kind: 'opening' }, { kind: 'request', choice: { cores: 2 } }]);
  });

  it('names the instance that was asked for, where it is', async () => {
    const purpose = { kind: 'resize', instanceType: 'm6i.xlarge' } as const;

    expect(
      await shownTo('UREQUESTER', { ...purpose, instanceId: 'i-0000000000000000a' }),
    ).toMatchObject([
      { kind: 'instance', operation: 'resize', instance: { name: 'crm-db' }, unknown: null },
    ]);
    expect(
      await shownTo('UREQUESTER', { ...purpose, instanceId: 'i-0000000000000000f' }),
    ).toMatchObject([
      { instance: null, instanceType: 'm6i.xlarge', unknown: 'i-0000000000000000f' },
    ]);
  });

  it('says which group it does not know', async () => {
    const purpose = { kind: 'scale', count: 2 } as const;

    expect(
      await shownTo('UREQUESTER', { ...purpose, autoScalingGroupName: 'nowhere' }),
    ).toMatchObject([{ kind: 'group', group: null, unknown: 'nowhere' }]);
  });

  it('is left alone when a launch is asked for by somebody who may', async () => {
    expect(await shownTo('UREQUESTER', { kind: 'launch' })).toEqual([]);
  });

  it.each<[string, string, string, FormPurpose, Parameters<typeof shownTo>[2]]>([
    [
      'outsider',
      'a guest',
      'UREQUESTER',
      { kind: 'launch' },
      { changes: { outsider: 'stranger' } },
    ],
    ['policy-missing', 'anybody without a policy', 'UREQUESTER', EDIT, { policy: null }],
    [
      'command-not-allowed',
      'roles without the command',
      'UREQUESTER',
      { kind: 'launch' },
      { policy: aPolicy({ commands: { request: ['administrator'] } }) },
    ],
    ['not-found', 'a request that is gone', 'UREQUESTER', EDIT, { request: null }],
    ['not-your-request', 'an edit by somebody else', 'UAPPROVER', EDIT, {}],
    ['not-your-request', 'another’s request again', 'UAPPROVER', AGAIN, {}],
    ['already-decided', 'a request that goes on, again', 'UREQUESTER', AGAIN, {}],
    [
      'already-decided',
      'an edit of what was decided',
      'UREQUESTER',
      EDIT,
      { request: aRequest({ status: 'launched' }) },
    ],
    ['own-request', 'an offer to oneself', 'UREQUESTER', COUNTER, {}],
    ['not-an-approver', 'an offer by anybody', 'USOMEBODY', COUNTER, {}],
  ])('says %s to %s', async (code, _whom, person, purpose, options) => {
    expect(await shownTo(person, purpose, options)).toMatchObject([
      { kind: 'refused', why: { code } },
    ]);
  });
});
