import { followUpId } from '#domain/follow-ups/follow-up.ts';
import type { DecisionCommand } from '#domain/jobs/decision-command.ts';
import type { MachineChoice } from '#domain/launch/launch-plan.ts';
import { resolvePlan, sealPlan } from '#domain/launch/launch-planning.ts';
import { newQuota } from '#domain/requests/person-quota.ts';
import {
  ACCOUNT,
  aChoice,
  aConfiguration,
  aLedger,
  aPublishedPolicy,
  aSubmission,
  NOW,
  POLICY_HASH,
  poolId,
  REGION,
  sha256,
} from '../builders.ts';
import { outlookOn, sqlEntitlement, sqlShard, termsOf } from '../domain/terms/terms-world.ts';

/** Licenses of each pool, all of which one launch takes. */
export const LIMIT = 8;
export const SCOPE = { account: ACCOUNT, region: REGION };
export const POOLS = ['1', '2', '3'].map((digit) => poolId(digit));

/** Two pools for SQL Server and one for something that nobody knows the terms of. */
export const SHARD = sqlShard({
  configurations: [
    aConfiguration({ digit: '1', limit: LIMIT }),
    aConfiguration({ digit: '2', limit: LIMIT, name: 'Payroll' }),
    aConfiguration({ digit: '3', limit: LIMIT }),
  ],
});

/** What is owned suffices for one launch, whatever the pools of SQL Server hold. */
const OUTLOOK = outlookOn([SHARD], [sqlEntitlement({ pools: ['SQL Server *'], quantity: 8 })]);
export const TERMS = termsOf(OUTLOOK);

export const LEDGERS = ['1', '2', '3'].map((digit) => aLedger({ digit, limit: LIMIT }));
export const QUOTAS = ['UREQUESTER', 'UOTHER'].map((personId) => ({
  ...newQuota(personId),
  version: 1,
}));

export const POLICY = aPublishedPolicy({
  launchProfiles: [
    {
      name: 'all',
      accounts: [ACCOUNT],
      launchTemplates: ['*'],
      instanceTypes: ['*'],
      pools: ['*'],
      countMaximum: 10,
    },
  ],
  approvals: [
    { name: 'one', levels: [{ approvers: 'approver' }], channel: 'C0APPROVAL' },
    {
      name: 'two',
      pools: ['SQL Server 3'],
      levels: [{ approvers: 'approver', quorum: 2 }],
      channel: 'C0APPROVAL',
    },
  ],
  override: { people: { users: ['UADMIN'] }, channel: 'C0APPROVAL' },
  limits: { openHoldsPerPerson: 1, unapprovedPercentOfFree: 100 },
  expiry: { pending: 'PT1H', approved: 'PT30M' },
});

/** A and D compete by the vendors' terms only, B and C for a pool, A and C, B and D for what a person may hold. */
export const WANTED = {
  A: { requestId: 'req-000000000a', by: 'UREQUESTER', choice: aChoice() },
  B: { requestId: 'req-000000000b', by: 'UOTHER', choice: aChoice({ poolId: poolId('2') }) },
  C: { requestId: 'req-000000000c', by: 'UREQUESTER', choice: aChoice({ poolId: poolId('2') }) },
  D: { requestId: 'req-000000000d', by: 'UOTHER', choice: aChoice({ poolId: poolId('3') }) },
} as const;
type Name = keyof typeof WANTED;

const SUBMISSIONS: readonly DecisionCommand[] = Object.values(WANTED).map((one) =>
  aSubmission({ ...one, key: one.requestId }),
);

function planHashOf(choice: MachineChoice): string {
  const planning = resolvePlan(choice, SHARD, POLICY_HASH);
  if (!planning.ok) throw new Error(`No plan: ${JSON.stringify(planning.reasons)}`);
  return sealPlan(planning.plan, sha256);
}

const HASHES = new Map<string, string>(
  Object.values(WANTED).map((one) => [one.requestId, planHashOf(one.choice)]),
);

type ClickKind = 'approve' | 'deny' | 'cancel' | 'override' | 'note';

/** Somebody's click on the card of a request as it was submitted. */
export function click(kind: ClickKind, name: Name, by: string): DecisionCommand {
  const { requestId } = WANTED[name];
  const planHash = HASHES.get(requestId) ?? '';
  const replyTo = { personId: by, channelId: null, responseUrl: null };
  const key = `${kind}-${requestId}-${by}`;
  const via = { route: 'slack', principal: null } as const;
  const common = { key, at: NOW, requestId, planHash, by, ...via, replyTo };
  if (kind === 'note') return { ...common, kind, text: 'When?' };
  return kind === 'deny' || kind === 'override'
    ? { ...common, kind, reason: 'Why' }
    : { ...common, kind };
}

/** What people and the clock do then, all at once. A new kind of command is a new line here. */
const CLICKS: readonly DecisionCommand[] = [
  click('approve', 'A', 'UAPPROVER'),
  click('approve', 'A', 'UAPPROVER2'),
  click('cancel', 'A', 'UREQUESTER'),
  click('note', 'A', 'UREQUESTER'),
  { kind: 'expire', key: 'x', at: NOW, requestId: WANTED.A.requestId, generation: 1 },
  click('approve', 'B', 'UAPPROVER'),
  click('approve', 'B', 'UAPPROVER2'),
  click('approve', 'B', 'UOTHER'),
  click('deny', 'B', 'UAPPROVER2'),
  click('approve', 'C', 'UAPPROVER'),
  click('approve', 'C', 'UAPPROVER2'),
  click('approve', 'D', 'UAPPROVER'),
  click('approve', 'D', 'UAPPROVER2'),
  click('override', 'D', 'UADMIN'),
];

/** Two look at an override afterwards, and do not agree. */
const REVIEWS: readonly DecisionCommand[] = (
  [
    ['UAPPROVER', { do: 'accept' }],
    ['UAPPROVER2', { do: 'object', reason: 'Why' }],
  ] as const
).map(([by, action]) => ({
  kind: 'follow-up',
  key: `${action.do}-${by}`,
  at: NOW,
  followUpId: followUpId('override-review', [WANTED.D.requestId, '1'], sha256),
  action,
  by,
  replyTo: { personId: by, channelId: null, responseUrl: null },
}));

/** A part of the scene: some of the requests, and what is done with them, one act after the other. */
export interface Part {
  readonly requestIds: readonly string[];
  readonly acts: readonly (readonly DecisionCommand[])[];
}

/** Two of the requests; a short life finds what a long one would, and more of them are lived. */
export function partOf(random: (below: number) => number): Part {
  const names = Object.keys(WANTED);
  const first = random(names.length);
  const second = (first + 1 + random(names.length - 1)) % names.length;
  const { requestIds, acts } = only([first, second].flatMap((index) => names[index] ?? []));
  const [submissions = [], clicks = [], reviews = []] = acts;
  return { requestIds, acts: [submissions, clicks.filter(() => random(3) > 0), reviews] };
}

/** Everything about some of the requests, by their names. */
export function only(names: readonly string[]): Part {
  const wanted = Object.entries(WANTED).filter(([name]) => names.includes(name));
  const requestIds = wanted.map(([, { requestId }]) => requestId);
  const isWanted = (command: DecisionCommand): boolean =>
    'requestId' in command && requestIds.some((id) => id === command.requestId);
  const reviews = names.includes('D') ? REVIEWS : [];
  return { requestIds, acts: [SUBMISSIONS.filter(isWanted), CLICKS.filter(isWanted), reviews] };
}
