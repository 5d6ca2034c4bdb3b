import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Duration } from '#domain/duration.ts';
import { DAY_MS, HOUR_MS } from '#domain/instant.ts';
import { parsePolicy } from '#domain/policy/policy-document.ts';
import { ACCOUNT, aPolicyDocument } from '../../builders.ts';

const [profile] = aPolicyDocument().launchProfiles;
const [account] = aPolicyDocument().accounts;
const [approval] = aPolicyDocument().approvals;
const { roles } = aPolicyDocument();
const TWO_LEVELS = [{ approvers: 'approver' }, { approvers: 'approver' }];
const ADA = { principal: 'arn:aws:iam::222233334444:user/ada', person: 'U0ADMIN001' };
const STOPS = { name: 'a', operations: ['stop'], accounts: [ACCOUNT] };
const EVERY_DAY = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

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
        approvals: [
          {
            pools: ['*'],
            minimumLicenses: 0,
            minimumMonthlyUsd: 0,
            levels: [{ quorum: 1, silent: { users: [], userGroups: [] } }],
            stepUp: false,
            reminders: { after: 4 * HOUR_MS, factor: 2, most: 3 },
          },
        ],
        autoApproval: [],
        expiry: { pending: 72 * HOUR_MS, approved: HOUR_MS },
        limits: { openHoldsPerPerson: 3, unapprovedPercentOfFree: 50, countPerRequest: 20 },
        thresholds: { nearlyFullPercent: 90, expiresSoonDays: 30, figuresOldAfter: HOUR_MS },
      },
    });
  });

  it('takes approvers as a role or as a list of people and user groups', () => {
    const approvers = { users: ['U0APPROVE1'], userGroups: ['S0SQLDBAS'] };

    const approvals = [{ ...approval, levels: [{ approvers }, { approvers: 'administrator' }] }];
    const parsed = parsePolicy(aPolicyDocument({ approvals }));

    expect(parsed).toMatchObject({
      ok: true,
      policy: { approvals: [{ levels: [{ approvers }, { approvers: 'administrator' }] }] },
    });
  });

  it.each`
    changes                                                                                                   | path                                       | message
    ${{ version: 2 }}                                                                                         | ${'version'}                               | ${'Write 1: it is the only version there is'}
    ${{ rolls: {} }}                                                                                          | ${'rolls'}                                 | ${'Remove rolls: there is no such field'}
    ${{ roles: undefined }}                                                                                   | ${'roles'}                                 | ${'Write this field: it is missing'}
    ${{ accounts: 'all' }}                                                                                    | ${'accounts'}                              | ${'Write a list'}
    ${{ accounts: [7] }}                                                                                      | ${'accounts[0]'}                           | ${'Write a section with fields'}
    ${{ accounts: [{ ...account, id: '1234' }] }}                                                             | ${'accounts[0].id'}                        | ${'An AWS account id has twelve digits'}
    ${{ accounts: [{ ...account, id: 222233334444 }] }}                                                       | ${'accounts[0].id'}                        | ${'Write a text in quotes'}
    ${{ accounts: [{ ...account, regions: ['Mars'] }] }}                                                      | ${'accounts[0].regions[0]'}                | ${'A Region code, for example eu-west-1'}
    ${{ accounts: [{ ...account, regions: [] }] }}                                                            | ${'accounts[0].regions'}                   | ${'Write at least one Region'}
    ${{ accounts: [{ ...account, name: 7 }] }}                                                                | ${'accounts[0].name'}                      | ${'Write the name that people know the account by'}
    ${{ organization: {} }}                                                                                   | ${'organization.regions'}                  | ${'Write this field: it is missing'}
    ${{ organization: { regions: [] } }}                                                                      | ${'organization.regions'}                  | ${'Write at least one Region'}
    ${{ organization: { regions: ['us-east-1'], except: ['7'] } }}                                            | ${'organization.except[0]'}                | ${'An AWS account id has twelve digits'}
    ${{ organization: { regions: ['us-east-1'], only: [] } }}                                                 | ${'organization.only'}                     | ${'Remove only: there is no such field'}
    ${{ accounts: [account, account] }}                                                                       | ${'accounts[1].id'}                        | ${`Write another: ${ACCOUNT} is there already`}
    ${{ roles: { approver: { users: ['boss'] } } }}                                                           | ${'roles.approver.users[0]'}               | ${'Write a Slack user id such as U0123ABCD'}
    ${{ roles: { approver: { userGroups: ['U1'] } } }}                                                        | ${'roles.approver.userGroups[0]'}          | ${'Write a Slack user group id such as S0123ABCD'}
    ${{ roles: { approver: { everyone: true } } }}                                                            | ${'roles.approver.everyone'}               | ${'Remove everyone: there is no such field'}
    ${{ roles: { requester: { everyone: 'yes' } } }}                                                          | ${'roles.requester.everyone'}              | ${'Write true or false'}
    ${{ roles: { approver: {} } }}                                                                            | ${'approvals[0].levels[0].approvers'}      | ${'Write at least one person or user group: nobody could approve'}
    ${{ launchProfiles: [] }}                                                                                 | ${'launchProfiles'}                        | ${'Write at least one launch profile'}
    ${{ launchProfiles: [{ ...profile, pools: [] }] }}                                                        | ${'launchProfiles[0].pools'}               | ${'Write at least one name, or * for all'}
    ${{ launchProfiles: [{ ...profile, pools: '*' }] }}                                                       | ${'launchProfiles[0].pools'}               | ${'Write a list of names, with * for any text'}
    ${{ launchProfiles: [{ ...profile, countMaximum: 0.5 }] }}                                                | ${'launchProfiles[0].countMaximum'}        | ${'Write a whole number from 1 to 100'}
    ${{ launchProfiles: [{ ...profile, countMaximum: 101 }] }}                                                | ${'launchProfiles[0].countMaximum'}        | ${'Write a whole number from 1 to 100'}
    ${{ launchProfiles: [{ ...profile, accounts: ['999999999999'] }] }}                                       | ${'launchProfiles[0].accounts[0]'}         | ${'Describe 999999999999 under accounts, or remove it here'}
    ${{ launchProfiles: [profile, profile] }}                                                                 | ${'launchProfiles[1].name'}                | ${'Write another: sql is there already'}
    ${{ approvals: [] }}                                                                                      | ${'approvals'}                             | ${'Write at least one approval rule'}
    ${{ approvals: [{ ...approval, levels: [{ approvers: 'boss' }] }] }}                                      | ${'approvals[0].levels[0].approvers'}      | ${'Write approver, administrator, or users and userGroups'}
    ${{ approvals: [{ ...approval, channel: '#approvals' }] }}                                                | ${'approvals[0].channel'}                  | ${'Write a Slack channel id such as C0123ABCD'}
    ${{ approvals: [{ ...approval, quorum: 2 }] }}                                                            | ${'approvals[0].quorum'}                   | ${'Remove quorum: there is no such field'}
    ${{ approvals: [{ ...approval, accounts: ['999999999999'] }] }}                                           | ${'approvals[0].accounts[0]'}              | ${'Describe 999999999999 under accounts, or remove it here'}
    ${{ approvals: [{ ...approval, levels: [{ approvers: { users: [] } }] }] }}                               | ${'approvals[0].levels[0].approvers'}      | ${'Write at least one person or user group: nobody could approve'}
    ${{ autoApproval: [{ profiles: ['db'], upToLicenses: 4 }] }}                                              | ${'autoApproval[0].profiles[0]'}           | ${'Describe db under launchProfiles, or remove it here'}
    ${{ autoApproval: [{}] }}                                                                                 | ${'autoApproval[0].upToLicenses'}          | ${'Write a whole number from 0 to 1000000'}
    ${{ expiry: { pending: '3 days' } }}                                                                      | ${'expiry.pending'}                        | ${'Write an ISO 8601 duration such as PT72H or P3D'}
    ${{ expiry: { pending: 72 } }}                                                                            | ${'expiry.pending'}                        | ${'Write an ISO 8601 duration such as PT72H or P3D'}
    ${{ expiry: { approved: 'PT0S' } }}                                                                       | ${'expiry.approved'}                       | ${'Write a duration longer than nothing, such as PT1H'}
    ${{ limits: { openHoldsPerPerson: -1 } }}                                                                 | ${'limits.openHoldsPerPerson'}             | ${'Write a whole number from 0 to 1000'}
    ${{ thresholds: { nearlyFullPercent: 900 } }}                                                             | ${'thresholds.nearlyFullPercent'}          | ${'Write a whole number from 1 to 100'}
    ${{ approvals: [approval, approval] }}                                                                    | ${'approvals[1].name'}                     | ${'Write another: one is there already'}
    ${{ approvals: [{ ...approval, name: '' }] }}                                                             | ${'approvals[0].name'}                     | ${'Write a name for the rule'}
    ${{ approvals: [{ ...approval, levels: [] }] }}                                                           | ${'approvals[0].levels'}                   | ${'Write at least one level with approvers'}
    ${{ approvals: [{ ...approval, levels: 'approver' }] }}                                                   | ${'approvals[0].levels'}                   | ${'Write a list of levels, each with approvers'}
    ${{ approvals: [{ ...approval, levels: [{ approvers: 'approver', quorum: 0 }] }] }}                       | ${'approvals[0].levels[0].quorum'}         | ${'Write a whole number from 1 to 10'}
    ${{ approvals: [{ ...approval, levels: [{ approvers: 'approver', quorum: 3 }] }] }}                       | ${'approvals[0].levels'}                   | ${'Write more people: one person fills one seat, and these cannot fill all 3'}
    ${{ approvals: [{ ...approval, levels: [...TWO_LEVELS, ...TWO_LEVELS] }] }}                               | ${'approvals[0].levels'}                   | ${'Write more people: one person fills one seat, and these cannot fill all 4'}
    ${{ approvals: [{ ...approval, environments: ['test'] }] }}                                               | ${'approvals[0].environments[0]'}          | ${'Describe test as an environment under accounts, or remove it here'}
    ${{ approvals: [{ ...approval, environments: [] }] }}                                                     | ${'approvals[0].environments'}             | ${'Write at least one environment, as accounts have them'}
    ${{ approvals: [{ ...approval, operations: [] }] }}                                                       | ${'approvals[0].operations'}               | ${'Write at least one operation'}
    ${{ approvals: [{ ...approval, operations: ['end'] }] }}                                                  | ${'approvals[0].operations[0]'}            | ${'Write launch, start, resize, scale, move, associate, convert, stop, allocate-host or release-host'}
    ${{ changes: [{ name: 'a', operations: ['launch'], accounts: [ACCOUNT] }] }}                              | ${'changes[0].operations[0]'}              | ${'Write move, associate, convert, stop, allocate-host or release-host'}
    ${{ changes: [{ name: 'a', accounts: [ACCOUNT] }] }}                                                      | ${'changes[0].operations'}                 | ${'Write a list of operations'}
    ${{ changes: [{ name: 'a', operations: [], accounts: [ACCOUNT] }] }}                                      | ${'changes[0].operations'}                 | ${'Write at least one operation'}
    ${{ changes: [{ name: 'a', operations: ['stop'], accounts: ['999999999999'] }] }}                         | ${'changes[0].accounts[0]'}                | ${'Describe 999999999999 under accounts, or remove it here'}
    ${{ changes: [STOPS, STOPS] }}                                                                            | ${'changes[1].name'}                       | ${'Write another: a is there already'}
    ${{ approvals: [{ ...approval, minimumMonthlyUsd: 1.5 }] }}                                               | ${'approvals[0].minimumMonthlyUsd'}        | ${'Write a whole number from 0 to 1000000000'}
    ${{ approvals: [{ ...approval, stepUp: 'yes' }] }}                                                        | ${'approvals[0].stepUp'}                   | ${'Write true or false'}
    ${{ approvals: [{ ...approval, reminders: { factor: 0 } }] }}                                             | ${'approvals[0].reminders.factor'}         | ${'Write a whole number from 1 to 10'}
    ${{ approvals: [{ ...approval, escalation: { after: 'PT1H' } }] }}                                        | ${'approvals[0].escalation.to'}            | ${'Write this field: it is missing'}
    ${{ approvals: [{ ...approval, pools: ['x'.repeat(257)] }] }}                                             | ${'approvals[0].pools[0]'}                 | ${'Write at most 256 letters'}
    ${{ launchProfiles: [{ ...profile, requesters: { everyone: true } }] }}                                   | ${'launchProfiles[0].requesters.everyone'} | ${'Remove everyone: there is no such field'}
    ${{ roles: { ...roles, viewer: { regions: [] } } }}                                                       | ${'roles.viewer.regions'}                  | ${'Write at least one Region'}
    ${{ autoApproval: [{ upToLicenses: 4, upToCount: 0 }] }}                                                  | ${'autoApproval[0].upToCount'}             | ${'Write a whole number from 1 to 100'}
    ${{ override: { people: { users: ['U0ADMIN001'] } } }}                                                    | ${'override.channel'}                      | ${'Write a Slack channel id such as C0123ABCD'}
    ${{ override: { people: { users: ['U0ADMIN001'] }, channel: 'C0APPROVAL', accounts: ['999999999999'] } }} | ${'override.accounts[0]'}                  | ${'Describe 999999999999 under accounts, or remove it here'}
    ${{ override: { people: {}, channel: 'C0APPROVAL' } }}                                                    | ${'override.people'}                       | ${'Write at least one person or user group, or remove override'}
    ${{ quietHours: { timeZone: 'Berlin', from: '18:00', to: '08:00' } }}                                     | ${'quietHours.timeZone'}                   | ${'Write a time zone such as Europe/Berlin'}
    ${{ quietHours: { timeZone: 'UTC', from: '24:00', to: '08:00' } }}                                        | ${'quietHours.from'}                       | ${'Write a time of day such as 18:30'}
    ${{ quietHours: { timeZone: 'UTC', from: '08:00', to: '08:00' } }}                                        | ${'quietHours.to'}                         | ${'Write another time than from: they are the same'}
    ${{ quietHours: { timeZone: 'UTC', from: '18:00', to: '08:00', days: ['funday'] } }}                      | ${'quietHours.days[0]'}                    | ${'Write monday, tuesday, wednesday, thursday, friday, saturday or sunday'}
    ${{ quietHours: { timeZone: 'UTC', from: '18:00', to: '08:00', days: EVERY_DAY } }}                       | ${'quietHours.days'}                       | ${'Remove a day: nobody would ever be reminded'}
    ${{ identities: [{ principal: 'ada', person: 'U0ADMIN001' }] }}                                           | ${'identities[0].principal'}               | ${'Write the ARN of an IAM user or role'}
    ${{ identities: [{ principal: 'arn:aws:iam::222233334444:user/ada', person: 'ada' }] }}                   | ${'identities[0].person'}                  | ${'Write a Slack user id such as U0123ABCD'}
    ${{ identities: [ADA, ADA] }}                                                                             | ${'identities[1].principal'}               | ${'Write another: arn:aws:iam::222233334444:user/ada is there already'}
    ${{ budgets: [{ accounts: ['999999999999'], monthlyUsd: 1 }] }}                                           | ${'budgets[0].accounts[0]'}                | ${'Describe 999999999999 under accounts, or remove it here'}
    ${{ budgets: [{ monthlyUsd: -1 }] }}                                                                      | ${'budgets[0].monthlyUsd'}                 | ${'Write a whole number from 0 to 1000000000'}
    ${{ commands: { usage: [] } }}                                                                            | ${'commands.usage'}                        | ${'Write at least one role'}
    ${{ commands: { usage: ['boss'] } }}                                                                      | ${'commands.usage[0]'}                     | ${'Write viewer, requester, approver, administrator or auditor'}
    ${{ commands: { sing: ['viewer'] } }}                                                                     | ${'commands.sing'}                         | ${'Remove sing: there is no such field'}
    ${{ limits: { priceTolerancePercent: 1001 } }}                                                            | ${'limits.priceTolerancePercent'}          | ${'Write a whole number from 0 to 1000'}
    ${{ limits: { longestDays: 0 } }}                                                                         | ${'limits.longestDays'}                    | ${'Write a whole number from 1 to 3650'}
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
