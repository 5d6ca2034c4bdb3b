import { describe, expect, it } from 'vitest';
import type { Person } from '#domain/person.ts';
import { mayUse, sightOf, whyNotLook } from '#domain/policy/roles.ts';
import { ACCOUNT, aPerson, aPolicy, aPolicyDocument } from '../../builders.ts';

const closed = aPolicy({
  roles: {
    viewer: { users: ['UVIEWER'] },
    approver: { users: ['UAPPROVER', 'UAPPROVER2'] },
  },
});

describe('whyNotLook', () => {
  it.each`
    who                  | policy       | person                                       | why
    ${'anybody of ours'} | ${null}      | ${aPerson('UANY')}                           | ${null}
    ${'a stranger'}      | ${null}      | ${aPerson('UX', { outsider: 'stranger' })}   | ${{ code: 'outsider' }}
    ${'a listed guest'}  | ${closed}    | ${aPerson('UVIEWER', { outsider: 'guest' })} | ${{ code: 'outsider' }}
    ${'a viewer'}        | ${closed}    | ${aPerson('UVIEWER')}                        | ${null}
    ${'any other role'}  | ${closed}    | ${aPerson('UAPPROVER')}                      | ${null}
    ${'no role'}         | ${closed}    | ${aPerson('UANY')}                           | ${{ code: 'not-a-viewer' }}
    ${'anybody'}         | ${aPolicy()} | ${aPerson('UANY')}                           | ${null}
  `('answers $why for $who', ({ policy, person, why }) => {
    expect(whyNotLook(policy, person)).toEqual(why);
  });
});

describe('mayUse', () => {
  const roles = {
    requester: { users: ['UREQUESTER'] },
    approver: { users: ['UAPPROVER'] },
    auditor: { userGroups: ['SAUDIT'] },
  };
  const policy = aPolicy({
    roles,
    commands: { audit: ['auditor', 'approver'], usage: ['viewer'] },
  });
  const auditor = aPerson('UX', { userGroups: ['SAUDIT'] });

  it.each`
    who                      | document  | person                                     | command     | may
    ${'an auditor'}          | ${policy} | ${auditor}                                 | ${'audit'}  | ${true}
    ${'an approver'}         | ${policy} | ${aPerson('UAPPROVER')}                    | ${'audit'}  | ${true}
    ${'a requester'}         | ${policy} | ${aPerson('UREQUESTER')}                   | ${'audit'}  | ${false}
    ${'everybody'}           | ${policy} | ${aPerson('UX')}                           | ${'usage'}  | ${true}
    ${'everybody'}           | ${policy} | ${aPerson('UX')}                           | ${'import'} | ${true}
    ${'a guest'}             | ${policy} | ${aPerson('UX', { outsider: 'guest' })}    | ${'import'} | ${false}
    ${'a deactivated one'}   | ${policy} | ${{ ...auditor, outsider: 'deactivated' }} | ${'audit'}  | ${false}
    ${'everybody'}           | ${null}   | ${aPerson('UX')}                           | ${'audit'}  | ${true}
    ${'a stranger'}          | ${null}   | ${aPerson('UX', { outsider: 'stranger' })} | ${'usage'}  | ${false}
    ${'somebody of no role'} | ${closed} | ${aPerson('UX')}                           | ${'usage'}  | ${false}
  `('says $may for $who and $command', ({ document, person, command, may }) => {
    expect(mayUse(document, person, command)).toBe(may);
  });
});

describe('sightOf', () => {
  const here = { account: ACCOUNT, region: 'us-east-1' };
  const elsewhere = { account: '999999999999', region: 'eu-west-1' };
  const [profile] = aPolicyDocument().launchProfiles;

  function sees(person: Person, changes: Readonly<Record<string, unknown>>) {
    const sight = sightOf(aPolicy(changes), person);
    return [here, elsewhere].filter(sight).length;
  }

  it.each`
    viewer                                                             | sees | because
    ${{ everyone: true }}                                              | ${2} | ${'nothing is limited'}
    ${{ everyone: true, accounts: [ACCOUNT] }}                         | ${1} | ${'one account is named'}
    ${{ everyone: true, regions: ['eu-west-1'] }}                      | ${1} | ${'one Region is named'}
    ${{ everyone: true, accounts: [ACCOUNT], regions: ['eu-west-1'] }} | ${0} | ${'both must be named'}
    ${{ users: ['UOTHER'] }}                                           | ${0} | ${'somebody else may look'}
  `('lets a viewer of $viewer see $sees of two: $because', ({ viewer, sees: many }) => {
    expect(sees(aPerson('UX'), { roles: { viewer } })).toBe(many);
  });

  const nowhere = { everyone: true, accounts: ['000000000000'] };
  it.each`
    roles                                                     | sees | because
    ${{ viewer: nowhere, approver: { users: ['UXX'] } }}      | ${2} | ${'approvers judge by the whole'}
    ${{ viewer: nowhere, administrator: { users: ['UXX'] } }} | ${2} | ${'administrators see everything'}
    ${{ viewer: nowhere, auditor: { users: ['UXX'] } }}       | ${2} | ${'auditors see everything'}
    ${{ viewer: nowhere, requester: { users: ['UXX'] } }}     | ${1} | ${'requesters see where they may ask'}
    ${{ viewer: nowhere }}                                    | ${0} | ${'others see what viewers may'}
  `('shows $sees of two with $roles: $because', ({ roles, sees: many }) => {
    expect(sees(aPerson('UXX'), { roles })).toBe(many);
  });

  it('shows a requester nothing of profiles for others', () => {
    const roles = { viewer: nowhere, requester: { everyone: true } };
    const launchProfiles = [{ ...profile, requesters: { users: ['UOTHER'] } }];

    expect(sees(aPerson('UXX'), { roles, launchProfiles })).toBe(0);
    expect(sees(aPerson('UOTHER'), { roles, launchProfiles })).toBe(1);
  });

  it('shows an outsider nothing, and everybody else everything before the first policy', () => {
    expect(sightOf(null, aPerson('UX', { outsider: 'guest' }))(here)).toBe(false);
    expect(sightOf(null, aPerson('UX'))(elsewhere)).toBe(true);
    expect(sees(aPerson('UX', { outsider: 'bot' }), {})).toBe(0);
  });
});
