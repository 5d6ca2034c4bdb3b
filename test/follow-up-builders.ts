import type {
  FollowUpAction,
  OverrideReview,
  TimeBox,
  Unrequested,
} from '#domain/follow-ups/follow-up.ts';
import type { FollowUpClick } from '#domain/follow-ups/follow-up-outcome.ts';
import type { Use } from '#domain/follow-ups/unrequested.ts';
import { DAY_MS, HOUR_MS, later } from '#domain/instant.ts';
import { ACCOUNT, NOW, poolId, REGION } from './builders.ts';

const common = {
  version: 1,
  account: ACCOUNT,
  region: REGION,
  taken: [{ poolId: poolId('1'), licenses: 8 }],
  createdAt: NOW,
  updatedAt: NOW,
  decisions: [],
};

/** Jane's launch of one r6i.2xlarge past the bot: 8 licenses of pool 1. */
export function aUse(changes: Partial<Use> = {}): Use {
  const id = 'i-0000000000000000a';
  return {
    id: 'fol-0000000000000001',
    account: ACCOUNT,
    region: REGION,
    taken: common.taken,
    cause: 'launch',
    typeBefore: null,
    resources: [
      {
        arn: `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/${id}`,
        id,
        type: 'r6i.2xlarge',
        name: null,
      },
    ],
    principal: { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Admin/jane`, name: 'jane' },
    at: NOW,
    untracked: [],
    associable: [],
    monthlyCost: null,
    ...changes,
  };
}

/** The open follow-up of `aUse()`. */
export function anUnrequested(changes: Partial<Unrequested> = {}): Unrequested {
  return {
    ...common,
    ...aUse(),
    kind: 'unrequested',
    dueAt: null,
    status: 'open',
    ignoredUntil: null,
    failure: null,
    ...changes,
  };
}

/** The review of an override by UOVERRIDER of UREQUESTER's request, due in an hour. */
export function aReview(changes: Partial<OverrideReview> = {}): OverrideReview {
  return {
    ...common,
    kind: 'override-review',
    id: 'fol-0000000000000002',
    requestId: 'req-0000000001',
    overriddenBy: 'UOVERRIDER',
    interested: ['UREQUESTER'],
    dueAt: later(NOW, HOUR_MS),
    status: 'open',
    ...changes,
  };
}

/** A launch of UREQUESTER that ends in a week. */
export function aTimeBox(changes: Partial<TimeBox> = {}): TimeBox {
  return {
    ...common,
    kind: 'time-box',
    id: 'fol-0000000000000003',
    requestId: 'req-0000000001',
    instanceIds: ['i-0000000000000000a'],
    until: later(NOW, 7 * DAY_MS),
    warnAt: later(NOW, 6 * DAY_MS),
    owner: 'UREQUESTER',
    interested: ['UREQUESTER'],
    dueAt: later(NOW, 6 * DAY_MS),
    status: 'running',
    failure: null,
    extension: null,
    ...changes,
  };
}

/** UAPPROVER's click on a card. */
export function aFollowUpClick(
  action: FollowUpAction,
  changes: Partial<FollowUpClick> = {},
): FollowUpClick {
  return {
    kind: 'follow-up',
    key: 'click-1',
    at: NOW,
    followUpId: 'fol-0000000000000001',
    action,
    by: 'UAPPROVER',
    replyTo: { personId: 'UAPPROVER', channelId: 'C0APPROVAL', responseUrl: null },
    ...changes,
  };
}
