import { describe, expect, it } from 'vitest';
import { matchProfiles } from '#domain/policy/launch-profiles.ts';
import { aPlan, aPolicy, aPolicyDocument, poolId } from '../../builders.ts';

const [profile] = aPolicyDocument().launchProfiles;
const pools = [{ poolId: poolId('1'), name: 'SQL Server 1' }];

function match(
  profiles: readonly object[],
  changes: Partial<Parameters<typeof matchProfiles>[0]> = {},
) {
  const launchProfiles = profiles.map((each) => ({ ...profile, ...each }));
  const question = {
    policy: aPolicy({ launchProfiles }),
    plan: aPlan(),
    interested: { requestedBy: 'UREQUESTER' },
    ...changes,
  };
  const matched = matchProfiles(question, pools);
  return { names: matched.profiles.map(({ name }) => name), reasons: matched.reasons };
}

describe('matchProfiles', () => {
  it.each`
    changes                                                           | reasons
    ${{}}                                                             | ${[]}
    ${{ operations: ['launch', 'start'] }}                            | ${[]}
    ${{ operations: ['start'] }}                                      | ${[{ code: 'operation-not-allowed', operation: 'launch' }]}
    ${{ requesters: { users: ['UREQUESTER'] } }}                      | ${[]}
    ${{ requesters: { users: ['UOTHER'] } }}                          | ${[{ code: 'requester-not-allowed' }]}
    ${{ requesters: {} }}                                             | ${[{ code: 'requester-not-allowed' }]}
    ${{ requesters: { userGroups: ['SDBA'] } }}                       | ${[{ code: 'requester-not-allowed' }]}
    ${{ requesters: { users: ['UOTHER'] }, instanceTypes: ['t3.*'] }} | ${[{ code: 'instance-type-not-allowed' }]}
  `('says $reasons for a profile with $changes', ({ changes, reasons }) => {
    expect(match([changes])).toEqual({ names: reasons.length === 0 ? ['sql'] : [], reasons });
  });

  it.each`
    members                     | names
    ${['UOTHER', 'UREQUESTER']} | ${['sql']}
    ${['UOTHER']}               | ${[]}
  `('lets the members $members of a user group ask: $names', ({ members, names }) => {
    const userGroups = new Map([['SDBA', members]]);

    expect(match([{ requesters: { userGroups: ['SDBA'] } }], { userGroups }).names).toEqual(names);
  });

  it('starts a stopped instance by no template’s name', () => {
    const plan = aPlan({
      action: { operation: 'start', instanceId: 'i-0000000000000000a', attach: [] },
    });

    expect(match([{ launchTemplates: ['other-*'] }], { plan }).reasons).toEqual([]);
  });

  it('finds every profile that allows it', () => {
    const profiles = [{ name: 'a' }, { name: 'b', operations: ['resize'] }, { name: 'c' }];

    expect(match(profiles).names).toEqual(['a', 'c']);
  });
});
