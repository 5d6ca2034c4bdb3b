import { describe, expect, it } from 'vitest';
import { policyChanges } from '#domain/policy-changes.ts';
import { policyWarnings } from '#domain/policy-document.ts';
import { ACCOUNT, aPolicy, aPolicyDocument } from '../builders.ts';

const { roles, launchProfiles, approvals } = aPolicyDocument();
const [profile] = launchProfiles;
const [rule] = approvals;

describe('what a policy changes', () => {
  it('is nothing when both say the same in another order or more words', () => {
    const same = aPolicy({
      roles: { ...roles, requester: { users: ['UOTHER', 'UREQUESTER'] } },
      expiry: { pending: 'P3D' },
    });

    expect(policyChanges(aPolicy(), same)).toEqual([]);
  });

  it.each`
    what                              | changes                                                                                            | section             | name           | kind         | fields
    ${'a person in a role'}           | ${{ roles: { ...roles, requester: { users: ['UREQUESTER', 'UNEW'] } } }}                           | ${'roles'}          | ${'requester'} | ${'changed'} | ${[['users', ['UOTHER'], ['UNEW']]]}
    ${'a role for everybody'}         | ${{ roles: { ...roles, requester: { ...roles.requester, everyone: true } } }}                      | ${'roles'}          | ${'requester'} | ${'changed'} | ${[['everyone', ['false'], ['true']]]}
    ${'an account’s name'}            | ${{ accounts: [{ id: ACCOUNT, name: 'erp', environment: 'production', regions: ['us-east-1'] }] }} | ${'accounts'}       | ${ACCOUNT}     | ${'changed'} | ${[['name', ['erp-production'], ['erp']]]}
    ${'how many at once'}             | ${{ launchProfiles: [{ ...profile, countMaximum: 2 }] }}                                           | ${'launchProfiles'} | ${'sql'}       | ${'changed'} | ${[['countMaximum', ['10'], ['2']]]}
    ${'Regions instead of all'}       | ${{ launchProfiles: [{ ...profile, regions: ['us-east-1'] }] }}                                    | ${'launchProfiles'} | ${'sql'}       | ${'changed'} | ${[['regions', ['(every)'], ['us-east-1']]]}
    ${'who approves'}                 | ${{ approvals: [{ ...rule, approvers: { users: ['U1A'], userGroups: ['S1A'] } }] }}                | ${'approvals'}      | ${'1'}         | ${'changed'} | ${[['approvers', ['approver'], ['U1A', 'S1A']]]}
    ${'a duration of hours'}          | ${{ expiry: { pending: 'P1D' } }}                                                                  | ${'expiry'}         | ${null}        | ${'changed'} | ${[['pending', ['PT72H'], ['PT24H']]]}
    ${'a duration of minutes'}        | ${{ expiry: { approved: 'PT90M' } }}                                                               | ${'expiry'}         | ${null}        | ${'changed'} | ${[['approved', ['PT1H'], ['PT90M']]]}
    ${'a duration of seconds'}        | ${{ thresholds: { figuresOldAfter: 'PT1M30S' } }}                                                  | ${'thresholds'}     | ${null}        | ${'changed'} | ${[['figuresOldAfter', ['PT1H'], ['PT90S']]]}
    ${'a limit'}                      | ${{ limits: { openHoldsPerPerson: 9 } }}                                                           | ${'limits'}         | ${null}        | ${'changed'} | ${[['openHoldsPerPerson', ['3'], ['9']]]}
    ${'the whole organization'}       | ${{ organization: { regions: ['us-east-1'] } }}                                                    | ${'organization'}   | ${null}        | ${'added'}   | ${[['regions', [], ['us-east-1']]]}
    ${'an auto-approval that is new'} | ${{ autoApproval: [{ upToLicenses: 4 }] }}                                                         | ${'autoApproval'}   | ${'1'}         | ${'added'}   | ${[['profiles', [], ['(every)']], ['pools', [], ['*']], ['upToLicenses', [], ['4']]]}
  `('is $what', ({ changes, section, name, kind, fields }) => {
    expect(policyChanges(aPolicy(), aPolicy(changes))).toEqual([
      {
        section,
        name,
        kind,
        fields: fields.map(([field, removed, added]: [string, string[], string[]]) => ({
          field,
          removed,
          added,
        })),
      },
    ]);
  });

  it('is what comes and what goes when a profile gets another name', () => {
    const renamed = aPolicy({ launchProfiles: [{ ...profile, name: 'db' }] });

    expect(policyChanges(aPolicy(), renamed)).toMatchObject([
      { section: 'launchProfiles', name: 'db', kind: 'added' },
      { section: 'launchProfiles', name: 'sql', kind: 'removed' },
    ]);
  });

  it('is everything for the first policy', () => {
    const changes = policyChanges(null, aPolicy());

    expect(changes.every(({ kind }) => kind === 'added')).toBe(true);
    expect(new Set(changes.map(({ section }) => section))).toEqual(
      new Set([
        'roles',
        'accounts',
        'launchProfiles',
        'approvals',
        'expiry',
        'limits',
        'thresholds',
      ]),
    );
  });
});

describe('a policy that would be the last', () => {
  it.each`
    administrator                       | warned
    ${{}}                               | ${true}
    ${{ users: ['UADMIN'] }}            | ${true}
    ${{ users: ['UADMIN', 'UADMIN'] }}  | ${true}
    ${{ users: ['UADMIN', 'UADMIN2'] }} | ${false}
    ${{ userGroups: ['S0ADMINS'] }}     | ${false}
  `('is warned of with $administrator: $warned', ({ administrator, warned }) => {
    const paths = policyWarnings(aPolicy({ roles: { ...roles, administrator } }));

    expect(paths.map(({ path }) => path)).toEqual(warned ? ['roles.administrator'] : []);
  });
});
