import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Duration } from '#domain/duration.ts';
import { DAY_MS, HOUR_MS } from '#domain/instant.ts';
import { parsePolicy } from '#domain/policy-document.ts';
import { ACCOUNT, aPolicyDocument } from '../builders.ts';

const [profile] = aPolicyDocument().launchProfiles;
const [account] = aPolicyDocument().accounts;
const [approval] = aPolicyDocument().approvals;

describe('parsePolicy', () => {
  it('fills in what a document leaves out', () => {
    const parsed = parsePolicy(aPolicyDocument());

    expect(parsed).toMatchObject({
      ok: true,
      policy: {
        roles: {
          viewer: { everyone: true },
          requester: { everyone: false },
          auditor: { users: [], userGroups: [] },
        },
        approvals: [{ pools: ['*'], minimumLicenses: 0, quorum: 1 }],
        autoApproval: [],
        expiry: { pending: 72 * HOUR_MS, approved: HOUR_MS },
        limits: { openHoldsPerPerson: 3, unapprovedPercentOfFree: 50, countPerRequest: 20 },
        thresholds: { nearlyFullPercent: 90, expiresSoonDays: 30, figuresOldAfter: HOUR_MS },
      },
    });
  });

  it('takes approvers as a role or as a list of people and user groups', () => {
    const approvers = { users: ['U0APPROVE1'], userGroups: ['S0SQLDBAS'] };

    const parsed = parsePolicy(aPolicyDocument({ approvals: [{ ...approval, approvers }] }));

    expect(parsed).toMatchObject({ ok: true, policy: { approvals: [{ approvers }] } });
  });

  it.each`
    changes                                                                     | path                                  | message
    ${{ version: 2 }}                                                           | ${'version'}                          | ${'Write 1: it is the only version there is'}
    ${{ rolls: {} }}                                                            | ${''}                                 | ${'Remove rolls: there is no such field'}
    ${{ roles: undefined }}                                                     | ${'roles'}                            | ${'Write this field: it is missing'}
    ${{ accounts: 'all' }}                                                      | ${'accounts'}                         | ${'Write a list'}
    ${{ accounts: [7] }}                                                        | ${'accounts[0]'}                      | ${'Write a section with fields'}
    ${{ accounts: [{ ...account, id: '1234' }] }}                               | ${'accounts[0].id'}                   | ${'An AWS account id has twelve digits'}
    ${{ accounts: [{ ...account, id: 222233334444 }] }}                         | ${'accounts[0].id'}                   | ${'Write a text in quotes'}
    ${{ accounts: [{ ...account, regions: ['Mars'] }] }}                        | ${'accounts[0].regions[0]'}           | ${'A Region code, for example eu-west-1'}
    ${{ accounts: [{ ...account, regions: [] }] }}                              | ${'accounts[0].regions'}              | ${'Write at least one Region'}
    ${{ accounts: [{ ...account, name: 7 }] }}                                  | ${'accounts[0].name'}                 | ${'Write the name that people know the account by'}
    ${{ organization: {} }}                                                     | ${'organization.regions'}             | ${'Write this field: it is missing'}
    ${{ organization: { regions: [] } }}                                        | ${'organization.regions'}             | ${'Write at least one Region'}
    ${{ organization: { regions: ['us-east-1'], except: ['7'] } }}              | ${'organization.except[0]'}           | ${'An AWS account id has twelve digits'}
    ${{ organization: { regions: ['us-east-1'], only: [] } }}                   | ${'organization'}                     | ${'Remove only: there is no such field'}
    ${{ accounts: [account, account] }}                                         | ${'accounts[1].id'}                   | ${`Write another: ${ACCOUNT} is there already`}
    ${{ roles: { approver: { users: ['boss'] } } }}                             | ${'roles.approver.users[0]'}          | ${'Write a Slack user id such as U0123ABCD'}
    ${{ roles: { approver: { userGroups: ['U1'] } } }}                          | ${'roles.approver.userGroups[0]'}     | ${'Write a Slack user group id such as S0123ABCD'}
    ${{ roles: { approver: { everyone: true } } }}                              | ${'roles.approver'}                   | ${'Remove everyone: there is no such field'}
    ${{ roles: { requester: { everyone: 'yes' } } }}                            | ${'roles.requester.everyone'}         | ${'Write true or false'}
    ${{ roles: { approver: {} } }}                                              | ${'approvals[0].approvers'}           | ${'Write at least one person or user group: nobody could approve'}
    ${{ launchProfiles: [] }}                                                   | ${'launchProfiles'}                   | ${'Write at least one launch profile'}
    ${{ launchProfiles: [{ ...profile, pools: [] }] }}                          | ${'launchProfiles[0].pools'}          | ${'Write at least one name, or * for all'}
    ${{ launchProfiles: [{ ...profile, pools: '*' }] }}                         | ${'launchProfiles[0].pools'}          | ${'Write a list of names, with * for any text'}
    ${{ launchProfiles: [{ ...profile, countMaximum: 0.5 }] }}                  | ${'launchProfiles[0].countMaximum'}   | ${'Write a whole number from 1 to 100'}
    ${{ launchProfiles: [{ ...profile, countMaximum: 101 }] }}                  | ${'launchProfiles[0].countMaximum'}   | ${'Write a whole number from 1 to 100'}
    ${{ launchProfiles: [{ ...profile, accounts: ['999999999999'] }] }}         | ${'launchProfiles[0].accounts'}       | ${'Describe 999999999999 under accounts, or remove it here'}
    ${{ launchProfiles: [profile, profile] }}                                   | ${'launchProfiles[1].name'}           | ${'Write another: sql is there already'}
    ${{ approvals: [] }}                                                        | ${'approvals'}                        | ${'Write at least one approval rule'}
    ${{ approvals: [{ ...approval, levels: [{ approvers: 'boss' }] }] }}        | ${'approvals[0].levels[0].approvers'} | ${'Write approver, administrator, or users and userGroups'}
    ${{ approvals: [{ ...approval, channel: '#approvals' }] }}                  | ${'approvals[0].channel'}             | ${'Write a Slack channel id such as C0123ABCD'}
    ${{ approvals: [{ ...approval, quorum: 2 }] }}                              | ${'approvals[0].quorum'}              | ${'Write 1: more than one approval is not supported yet'}
    ${{ approvals: [{ ...approval, accounts: ['999999999999'] }] }}             | ${'approvals[0].accounts'}            | ${'Describe 999999999999 under accounts, or remove it here'}
    ${{ approvals: [{ ...approval, levels: [{ approvers: { users: [] } }] }] }} | ${'approvals[0].levels'}              | ${'Write at least one person or user group: nobody could approve'}
    ${{ autoApproval: [{ profiles: ['db'], upToLicenses: 4 }] }}                | ${'autoApproval[0].profiles'}         | ${'Describe db under launchProfiles, or remove it here'}
    ${{ autoApproval: [{}] }}                                                   | ${'autoApproval[0].upToLicenses'}     | ${'Write a whole number from 0 to 1000000'}
    ${{ expiry: { pending: '3 days' } }}                                        | ${'expiry.pending'}                   | ${'Write an ISO 8601 duration such as PT72H or P3D'}
    ${{ expiry: { pending: 72 } }}                                              | ${'expiry.pending'}                   | ${'Write an ISO 8601 duration such as PT72H or P3D'}
    ${{ expiry: { approved: 'PT0S' } }}                                         | ${'expiry.approved'}                  | ${'Write a duration longer than nothing, such as PT1H'}
    ${{ limits: { openHoldsPerPerson: -1 } }}                                   | ${'limits.openHoldsPerPerson'}        | ${'Write a whole number from 0 to 1000'}
    ${{ thresholds: { nearlyFullPercent: 900 } }}                               | ${'thresholds.nearlyFullPercent'}     | ${'Write a whole number from 1 to 100'}
  `('says under "$path": $message', ({ changes, path, message }) => {
    const parsed = parsePolicy(aPolicyDocument(changes));

    expect(parsed).toEqual({ ok: false, problems: [{ path, message }] });
  });

  it.each([null, undefined, 'version: 1', [], 7])('refuses %j: it is no document', (document) => {
    expect(parsePolicy(document).ok).toBe(false);
  });
});

describe('Duration', () => {
  it.each`
    text         | ms
    ${'PT72H'}   | ${72 * HOUR_MS}
    ${'P3D'}     | ${3 * DAY_MS}
    ${'P1DT2H'}  | ${DAY_MS + 2 * HOUR_MS}
    ${'PT1M30S'} | ${90_000}
  `('reads $text as $ms ms', ({ text, ms }) => {
    expect(Duration.parse(text)).toBe(ms);
    expect(Duration.parse(z.encode(Duration, ms))).toBe(ms);
  });

  it.each(['P', 'PT', 'P1DT', '72H', 'P1W', 'P1M', 'PT-1H', 'PT1.5H', ' PT1H'])(
    'refuses %j',
    (text) => {
      expect(Duration.safeParse(text).success).toBe(false);
    },
  );
});
