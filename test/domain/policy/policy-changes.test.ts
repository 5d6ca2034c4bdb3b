import { describe, expect, it } from 'vitest';
import { policyChanges } from '#domain/policy/policy-changes.ts';
import { policyWarnings } from '#domain/policy/policy-document.ts';
import { ACCOUNT, aPolicy, aPolicyDocument } from '../../builders.ts';

const { roles, launchProfiles, approvals } = aPolicyDocument();
const [profile] = launchProfiles;
const [rule] = approvals;
const PRODUCT = {
  id: 'tableau',
  name: 'Tableau',
  vendor: 'Salesforce',
  installedAs: ['Tableau*'],
  counts: 'core',
  source: 'order form',
  asOf: '2025-12-02',
};

describe('what a policy changes', () => {
  it('is nothing when both say the same in another order or more words', () => {
    const same = aPolicy({
      roles: { ...roles, requester: { users: ['UOTHER', 'UREQUESTER'] } },
      expiry: { pending: 'P3D' },
    });

    expect(policyChanges(aPolicy(), same)).toEqual([]);
  });

  it.each`
    what                              | changes                                                                                              | section             | name                                    | kind         | fields
    ${'a person in a role'}           | ${{ roles: { ...roles, requester: { users: ['UREQUESTER', 'UNEW'] } } }}                             | ${'roles'}          | ${'requester'}                          | ${'changed'} | ${[['users', ['UOTHER'], ['UNEW']]]}
    ${'a role for everybody'}         | ${{ roles: { ...roles, requester: { ...roles.requester, everyone: true } } }}                        | ${'roles'}          | ${'requester'}                          | ${'changed'} | ${[['everyone', ['false'], ['true']]]}
    ${'an account’s name'}            | ${{ accounts: [{ id: ACCOUNT, name: 'erp', environment: 'production', regions: ['us-east-1'] }] }}   | ${'accounts'}       | ${ACCOUNT}                              | ${'changed'} | ${[['name', ['erp-production'], ['erp']]]}
    ${'how many at once'}             | ${{ launchProfiles: [{ ...profile, countMaximum: 2 }] }}                                             | ${'launchProfiles'} | ${'sql'}                                | ${'changed'} | ${[['countMaximum', ['10'], ['2']]]}
    ${'Regions instead of all'}       | ${{ launchProfiles: [{ ...profile, regions: ['us-east-1'] }] }}                                      | ${'launchProfiles'} | ${'sql'}                                | ${'changed'} | ${[['regions', ['(every)'], ['us-east-1']]]}
    ${'who approves'}                 | ${{ approvals: [{ ...rule, levels: [{ approvers: { users: ['U1A'], userGroups: ['S1A'] } }] }] }}    | ${'approvals'}      | ${'one'}                                | ${'changed'} | ${[['levels[0].approvers', ['approver'], []], ['levels[0].approvers.users', [], ['U1A']], ['levels[0].approvers.userGroups', [], ['S1A']]]}
    ${'another level'}                | ${{ approvals: [{ ...rule, levels: [{ approvers: 'approver' }, { approvers: 'administrator' }] }] }} | ${'approvals'}      | ${'one'}                                | ${'changed'} | ${[['levels[1].approvers', [], ['administrator']], ['levels[1].quorum', [], ['1']]]}
    ${'when others are called in'}    | ${{ approvals: [{ ...rule, escalation: { after: 'PT90M', to: { users: ['U1A'] } } }] }}              | ${'approvals'}      | ${'one'}                                | ${'changed'} | ${[['escalation.after', [], ['PT90M']], ['escalation.to.users', [], ['U1A']]]}
    ${'where a rule is for'}          | ${{ approvals: [{ ...rule, environments: ['production'] }] }}                                        | ${'approvals'}      | ${'one'}                                | ${'changed'} | ${[['environments', ['(every)'], ['production']]]}
    ${'who may ask'}                  | ${{ launchProfiles: [{ ...profile, requesters: { users: ['U1A'] } }] }}                              | ${'launchProfiles'} | ${'sql'}                                | ${'changed'} | ${[['requesters', ['(every)'], []], ['requesters.users', [], ['U1A']]]}
    ${'what viewers see'}             | ${{ roles: { ...roles, viewer: { everyone: true, accounts: [ACCOUNT] } } }}                          | ${'roles'}          | ${'viewer'}                             | ${'changed'} | ${[['accounts', ['(every)'], [ACCOUNT]]]}
    ${'an override'}                  | ${{ override: { people: { users: ['U1A'] }, channel: 'C1A' } }}                                      | ${'override'}       | ${null}                                 | ${'added'}   | ${[['accounts', [], ['(every)']], ['people.users', [], ['U1A']], ['channel', [], ['C1A']], ['reviewWithin', [], ['PT24H']]]}
    ${'quiet hours'}                  | ${{ quietHours: { timeZone: 'UTC', from: '18:00', to: '08:00' } }}                                   | ${'quietHours'}     | ${null}                                 | ${'added'}   | ${[['timeZone', [], ['UTC']], ['from', [], ['18:00']], ['to', [], ['08:00']]]}
    ${'for whom a principal acts'}    | ${{ identities: [{ principal: 'arn:aws:iam::222233334444:user/ada', person: 'U1A' }] }}              | ${'identities'}     | ${'arn:aws:iam::222233334444:user/ada'} | ${'added'}   | ${[['person', [], ['U1A']], ['mayApprove', [], ['true']]]}
    ${'a budget'}                     | ${{ budgets: [{ monthlyUsd: 500 }] }}                                                                | ${'budgets'}        | ${'1'}                                  | ${'added'}   | ${[['accounts', [], ['(every)']], ['monthlyUsd', [], ['500']]]}
    ${'who may use a command'}        | ${{ commands: { audit: ['auditor'] } }}                                                              | ${'commands'}       | ${'audit'}                              | ${'added'}   | ${[['roles', [], ['auditor']]]}
    ${'an end to launches'}           | ${{ limits: { longestDays: 30 } }}                                                                   | ${'limits'}         | ${null}                                 | ${'changed'} | ${[['longestDays', ['(unlimited)'], ['30']]]}
    ${'how resources are marked'}     | ${{ licensing: { ownerTag: 'Team' } }}                                                               | ${'licensing'}      | ${null}                                 | ${'changed'} | ${[['ownerTag', ['Owner'], ['Team']]]}
    ${'a duration of hours'}          | ${{ expiry: { pending: 'P1D' } }}                                                                    | ${'expiry'}         | ${null}                                 | ${'changed'} | ${[['pending', ['PT72H'], ['PT24H']]]}
    ${'a duration of minutes'}        | ${{ expiry: { approved: 'PT90M' } }}                                                                 | ${'expiry'}         | ${null}                                 | ${'changed'} | ${[['approved', ['PT1H'], ['PT90M']]]}
    ${'a duration of seconds'}        | ${{ thresholds: { figuresOldAfter: 'PT1M30S' } }}                                                    | ${'thresholds'}     | ${null}                                 | ${'changed'} | ${[['figuresOldAfter', ['PT1H'], ['PT90S']]]}
    ${'a limit'}                      | ${{ limits: { openHoldsPerPerson: 9 } }}                                                             | ${'limits'}         | ${null}                                 | ${'changed'} | ${[['openHoldsPerPerson', ['3'], ['9']]]}
    ${'what may be changed'}          | ${{ changes: [{ name: 'stops', operations: ['stop'], accounts: [ACCOUNT] }] }}                       | ${'changes'}        | ${'stops'}                              | ${'added'}   | ${[['regions', [], ['(every)']], ['requesters', [], ['(every)']], ['operations', [], ['stop']], ['accounts', [], [ACCOUNT]]]}
    ${'the whole organization'}       | ${{ organization: { regions: ['us-east-1'] } }}                                                      | ${'organization'}   | ${null}                                 | ${'added'}   | ${[['regions', [], ['us-east-1']]]}
    ${'an auto-approval that is new'} | ${{ autoApproval: [{ upToLicenses: 4 }] }}                                                           | ${'autoApproval'}   | ${'1'}                                  | ${'added'}   | ${[['profiles', [], ['(every)']], ['upToCount', [], ['(unlimited)']], ['upToMonthlyUsd', [], ['(unlimited)']], ['pools', [], ['*']], ['upToLicenses', [], ['4']]]}
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

  it('is each product of its own by itself', () => {
    const before = aPolicy({ licensing: { products: [PRODUCT, { ...PRODUCT, id: 'power-bi' }] } });
    const after = aPolicy({
      licensing: {
        products: [
          { ...PRODUCT, minimum: 4 },
          { ...PRODUCT, id: 'power-bi' },
        ],
      },
    });

    expect(policyChanges(before, after)).toEqual([
      {
        section: 'licensing',
        name: 'tableau',
        kind: 'changed',
        fields: [{ field: 'minimum', removed: ['0'], added: ['4'] }],
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
        'licensing',
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
