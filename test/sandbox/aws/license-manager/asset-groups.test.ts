import type { RuleStatement } from '@aws-sdk/client-license-manager';
import {
  GetLicenseAssetGroupCommand,
  GetLicenseAssetRulesetCommand,
  ListAssetsForLicenseAssetGroupCommand,
  ListLicenseAssetGroupsCommand,
  ListLicenseAssetRulesetsCommand,
} from '@aws-sdk/client-license-manager';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../aws-world.ts';
import { conforms } from '../conformance.ts';
import { licenseManagerWorld } from './license-manager-world.ts';
import { aConfiguration, arnOf, DAY, launch, MEMBER, NOW, REGION } from './small-cloud.ts';

const world = licenseManagerWorld();
const GROUP = `arn:aws:license-manager:${REGION}:111122223333:license-asset-group:lag-1`;
const OURS = `arn:aws:license-manager:${REGION}:111122223333:license-asset-ruleset:rs-1`;
const AWS_OWN = `arn:aws:license-manager:${REGION}::license-asset-ruleset:rs-2`;

const key = (KeyToMatch: string, ...ValueToMatch: string[]) => ({
  KeyToMatch,
  Constraint: 'EQUALS',
  ValueToMatch,
});

/** A group with one ruleset of one rule. */
function group(statement: RuleStatement, ruleset = OURS) {
  world.state.licenseAssetRulesets.set(ruleset, {
    LicenseAssetRulesetArn: ruleset,
    Name: 'rules',
    Rules: [{ RuleStatement: statement }],
  });
  world.state.licenseAssetGroups.set(GROUP, {
    LicenseAssetGroupArn: GROUP,
    Name: 'group',
    AssociatedLicenseAssetRulesetARNs: [ruleset],
    Status: 'ACTIVE',
  });
}

const assets = async (AssetType = 'Instance') => {
  const { Assets = [] } = await world.client.send(
    new ListAssetsForLicenseAssetGroupCommand({ LicenseAssetGroupArn: GROUP, AssetType }),
  );
  return Assets.map(({ AssetArn }) => AssetArn);
};

const LONG_AGO = { LaunchTime: new Date(NOW - 30 * DAY) };

describe('a license asset group', () => {
  it('takes the instances of every account that its rules match, once discovery saw them', async () => {
    group({
      InstanceRuleStatement: {
        MatchingRuleStatement: key('EC2BillingProduct', 'sql-server-standard', 'rhel'),
      },
    });
    const member = world.cloud.region(MEMBER, REGION);
    const sql = launch(world.cloud, member, [], {
      ...LONG_AGO,
      UsageOperation: 'RunInstances:0006',
    });
    const rhel = launch(world.cloud, world.state, [], {
      ...LONG_AGO,
      UsageOperation: 'RunInstances:0010',
    });
    launch(world.cloud, world.state, [], { ...LONG_AGO, UsageOperation: 'RunInstances:0002' });
    launch(world.cloud, world.state, [], { UsageOperation: 'RunInstances:0010' });

    expect((await assets()).sort()).toEqual([arnOf(world.state, rhel), arnOf(member, sql)].sort());
  });

  it.each([
    ['every condition', 'AndRuleStatement', 0],
    ['one of them', 'OrRuleStatement', 1],
  ] as const)('asks for %s', async (_, kind, count) => {
    const statements = [key('InstanceType', 'c5.large'), key('AccountId', world.state.account)];
    group({ InstanceRuleStatement: { [kind]: { MatchingRuleStatements: statements } } });
    launch(world.cloud, world.state, [], LONG_AGO);

    expect(await assets()).toHaveLength(count);
  });

  it('takes configurations and licenses by rules of their own', async () => {
    const record = aConfiguration(world.state);
    group({
      LicenseConfigurationRuleStatement: {
        MatchingRuleStatement: { ...key('AccountId', MEMBER), Constraint: 'NOT_EQUALS' },
      },
    });

    expect(await assets('LicenseConfiguration')).toEqual([record.LicenseConfigurationArn]);
    expect(await assets('License')).toEqual([]);
    expect(await errorOf(assets('Host'))).toMatchObject({ name: 'InvalidParameterValueException' });
  });

  it('says that its scripts are not run', async () => {
    group({
      InstanceRuleStatement: { ScriptRuleStatement: { KeyToMatch: 'Platform', Script: 'x' } },
    });
    launch(world.cloud, world.state, [], LONG_AGO);

    expect(await errorOf(assets())).toMatchObject({ name: 'NotSimulated' });
  });

  it('is read with its ruleset, which AWS may own', async () => {
    group({}, AWS_OWN);
    const list = (ShowAWSManagedLicenseAssetRulesets: boolean) =>
      world.client.send(
        new ListLicenseAssetRulesetsCommand({ ShowAWSManagedLicenseAssetRulesets }),
      );
    const groups = await world.client.send(new ListLicenseAssetGroupsCommand({}));
    const one = await world.client.send(
      new GetLicenseAssetGroupCommand({ LicenseAssetGroupArn: GROUP }),
    );
    const ruleset = await world.client.send(
      new GetLicenseAssetRulesetCommand({ LicenseAssetRulesetArn: AWS_OWN }),
    );

    expect(groups.LicenseAssetGroups).toEqual([one.LicenseAssetGroup]);
    expect(one.LicenseAssetGroup?.LatestUsageAnalysisTime).toEqual(
      new Date('2026-11-22T13:00:00Z'),
    );
    expect(ruleset.LicenseAssetRuleset?.Name).toBe('rules');
    expect((await list(false)).LicenseAssetRulesets).toEqual([]);
    expect((await list(true)).LicenseAssetRulesets).toHaveLength(1);
  });

  it('is nothing that a member sees, and nothing that is not there', async () => {
    const byMember = world.asMember('ListLicenseAssetGroups', {});

    await expect(byMember).rejects.toMatchObject({ code: 'AccessDeniedException' });
    expect(await errorOf(assets())).toMatchObject({ name: 'InvalidParameterValueException' });
  });

  it("answers as AWS's model says", async () => {
    group({});
    const play = (operation: string, input: object) =>
      world.server.call({ service: 'license-manager', operation, input });
    const calls: [string, object][] = [
      ['ListLicenseAssetGroups', {}],
      ['GetLicenseAssetGroup', { LicenseAssetGroupArn: GROUP }],
      ['ListAssetsForLicenseAssetGroup', { LicenseAssetGroupArn: GROUP, AssetType: 'Instance' }],
      ['ListLicenseAssetRulesets', {}],
      ['GetLicenseAssetRuleset', { LicenseAssetRulesetArn: OURS }],
    ];
    for (const [operation, input] of calls) {
      const output = await play(operation, input);
      expect(conforms('license-manager', operation, 'output', output), operation).toEqual([]);
    }
  });
});
