import * as client from '@aws-sdk/client-license-manager';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { licenseManagerSource } from '#adapters/aws/license-manager-source.ts';
import { ReceivedLicense } from '#domain/estate/subscriptions.ts';
import { LicenseConfiguration, LicenseUsage } from '#domain/licenses/license-configuration.ts';
import type { Operations } from '../../../sandbox/aws/wire/service.ts';
import { expectDomain } from './expect-domain.ts';
import { fixed, SCOPE } from './paged-list.ts';
import { scriptedAws } from './scripted-aws.ts';

const ARN = 'arn:aws:license-manager:us-east-1:222233334444:license-configuration:lic-1';

describe('what License Manager answers', () => {
  const aws = scriptedAws();
  afterEach(aws.close);

  async function source(operations: Operations<typeof client>) {
    const settings = await aws.serving(client, operations);
    return licenseManagerSource(() => new client.LicenseManagerClient(settings));
  }

  /** The wire carries what AWS adds tomorrow; today's types do not. */
  function tomorrows<Output>(answer: unknown): () => Output {
    return fixed(z.custom<Output>().parse(answer));
  }

  describe('of configurations', () => {
    async function configuration(differing: object) {
      const LicenseConfigurations = [
        { LicenseConfigurationArn: ARN, Name: 'Oracle', LicenseCountingType: 'vCPU', ...differing },
      ];
      const { configurations } = await source({
        ListLicenseConfigurations: tomorrows({ LicenseConfigurations }),
      });
      const [found] = await configurations(SCOPE);
      expectDomain(LicenseConfiguration, [found]);
      return found;
    }

    it.each`
      differing                             | expected
      ${{ LicenseCountingType: 'Tenant' }}  | ${{ countingType: 'unknown' }}
      ${{ Status: 'SUSPENDED' }}            | ${{ status: 'DISABLED' }}
      ${{ LicenseRules: ['#newRule=yes'] }} | ${{ rules: { unknown: ['#newRule=yes'] } }}
    `('keeps listed what AWS added since: $differing', async ({ differing, expected }) => {
      expect(await configuration(differing)).toMatchObject({ arn: ARN, ...expected });
    });

    it('says what automated discovery looks for', async () => {
      const filter = (name: string, values: string[] | undefined, comparator = 'EQUALS') => ({
        ProductInformationFilterName: name,
        ProductInformationFilterValue: values,
        ProductInformationFilterComparator: comparator,
      });
      const ProductInformationList = [
        {
          ResourceType: 'RDS',
          ProductInformationFilterList: [filter('Engine Edition', ['oracle-ee'])],
        },
        {
          ResourceType: 'SSM_MANAGED',
          ProductInformationFilterList: [
            filter('Application Name', ['Oracle Database 19c', 'Oracle Database 21c']),
            filter('Tag:team', undefined, 'NOT_EQUALS'),
          ],
        },
      ];

      expect((await configuration({ ProductInformationList }))?.discovers).toEqual([
        'Engine Edition=oracle-ee',
        'Application Name=Oracle Database 19c,Oracle Database 21c',
        'Tag:team!=',
      ]);
    });
  });

  it('keeps a resource of a type that AWS added since, with its licenses', async () => {
    const { usage, associations } = await source({
      ListUsageForLicenseConfiguration: tomorrows({
        LicenseConfigurationUsageList: [
          {
            ResourceArn: 'arn:aws:ecs:us-east-1:222233334444:task/7',
            ResourceType: 'ECS_TASK',
            ResourceOwnerId: '222233334444',
            ConsumedLicenses: 4,
          },
        ],
      }),
      ListAssociationsForLicenseConfiguration: tomorrows({
        LicenseConfigurationAssociations: [
          {
            ResourceArn: 'arn:aws:ecs:us-east-1:222233334444:task/7',
            ResourceType: 'ECS_TASK',
            ResourceOwnerId: '222233334444',
          },
        ],
      }),
    });

    const [used] = await usage(SCOPE, ARN);
    expectDomain(LicenseUsage, [used]);
    expect(used).toMatchObject({ resourceId: '7', resourceType: 'UNKNOWN', consumed: 4 });
    expect(await associations(SCOPE, ARN)).toMatchObject([{ resourceType: 'UNKNOWN' }]);
  });

  it.each`
    settings                                                                                             | discovery
    ${{}}                                                                                                | ${{ organization: false, acrossAccounts: false, homeRegion: null, sourceRegions: [] }}
    ${{ OrganizationConfiguration: { EnableIntegration: true }, EnableCrossAccountsDiscovery: true }}    | ${{ organization: true, acrossAccounts: true }}
    ${{ CrossRegionDiscoveryHomeRegion: 'us-east-1', CrossRegionDiscoverySourceRegions: ['eu-west-1'] }} | ${{ homeRegion: 'us-east-1', sourceRegions: ['eu-west-1'] }}
  `('says how far it looks, by its settings $settings', async ({ settings, discovery }) => {
    const { discovery: read } = await source({ GetServiceSettings: fixed(settings) });

    expect(await read(SCOPE)).toMatchObject(discovery);
  });

  it('gives asset groups with the assets of every type', async () => {
    const { assetGroups } = await source({
      ListLicenseAssetGroups: fixed({
        LicenseAssetGroups: [
          {
            LicenseAssetGroupArn: 'arn:group',
            Name: 'SQL Server',
            Status: 'ACTIVE' as const,
            AssociatedLicenseAssetRulesetARNs: [],
            LatestUsageAnalysisTime: new Date('2026-11-22T00:00:00Z'),
          },
        ],
      }),
      ListAssetsForLicenseAssetGroup: (input, _context) => ({
        Assets: [{ AssetArn: `arn:of-type:${input.AssetType}` }],
      }),
    });

    expect(await assetGroups(SCOPE)).toEqual([
      {
        arn: 'arn:group',
        name: 'SQL Server',
        status: 'ACTIVE',
        analyzedAt: new Date('2026-11-22T00:00:00Z'),
        assets: ['arn:of-type:Instance', 'arn:of-type:License', 'arn:of-type:LicenseConfiguration'],
      },
    ]);
  });

  describe('of received licenses', () => {
    const license: client.GrantedLicense = {
      LicenseArn: 'arn:aws:license-manager::294406891311:license:l-1',
      LicenseName: 'Scanner',
      ProductName: 'Scanner Enterprise',
      ProductSKU: 'prod-1',
      Issuer: { Name: 'AWS/Marketplace' },
      Status: 'AVAILABLE',
      Validity: { Begin: '2026-01-01T00:00:00Z', End: '2027-01-01T00:00:00+01:00' },
      Entitlements: [
        { Name: 'Users', Unit: 'Count', MaxCount: 50 },
        { Name: 'Support', Unit: 'None', Value: 'gold' },
      ],
      ReceivedMetadata: { ReceivedStatus: 'PENDING_ACCEPT' },
    };
    const grant = (GrantStatus: client.GrantStatus): client.Grant => ({
      GrantArn: `arn:${GrantStatus}`,
      GrantName: 'grant',
      ParentArn: 'arn',
      LicenseArn: license.LicenseArn,
      GranteePrincipalArn: 'arn',
      HomeRegion: 'us-east-1',
      GrantStatus,
      Version: '1',
      GrantedOperations: [],
    });

    async function received(differing: client.GrantedLicense, Grants: client.Grant[]) {
      const { receivedLicenses } = await source({
        ListReceivedLicenses: fixed({ Licenses: [{ ...license, ...differing }] }),
        ListReceivedGrants: fixed({ Grants }),
      });
      const [found] = await receivedLicenses(SCOPE);
      expectDomain(ReceivedLicense, [found]);
      return found;
    }

    it('says what was granted, by whom and until when', async () => {
      expect(await received({}, [])).toEqual({
        arn: 'arn:aws:license-manager::294406891311:license:l-1',
        name: 'Scanner',
        productName: 'Scanner Enterprise',
        productSku: 'prod-1',
        issuer: 'AWS/Marketplace',
        status: 'AVAILABLE',
        grantStatus: 'PENDING_ACCEPT',
        validFrom: new Date('2026-01-01T00:00:00Z'),
        validTo: new Date('2026-12-31T23:00:00Z'),
        entitlements: [
          { name: 'Users', unit: 'Count', maximum: 50 },
          { name: 'Support', unit: 'None', maximum: null },
        ],
      });
    });

    it.each`
      grants                                  | status
      ${[grant('ACTIVE')]}                    | ${'ACTIVE'}
      ${[grant('DISABLED')]}                  | ${'DISABLED'}
      ${[grant('ACTIVE'), grant('REJECTED')]} | ${'ACTIVE'}
      ${[grant('REJECTED'), grant('ACTIVE')]} | ${'ACTIVE'}
    `('takes the state of the grant: $status', async ({ grants, status }) => {
      expect((await received({}, grants))?.grantStatus).toBe(status);
    });

    it('does not know a time that is none', async () => {
      const found = await received({ Validity: { Begin: 'soon', End: '' } }, []);

      expect(found).toMatchObject({ validFrom: null, validTo: null });
    });
  });
});
