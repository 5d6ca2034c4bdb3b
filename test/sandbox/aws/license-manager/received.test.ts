import {
  ListReceivedGrantsCommand,
  ListReceivedLicensesCommand,
} from '@aws-sdk/client-license-manager';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../aws-world.ts';
import { licenseManagerWorld } from './license-manager-world.ts';
import { DAY, HUB, MEMBER, NOW } from './small-cloud.ts';

const world = licenseManagerWorld();

/** A license from a seller, valid for thirty more days, and the grant that brought it. */
function receive(name: string, ProductSKU = 'prod-1') {
  const LicenseArn = `arn:aws:license-manager::294406891311:license:l-${name}`;
  const GrantArn = `arn:aws:license-manager::${MEMBER}:grant:g-${name}`;
  world.state.receivedLicenses.set(LicenseArn, {
    LicenseArn,
    ProductSKU,
    Issuer: { Name: 'AWS/Marketplace', KeyFingerprint: 'aws:key' },
    Status: 'AVAILABLE',
    Beneficiary: HUB,
    Validity: {
      Begin: new Date(NOW - 335 * DAY).toISOString(),
      End: new Date(NOW + 30 * DAY).toISOString(),
    },
  });
  world.state.receivedGrants.set(GrantArn, {
    GrantArn,
    GrantName: name,
    ParentArn: `arn:aws:license-manager::${MEMBER}:grant:g-parent`,
    LicenseArn,
    GranteePrincipalArn: `arn:aws:iam::${HUB}:root`,
    HomeRegion: 'us-east-1',
    GrantStatus: 'PENDING_ACCEPT',
    Version: '1',
    GrantedOperations: ['CheckoutLicense'],
  });
  return { LicenseArn, GrantArn };
}

const licenses = async (input: object = {}) => {
  const { Licenses = [] } = await world.client.send(new ListReceivedLicensesCommand(input));
  return Licenses.map(({ LicenseArn, Status }) => [LicenseArn, Status]);
};
const grants = async (input: object = {}) => {
  const { Grants = [] } = await world.client.send(new ListReceivedGrantsCommand(input));
  return Grants.map(({ GrantName }) => GrantName);
};

describe('received licenses', () => {
  it('expire by the clock', async () => {
    const { LicenseArn } = receive('apm');
    const before = await licenses();
    world.cloud.clock.advance(31 * DAY);

    expect(before).toEqual([[LicenseArn, 'AVAILABLE']]);
    expect(await licenses()).toEqual([[LicenseArn, 'EXPIRED']]);
    expect(await licenses({ Filters: [{ Name: 'Status', Values: ['AVAILABLE'] }] })).toEqual([]);
  });

  it.each([
    [{ Filters: [{ Name: 'ProductSKU', Values: ['prod-2'] }] }, 1],
    [{ Filters: [{ Name: 'IssuerName', Values: ['AWS/Marketplace'] }] }, 2],
    [{ Filters: [{ Name: 'Fingerprint', Values: ['other'] }] }, 0],
    [{ Filters: [{ Name: 'Beneficiary', Values: [HUB] }] }, 2],
    [{ LicenseArns: ['arn:aws:license-manager::294406891311:license:l-apm'] }, 1],
    [{ MaxResults: 1 }, 1],
  ])('by %o are %i', async (input, count) => {
    receive('apm');
    receive('etl', 'prod-2');

    expect(await licenses(input)).toHaveLength(count);
  });

  it.each([[{ MaxResults: 101 }], [{ Filters: [{ Name: 'Issuer', Values: ['x'] }] }]])(
    'refuse %o',
    async (input) => {
      expect(await errorOf(licenses(input))).toMatchObject({
        name: 'InvalidParameterValueException',
      });
    },
  );
});

describe('received grants', () => {
  it.each([
    [{}, ['apm', 'etl']],
    [{ Filters: [{ Name: 'GrantStatus', Values: ['PENDING_ACCEPT'] }] }, ['apm', 'etl']],
    [{ Filters: [{ Name: 'GranterAccountId', Values: [MEMBER] }] }, ['apm', 'etl']],
    [{ Filters: [{ Name: 'ProductSKU', Values: ['prod-2'] }] }, ['etl']],
    [{ Filters: [{ Name: 'LicenseIssuerName', Values: ['other'] }] }, []],
    [
      {
        Filters: [
          {
            Name: 'LicenseArn',
            Values: ['arn:aws:license-manager::294406891311:license:l-apm'],
          },
        ],
      },
      ['apm'],
    ],
  ])('by %o are %o', async (input, expected) => {
    receive('apm');
    receive('etl', 'prod-2');

    expect(await grants(input)).toEqual(expected);
  });
});
