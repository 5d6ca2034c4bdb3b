import { describe, expect, it } from 'vitest';
import type { ReceivedLicense, UserSubscription } from '#domain/estate/subscriptions.ts';
import { otherLicenses } from '#domain/licenses/other-licenses.ts';
import { aShard, NOW } from '../../builders.ts';

function aLicense(changes: Partial<ReceivedLicense> = {}): ReceivedLicense {
  return {
    arn: 'arn:x',
    name: 'x',
    productName: 'Firewall',
    productSku: null,
    issuer: 'Seller',
    status: 'AVAILABLE',
    grantStatus: 'ACTIVE',
    validFrom: null,
    validTo: null,
    entitlements: [],
    ...changes,
  };
}

function aUser(username: string, changes: Partial<UserSubscription> = {}): UserSubscription {
  return {
    username,
    domain: null,
    product: 'VISUAL_STUDIO_PROFESSIONAL',
    status: 'SUBSCRIBED',
    startedAt: null,
    endsAt: null,
    instanceIds: ['i-1'],
    ...changes,
  };
}

describe('licenses beside pools', () => {
  it.each([
    ['available and accepted', {}, true],
    ['available, of a grant that AWS does not show', { grantStatus: null }, true],
    ['valid until tomorrow', { validTo: new Date('2026-11-23T09:30:00Z') }, true],
    ['valid until now', { validTo: NOW }, false],
    ['expired in AWS’s words', { status: 'EXPIRED' }, false],
    ['not accepted yet', { grantStatus: 'PENDING_ACCEPT' }, false],
  ])('that are %s: usable %s', (_name, changes, usable) => {
    const { granted } = otherLicenses([aShard({ receivedLicenses: [aLicense(changes)] })], NOW);

    expect(granted).toMatchObject([{ product: 'Firewall', issuer: 'Seller', usable }]);
  });

  it('count users by product, and name those who use no instance', () => {
    const userSubscriptions = [
      aUser('ada'),
      aUser('bob', { instanceIds: [] }),
      aUser('eve', { status: 'UNSUBSCRIBED', instanceIds: [] }),
      aUser('kim', { product: 'OFFICE' }),
    ];

    expect(otherLicenses([aShard({ userSubscriptions })], NOW).users).toMatchObject([
      { product: 'VISUAL_STUDIO_PROFESSIONAL', subscribed: 2, withoutInstance: ['bob'] },
      { product: 'OFFICE', subscribed: 1, withoutInstance: [] },
    ]);
  });
});
