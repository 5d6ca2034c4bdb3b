import type { Control } from './control.ts';

const RESPONSE_URL = 'src/adapters/slack/response-url.ts';

/** What comes from others, what goes out, and what functions may do. */
/** Where functions/slack may send. */
const ANSWERING = `
                  Resource:
                    [
                      !GetAtt DecisionsQueue.Arn,
                      !GetAtt AnswersQueue.Arn,
                      !GetAtt OptimizationsQueue.Arn,
                    ]`;

export const OUTSIDE: readonly Control[] = [
  {
    id: 'N18',
    what: 'the host of a response URL',
    file: RESPONSE_URL,
    control: 'if (!isOnOrigin(url, origin)) return false;',
    without: '',
    tests: ['test/adapters/slack/slack-notifier.test.ts'],
  },
  {
    id: 'N18',
    what: 'and no redirect from there',
    file: RESPONSE_URL,
    control: "redirect: 'manual'",
    without: "redirect: 'follow'",
    tests: ['test/adapters/slack/slack-notifier.test.ts'],
  },
  {
    id: 'T20',
    what: 'markup of others is escaped',
    file: 'src/slack/views/text.ts',
    control: "text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')",
    without: 'text',
    tests: ['test/slack/views/hostile.test.ts'],
  },
  {
    id: 'N14',
    what: 'people are looked up again after a minute',
    file: 'src/adapters/slack/remembered.ts',
    control: 'Date.now() + MINUTE_MS',
    without: 'Infinity',
    tests: ['test/adapters/slack/slack-people.test.ts'],
  },
  {
    id: 'T16',
    what: 'the hash of a row of the audit',
    file: 'src/domain/audit/audit-verify.ts',
    control: 'rowHash(link, sha256) !== link.hash',
    without: 'false',
    tests: ['test/domain/audit/audit-verify.test.ts'],
  },
  {
    id: 'T22',
    what: 'a cell that a spreadsheet would run is text',
    file: 'src/domain/register/cell.ts',
    control: 'QUOTABLE.test(text)',
    without: 'false',
    tests: ['test/adapters/csv/round-trip.property.test.ts'],
  },
  {
    id: 'T30',
    what: 'the launch role asks for the external id',
    file: 'deploy/member-account.yml',
    control:
      'StringEquals: { "sts:ExternalId": !Ref ExternalId }\n              StringLike: { "sts:SourceIdentity"',
    without: 'StringLike: { "sts:SourceIdentity"',
    tests: ['test/deployment/member-roles.test.ts'],
  },
  {
    id: 'T36',
    what: 'the hash of what was shown is audited',
    file: 'src/domain/audit/shown-message.ts',
    control: 'if (shown === null) return step;',
    without: 'return step;',
    tests: ['test/flows/as-shown.test.ts'],
  },
  {
    id: 'N21',
    what: 'people of other workspaces are outsiders',
    file: 'src/adapters/slack/slack-people.ts',
    control: "if (user.team_id !== teamId) return 'other-team';",
    without: '',
    tests: ['test/adapters/slack/slack-people.test.ts'],
  },
  {
    id: 'T31',
    what: 'a function has its own rights alone',
    file: 'serverless.yml',
    control: `Action: "sqs:SendMessage"${ANSWERING}`,
    without: `Action: ["sqs:SendMessage", "sqs:PurgeQueue"]${ANSWERING}`,
    tests: ['test/deployment/roles.test.ts'],
  },
  {
    id: 'T32',
    what: 'a queue has its own senders alone',
    file: 'serverless.yml',
    control: ANSWERING,
    without: ANSWERING.replace('AnswersQueue', 'LaunchesQueue'),
    tests: ['test/deployment/roles.test.ts'],
  },
  {
    id: 'T19',
    what: 'and no user or password in it',
    file: RESPONSE_URL,
    control: "url.origin === origin && url.username === '' && url.password === ''",
    without: 'url.origin === origin',
    tests: ['test/adapters/slack/slack-notifier.test.ts'],
  },
];
