import { describe, expect, it } from 'vitest';
import type { GroupMembers } from '#domain/policy/approval-rules.ts';
import { namedChannels } from '#domain/policy/named-channels.ts';
import { namedUserGroups } from '#domain/policy/named-user-groups.ts';
import { policyWarnings } from '#domain/policy/policy-document.ts';
import { ACCOUNT, aPolicy, aPolicyDocument, poolId } from '../../builders.ts';

const OTHER = '333344445555';
const document = aPolicyDocument();
const [profile] = document.launchProfiles;
const [account] = document.accounts;

function aRule(name: string, changes: object = {}) {
  return { name, levels: [{ approvers: 'approver' }], channel: 'C0APPROVAL', ...changes };
}

/** Warnings of a policy whose only fault is what the changes bring, by their paths. */
function warnings(changes: object, userGroups: GroupMembers | null = null) {
  const policy = aPolicy({
    roles: { ...document.roles, administrator: { users: ['UADMIN', 'UADMIN2'] } },
    ...changes,
  });
  return policyWarnings(policy, userGroups).map(({ path, message }) => `${path}: ${message}`);
}

describe('a policy without faults', () => {
  it('is warned of nothing', () => {
    expect(warnings({})).toEqual([]);
  });
});

describe('rules that conflict', () => {
  const both = 'Write a rule that is more specific than both: a and b match alike, and refuse,';

  it.each`
    one                           | other                          | example
    ${{ pools: ['SQL Server*'] }} | ${{ pools: ['*Enterprise'] }}  | ${'SQL Server…Enterprise'}
    ${{ pools: ['SQL *'] }}       | ${{ accounts: [ACCOUNT] }}     | ${'SQL …'}
    ${{ minimumLicenses: 8 }}     | ${{ minimumMonthlyUsd: 100 }}  | ${'SQL …'}
    ${{ operations: ['start'] }}  | ${{ pools: ['SQL *'] }}        | ${'SQL …'}
    ${{ pools: ['SQL *'] }}       | ${{ pools: ['sql *'] }}        | ${'SQL …'}
    ${{ pools: [poolId('1')] }}   | ${{ pools: ['SQL Server 1'] }} | ${'SQL Server 1'}
  `('are $one and $other', ({ one, other, example }) => {
    const operation = one.operations?.[0] ?? 'launch';
    const rest = aRule('rest');

    for (const approvals of [
      [aRule('a', one), aRule('b', other), rest],
      [rest, aRule('a', one), aRule('b', other)],
    ]) {
      expect(warnings({ approvals })).toEqual([
        `approvals[${approvals.findIndex(({ name }) => name === 'a')}]: ${both} a ${operation} in erp-production on ${example}`,
      ]);
    }
  });

  it.each`
    one                           | other                                                           | because
    ${{ pools: ['SQL Server*'] }} | ${{ pools: ['SQL*'], minimumLicenses: 0, accounts: [ACCOUNT] }} | ${'one is closer in one, and as close in the other'}
    ${{ operations: ['start'] }}  | ${{ operations: ['launch'] }}                                   | ${'no operation is both'}
    ${{ minimumLicenses: 8 }}     | ${{ minimumLicenses: 16 }}                                      | ${'more licenses are closer'}
  `('are not $one and $other: $because', ({ one, other }) => {
    const approvals = [aRule('a', one), aRule('b', other), aRule('rest')];

    expect(warnings({ approvals }).join()).not.toContain(both);
  });

  it('are none where a third is more specific than both', () => {
    const approvals = [
      aRule('a', { pools: ['SQL *'] }),
      aRule('b', { accounts: [ACCOUNT] }),
      aRule('c', { pools: ['SQL *'], accounts: [ACCOUNT] }),
      aRule('rest'),
    ];

    expect(
      warnings({ approvals }).filter((text) => text.includes('more specific than both')),
    ).toEqual([]);
  });

  it('are none in different accounts', () => {
    const approvals = [
      aRule('a', { pools: ['SQL *'], accounts: [ACCOUNT] }),
      aRule('b', { pools: ['SQL *'], accounts: [OTHER] }),
    ];
    const accounts = [account, { ...account, id: OTHER, name: 'test' }];
    const launchProfiles = [{ ...profile, accounts: [ACCOUNT, OTHER] }];

    expect(warnings({ approvals, accounts, launchProfiles })).toEqual([]);
  });

  it('are those of two pools that one profile allows together', () => {
    const approvals = [aRule('a', { pools: ['SQL *'] }), aRule('b', { pools: ['Windows*'] })];
    const launchProfiles = [{ ...profile, pools: ['SQL Server*', 'Windows Server*'] }];

    expect(warnings({ approvals, launchProfiles })).toEqual([
      `approvals[0]: ${both} a launch in erp-production on SQL Server… and Windows Server…`,
    ]);
    expect(
      warnings({
        approvals,
        launchProfiles: [profile, { ...profile, name: 'w', pools: ['Windows*'] }],
      }),
    ).toEqual([]);
  });
});

describe('rules that never count', () => {
  it.each`
    rule                                                           | because
    ${aRule('a', { pools: ['Oracle*'] })}                          | ${'no profile allows these pools'}
    ${aRule('a', { accounts: [OTHER] })}                           | ${'no profile allows this account'}
    ${aRule('a', { accounts: [ACCOUNT], environments: ['test'] })} | ${'the account is of another environment'}
  `('are for nothing: $because', ({ rule }) => {
    const accounts = [account, { ...account, id: OTHER, environment: 'test' }];

    expect(warnings({ accounts, approvals: [rule, aRule('rest')] })).toEqual([
      'approvals[0]: Change or remove this rule: neither launch profiles nor changes allow anything that it is for',
    ]);
  });

  it('are for an operation that no profile allows', () => {
    const launchProfiles = [{ ...profile, operations: ['launch'] }];
    const approvals = [aRule('a', { operations: ['start', 'resize'] }), aRule('rest')];

    expect(warnings({ launchProfiles, approvals })).toHaveLength(1);
  });

  it('are less specific than another in everything that comes to them', () => {
    const approvals = [aRule('all'), aRule('sql', { pools: ['S*'] })];

    expect(warnings({ approvals })).toEqual([
      'approvals[0]: Change or remove this rule: it never counts, because sql is always more specific',
    ]);
  });
});

describe('launches that no rule is for', () => {
  const none = (example: string) =>
    `launchProfiles[0]: Write an approval rule for it: none is for ${example}, and it is refused`;

  it.each`
    approvals                                    | autoApproval             | warned
    ${[aRule('a', { pools: ['SQL Server 1'] })]} | ${[]}                    | ${[none('a launch in erp-production on SQL …')]}
    ${[aRule('a', { minimumLicenses: 8 })]}      | ${[]}                    | ${[none('a launch in erp-production on SQL …')]}
    ${[aRule('a', { minimumLicenses: 8 })]}      | ${[{ upToLicenses: 7 }]} | ${[]}
    ${[aRule('a', { minimumLicenses: 8 })]}      | ${[{ upToLicenses: 4 }]} | ${[none('a launch in erp-production on SQL …')]}
    ${[aRule('a', { operations: ['launch'] })]}  | ${[]}                    | ${[none('a start in erp-production on SQL …')]}
  `('are found with $autoApproval: $warned', ({ approvals, autoApproval, warned }) => {
    expect(warnings({ approvals, autoApproval })).toEqual(warned);
  });
});

describe('changes of what is there', () => {
  const changes = [{ name: 'all', operations: ['stop', 'move'], accounts: [ACCOUNT] }];

  it.each`
    approvals                                                                                                                              | warned
    ${[aRule('a')]}                                                                                                                        | ${[]}
    ${[aRule('a', { operations: ['stop'] }), aRule('rest')]}                                                                               | ${[]}
    ${[aRule('a', { operations: ['launch', 'start', 'resize', 'scale', 'stop'] })]}                                                        | ${['a request to move in erp-production without a pool']}
    ${[aRule('a', { operations: ['stop', 'move'] }), aRule('sql', { pools: ['S*'], operations: ['launch', 'start', 'resize', 'scale'] })]} | ${[]}
  `('need a rule of their own, or one for all: $warned', ({ approvals, warned }) => {
    const found = warnings({ approvals, changes }).filter((text) => text.startsWith('changes'));
    expect(found).toEqual(
      warned.map(
        (example: string) =>
          `changes[0]: Write an approval rule for it: none is for ${example}, and it is refused`,
      ),
    );
  });

  it('that draw on no pool come to no rule for some pools alone', () => {
    const approvals = [aRule('a', { pools: ['S*'] }), aRule('b', { operations: ['start'] })];
    const pools = [{ ...profile, pools: ['S*'] }];

    expect(
      warnings({
        approvals,
        changes: [{ ...changes[0], operations: ['stop'] }],
        launchProfiles: pools,
      }).filter((text) => text.startsWith('changes')),
    ).toEqual([expect.stringContaining('a request to stop in erp-production without a pool')]);
  });
});

describe('approvers', () => {
  const stuck = (who: string) =>
    `approvals[0].levels: Write somebody else too: nobody approves their own request, and nobody could approve those of ${who}`;

  it.each`
    levels                                                              | warned
    ${[{ approvers: { users: ['UREQUESTER'] } }]}                       | ${[stuck('UREQUESTER')]}
    ${[{ approvers: { users: ['UREQUESTER', 'UOTHER'] }, quorum: 2 }]}  | ${[stuck('UOTHER, UREQUESTER')]}
    ${[{ approvers: { users: ['UREQUESTER', 'UAPPROVER'] } }]}          | ${[]}
    ${[{ approvers: { users: ['UAPPROVER'] } }]}                        | ${[]}
    ${[{ approvers: { users: ['UREQUESTER'], userGroups: ['SDBA'] } }]} | ${[]}
  `('who request too are warned of: $warned', ({ levels, warned }) => {
    expect(warnings({ approvals: [aRule('a', { levels })] })).toEqual(warned);
  });

  it('are everybody who approves, where everybody requests', () => {
    const roles = {
      ...document.roles,
      administrator: { users: ['UADMIN', 'UADMIN2'] },
      requester: { everyone: true },
    };
    const approvals = [aRule('a', { levels: [{ approvers: { users: ['UBOSS'] } }] })];

    expect(warnings({ roles, approvals })).toEqual([stuck('UBOSS')]);
  });

  it.each`
    members                    | warned
    ${['UBOSS', 'UBOSS2']}     | ${[]}
    ${['UBOSS']}               | ${['approvals[0].levels: Write more people: one person fills one seat, and these cannot fill all 2']}
    ${['UREQUESTER', 'UBOSS']} | ${[stuck('UREQUESTER')]}
  `('of a user group with $members: $warned', ({ members, warned }) => {
    const levels = [{ approvers: { userGroups: ['SDBA'] }, quorum: 2 }];
    const approvals = [aRule('a', { levels })];

    expect(warnings({ approvals }, new Map([['SDBA', members]]))).toEqual(warned);
    expect(warnings({ approvals })).toEqual([]);
  });
});

describe('what would come after a request has expired', () => {
  it('is warned of', () => {
    const escalation = { after: 'PT72H', to: { users: ['UBOSS'] } };
    const late = 'Write a shorter time than expiry.pending: the request would be over by then';

    expect(
      warnings({ approvals: [aRule('a', { escalation, reminders: { after: 'P3D' } })] }),
    ).toEqual([`approvals[0].reminders.after: ${late}`, `approvals[0].escalation.after: ${late}`]);
    expect(warnings({ approvals: [aRule('a', { reminders: { after: 'P3D', most: 0 } })] })).toEqual(
      [],
    );
  });
});

describe('namedUserGroups', () => {
  it('are all that asking and approving may depend on', () => {
    const policy = aPolicy({
      roles: { viewer: { userGroups: ['SVIEW'] }, approver: { userGroups: ['SBOTH'] } },
      launchProfiles: [{ ...profile, requesters: { userGroups: ['SREQ'] } }],
      approvals: [
        aRule('a', {
          levels: [
            { approvers: { userGroups: ['SDBA', 'SBOTH'] }, silent: { userGroups: ['SQUIET'] } },
          ],
          escalation: { after: 'PT8H', to: { userGroups: ['SCALL'] } },
        }),
      ],
    });

    expect(namedUserGroups(policy)).toEqual(['SBOTH', 'SCALL', 'SDBA', 'SQUIET', 'SREQ', 'SVIEW']);
  });
});

describe('a channel that people of another organization see (T06)', () => {
  const policy = aPolicy({
    approvals: [aRule('a'), aRule('b', { channel: 'C0OTHER', pools: ['SQL *'] })],
    override: { people: { users: ['UADMIN'] }, channel: 'C0APPROVAL' },
  });
  const paths = (shared: readonly string[]) =>
    policyWarnings(policy, null, new Set(shared))
      .filter(({ message }) => message.startsWith('Write another channel, or end its sharing'))
      .map(({ path }) => path);

  it('is named wherever the policy has it', () => {
    expect(paths(['C0APPROVAL'])).toEqual(['approvals[0].channel', 'override.channel']);
    expect(paths(['C0OTHER'])).toEqual(['approvals[1].channel']);
    expect(paths(['C0ELSEWHERE'])).toEqual([]);
  });

  it('is asked for once, whether or not policy has an override', () => {
    expect(namedChannels(policy)).toEqual(['C0APPROVAL', 'C0OTHER']);
    expect(namedChannels(aPolicy())).toEqual(['C0APPROVAL']);
  });
});
