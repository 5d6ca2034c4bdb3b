import { describe, expect, it } from 'vitest';
import { whyNotLook } from '#domain/roles.ts';
import { aPerson, aPolicy } from '../builders.ts';

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
