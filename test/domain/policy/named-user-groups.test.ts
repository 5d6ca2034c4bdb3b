import { describe, expect, it } from 'vitest';
import { namedUserGroups } from '#domain/policy/named-user-groups.ts';
import { aPolicy, aPolicyDocument } from '../../builders.ts';
import { rule } from '../requests/decision-state.ts';

const of = (...userGroups: readonly string[]) => ({ userGroups });

describe('namedUserGroups', () => {
  it('are all that approving or asking may depend on, each once', () => {
    const [profile] = aPolicyDocument().launchProfiles;
    const policy = aPolicy({
      roles: {
        approver: of('SAPPROVER'),
        requester: of('SREQUESTER'),
        administrator: of('SADMIN'),
      },
      launchProfiles: [{ ...profile, requesters: of('SPROFILE', 'SREQUESTER') }],
      ...rule([{ approvers: of('SLEVEL'), silent: of('SSILENT') }, { approvers: 'approver' }], {
        escalation: { after: 'PT1H', to: of('SONCALL') },
      }),
    });

    expect(namedUserGroups(policy)).toEqual([
      'SADMIN',
      'SAPPROVER',
      'SLEVEL',
      'SONCALL',
      'SPROFILE',
      'SREQUESTER',
      'SSILENT',
    ]);
  });

  it('are none where policy names people only', () => {
    expect(namedUserGroups(aPolicy())).toEqual([]);
  });
});
