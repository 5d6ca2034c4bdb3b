/** A line that keeps something from happening, and the tests that must fail without it. */
export interface Control {
  /** Of the danger; the tests that must fail are those with it in their names. */
  readonly id: string;
  readonly what: string;
  readonly file: string;
  /** The text that is the control. It stands in the file once. */
  readonly control: string;
  readonly without: string;
  readonly tests: readonly string[];
}

const SIGNATURE = 'src/slack/signature.ts';
const DECIDE = 'src/domain/decide.ts';
const TABLE = 'src/adapters/aws/table-item.ts';
const DANGERS = 'test/domain/must-not-happen.test.ts';
const RECEIVER = 'test/slack/receiver.test.ts';
const RESPONSE_URL = 'src/adapters/slack/response-url.ts';
const LAUNCH = 'src/usecases/launch-request.ts';

export const CONTROLS: readonly Control[] = [
  {
    id: 'N01',
    what: 'nothing is read before its signature',
    file: 'src/slack/verified-request.ts',
    control: 'signature === null || !(await isGenuine({ timestamp, signature, body }))',
    without: 'signature === null',
    tests: [RECEIVER],
  },
  {
    id: 'N03',
    what: 'nor is what seems to be special',
    file: 'src/slack/verified-request.ts',
    control: 'signature === null || !(await isGenuine({ timestamp, signature, body }))',
    without:
      'signature === null || !(/ssl_check|challenge/.test(String(body)) || (await isGenuine({ timestamp, signature, body })))',
    tests: [RECEIVER],
  },
  {
    id: 'T01',
    what: 'the signature is compared',
    file: SIGNATURE,
    control: 'isUsable(secret) && timingSafeEqual(given, hmac(secret, timestamp, body))',
    without: 'isUsable(secret)',
    tests: ['test/slack/signature.test.ts', RECEIVER],
  },
  {
    id: 'N04',
    what: 'in constant time',
    file: SIGNATURE,
    control: 'timingSafeEqual(given, hmac(secret, timestamp, body))',
    without: 'given.equals(hmac(secret, timestamp, body))',
    tests: ['test/slack/signature.test.ts'],
  },
  {
    id: 'T03',
    what: 'the window has two sides',
    file: SIGNATURE,
    control: 'Math.abs(Math.floor(now.getTime() / 1000) - Number(timestamp))',
    without: 'Math.floor(now.getTime() / 1000) - Number(timestamp)',
    tests: ['test/slack/signature.test.ts'],
  },
  {
    id: 'N02',
    what: 'a blank secret is none',
    file: SIGNATURE,
    control: "secret !== null && secret.trim() !== ''",
    without: 'secret !== null',
    tests: ['test/slack/signature.test.ts', RECEIVER],
  },
  {
    id: 'T02',
    what: 'the replay key',
    file: 'src/slack/receiver.ts',
    control: 'if (!(await replayKeys.add(key, new Date()))) return empty(200);',
    without: 'await replayKeys.add(key, new Date());',
    tests: [RECEIVER],
  },
  {
    id: 'T05',
    what: 'our workspace and app alone',
    file: 'src/slack/receiver.ts',
    control: 'if (!isOurs(envelope, options.home)) return empty(403);',
    without: '',
    tests: [RECEIVER],
  },
  {
    id: 'T17',
    what: 'the largest body',
    file: 'src/slack/verified-request.ts',
    control: 'bodySize(event) > MAX_BODY_BYTES ? 413 : null',
    without: 'null',
    tests: [RECEIVER],
  },
  {
    id: 'T06',
    what: 'outsiders decide nothing',
    file: DECIDE,
    control:
      "if (actor.outsider !== null) return refuse(request, command, { code: 'outsider' }, now);",
    without: '',
    tests: [DANGERS, 'test/domain/decide.test.ts'],
  },
  {
    id: 'T06',
    what: 'nor does anybody in a shared channel',
    file: 'src/usecases/decide-request.ts',
    control: '(await ports.channels.isShared(channelId))',
    without: 'false',
    tests: ['test/flows/shared-channel.test.ts'],
  },
  {
    id: 'N07',
    what: 'nobody approves their own request',
    file: 'src/domain/approve.ts',
    control: 'isInterested(request, actor.id)',
    without: 'false',
    tests: [DANGERS],
  },
  {
    id: 'N07',
    what: 'nor overrides for it',
    file: 'src/domain/override.ts',
    control: 'isInterested(request, actor.id)',
    without: 'false',
    tests: [DANGERS],
  },
  {
    id: 'N13',
    what: 'approvers alone approve',
    file: 'src/domain/approve.ts',
    control: '!mayDecide(gate, actor, request)',
    without: 'gate === null',
    tests: [DANGERS],
  },
  {
    id: 'N11',
    what: 'step-up',
    file: 'src/domain/eligibility.ts',
    control: "gate?.stepUp === true || given.route === 'api'",
    without: "given.route === 'api'",
    tests: ['test/domain/approve-seats.test.ts'],
  },
  {
    id: 'T08',
    what: 'seats of those who left are open again',
    file: 'src/domain/take-seat.ts',
    control: 'const lost = lostSeats(request, gate, others);',
    without: 'const lost = lostSeats(request, gate, others).slice(0, 0);',
    tests: ['test/domain/approve-seats.test.ts'],
  },
  {
    id: 'T10',
    what: 'the hash of the plan that was shown',
    file: DECIDE,
    control: "planHash === request.planHash ? null : { code: 'plan-changed' }",
    without: 'null',
    tests: [DANGERS],
  },
  {
    id: 'T11',
    what: 'the seal of the plan that is launched',
    file: LAUNCH,
    control: 'sealPlan(plan, sha256) !== approved?.planHash',
    without: 'approved === null',
    tests: ['test/usecases/launch-request.test.ts'],
  },
  {
    id: 'T14',
    what: 'the generation of a launch',
    file: LAUNCH,
    control: 'request === null || request.generation !== job.generation',
    without: 'request === null',
    tests: ['test/usecases/launch-request.test.ts'],
  },
  {
    id: 'T33',
    what: 'the generation of what falls due',
    file: DECIDE,
    control: '!due || request.generation !== generation',
    without: '!due',
    tests: [DANGERS],
  },
  {
    id: 'T12',
    what: 'an override goes past no hard limit',
    file: 'src/domain/override.ts',
    control: 'if (whyNot !== null) return refuse(request, command, whyNot, now);',
    without: '',
    tests: ['test/domain/override.test.ts'],
  },
  {
    id: 'T13',
    what: 'the version of a ledger',
    file: TABLE,
    control: 'condition: versioned(ledger.version),\n  };\n}\n\nfunction termsLedgerPut',
    without: 'condition: null,\n  };\n}\n\nfunction termsLedgerPut',
    tests: [
      'test/adapters/memory-table.test.ts',
      'test/adapters/aws/dynamodb-decision-store.test.ts',
    ],
  },
  {
    id: 'T33',
    what: 'nothing is written after it was due',
    file: TABLE,
    control: "? { ...condition, kind: 'not-due' }",
    without: '? condition',
    tests: [
      'test/adapters/memory-table.test.ts',
      'test/adapters/aws/dynamodb-decision-store.test.ts',
    ],
  },
  {
    id: 'N16',
    what: 'the token of a launch',
    file: 'src/adapters/aws/ec2-run.ts',
    control: 'ClientToken: clientToken(ticket),',
    without: '',
    tests: ['test/adapters/aws/ec2-launcher.test.ts'],
  },
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
    id: 'N24',
    what: 'a request that nobody could approve is refused',
    file: 'src/domain/launch-verdict.ts',
    control: 'canAnybodyApprove(gate, interested, userGroups ?? null)',
    without: 'true',
    tests: ['test/domain/submit.test.ts'],
  },
  {
    id: 'T15',
    what: 'who is refused is audited',
    file: 'src/domain/decision-outcome.ts',
    control: "request === null && action !== 'submit' ? [] : [event]",
    without: '[]',
    tests: ['test/domain/audited-outcomes.test.ts'],
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
    id: 'N08',
    what: 'a rule is for its accounts',
    file: 'src/domain/approval-rules.ts',
    control: '(rule.accounts?.includes(account) ?? true) &&',
    without: '',
    tests: [DANGERS],
  },
  {
    id: 'T09',
    what: 'whoever edits is an editor from then on',
    file: 'src/domain/edit.ts',
    control: 'new Set([...request.editors, by])',
    without: 'new Set(request.editors)',
    tests: [DANGERS, 'test/domain/edit.test.ts'],
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
    file: 'src/domain/audit-verify.ts',
    control: 'rowHash(link, sha256) !== link.hash',
    without: 'false',
    tests: ['test/domain/audit-verify.test.ts'],
  },
  {
    id: 'T22',
    what: 'a cell that a spreadsheet would run is text',
    file: 'src/domain/register/cell.ts',
    control: "QUOTABLE.test(text) ? `'${text}` : text",
    without: 'text',
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
    file: 'src/domain/shown-message.ts',
    control: 'if (shown === null) return step;',
    without: 'return step;',
    tests: ['test/flows/as-shown.test.ts'],
  },
];
