import { describe, expect, it } from 'vitest';
import {
  isReady,
  progressOf,
  stepProgress,
  stepsBefore,
} from '#domain/optimization/follow/progress.ts';
import { isInstanceId, stepOrder, targetOf } from '#domain/optimization/follow/step-order.ts';
import type { RequestStatus } from '#domain/requests/launch-request.ts';
import { NOW } from '../../../builders.ts';
import { aFollowed, anAccepted, HOST, MACHINE, OTHER_MACHINE, steps } from './builders.ts';

const states = (...all: readonly (readonly [string, RequestStatus])[]) => new Map(all);

describe('a step', () => {
  it.each<[RequestStatus, string]>([
    ['draft', 'requested'],
    ['pending', 'requested'],
    ['approved', 'requested'],
    ['launching', 'requested'],
    ['unknown', 'requested'],
    ['launched', 'done'],
    ['confirmed', 'done'],
    ['denied', 'open'],
    ['cancelled', 'open'],
    ['expired', 'open'],
    ['failed', 'open'],
  ])('whose request is %s is %s', (status, expected) => {
    const followed = anAccepted({ requests: [{ step: 0, requestId: 'r' }] });

    expect(stepProgress(followed, states(['r', status]))).toEqual([expected]);
  });

  it('goes by the best of its requests, and not by those of others or that are not there', () => {
    const requests = [
      { step: 0, requestId: 'a' },
      { step: 0, requestId: 'b' },
      { step: 1, requestId: 'c' },
      { step: 2, requestId: 'lost' },
    ];
    const about = { steps: [steps.resize(), steps.move(), steps.start()] };
    const followed = anAccepted({ about, requests });
    const all = states(['a', 'failed'], ['b', 'confirmed'], ['c', 'pending']);

    expect(stepProgress(followed, all)).toEqual(['done', 'requested', 'open']);
  });
});

describe('progress', () => {
  const two = { about: { steps: [steps.edition(), steps.resize()] } };
  const requests = [{ step: 1, requestId: 'r' }];

  it.each([
    ['nothing', anAccepted(two), 'accepted'],
    ['nothing any more', anAccepted({ ...two, status: 'in-progress' }), 'accepted'],
    ['a step by hand', anAccepted({ ...two, doneByHand: [0] }), 'in-progress'],
    ['a request', anAccepted({ ...two, requests }), 'in-progress'],
  ])('with %s done is %s', (_what, followed, status) => {
    expect(progressOf(followed, states(['r', 'pending']), NOW)).toMatchObject({
      status,
      doneAt: null,
    });
  });

  it('ends when all is done', () => {
    const followed = anAccepted({ ...two, doneByHand: [0], requests });

    expect(progressOf(followed, states(['r', 'confirmed']), NOW)).toEqual({
      ...followed,
      status: 'done',
      doneAt: NOW,
    });
  });

  it('says of what nobody accepted nothing', () => {
    for (const status of ['new', 'dismissed', 'snoozed', 'gone', 'done'] as const) {
      const followed = aFollowed({ status, doneByHand: [0] });

      expect(progressOf(followed, states(), NOW)).toBe(followed);
    }
  });
});

describe('a step is ready', () => {
  const followed = anAccepted({
    about: { steps: [steps.edition(), steps.resize(), steps.move(), steps.stop(OTHER_MACHINE)] },
  });

  it.each([
    ['when it waits for nothing', 3, ['open', 'open', 'open', 'open'], []],
    ['not before those that it waits for', 2, ['open', 'requested', 'open', 'open'], [0, 1]],
    ['when they are done', 2, ['done', 'done', 'open', 'open'], []],
  ] as const)('%s', (_when, step, progress, before) => {
    expect(stepsBefore(followed, progress, step)).toEqual(before);
    expect(isReady(followed, progress, step)).toBe(before.length === 0);
  });
});

describe('the order of steps', () => {
  const zone = [
    steps.allocate('new-host-1'),
    steps.resize('r6i.xlarge', MACHINE),
    steps.move('new-host-1', MACHINE),
    steps.move('h-00000000000000001', OTHER_MACHINE),
    steps.release(HOST),
    steps.release('h-0000000000000000b'),
  ];

  it('is: hosts first, each machine in order, what is given back last', () => {
    expect(stepOrder(zone, false)).toEqual([[], [], [0, 1], [], [0, 1, 2, 3], [0, 1, 2, 3]]);
  });

  it.each([
    [
      'another machine by hand, does not wait',
      [steps.edition(OTHER_MACHINE), steps.resize()],
      false,
      [[], []],
    ],
    [
      'it, where the owner must look first',
      [steps.edition(OTHER_MACHINE), steps.resize()],
      true,
      [[], [0]],
    ],
    ['no machine, waits', [steps.raiseLimit(), steps.resize()], false, [[], [0]]],
  ])('after what is done to %s', (_what, all, ownerMustValidate, order) => {
    expect(stepOrder(all, ownerMustValidate)).toEqual(order);
  });

  it.each([
    [steps.stop(), MACHINE],
    [steps.start(), MACHINE],
    [steps.convert(), MACHINE],
    [steps.associate([]), MACHINE],
    [steps.allocate('new-host-7'), 'new-host-7'],
    [steps.release(), HOST],
    [steps.edition(), MACHINE],
  ])('goes by what it is done to', (step, target) => {
    expect(targetOf(step)).toBe(target);
  });

  it.each([
    [MACHINE, true],
    ['i-12345678', true],
    ['i-1234567', false],
    [HOST, false],
    [`${MACHINE} `, false],
  ])('tells instances by their ids: %s', (id, is) => {
    expect(isInstanceId(id)).toBe(is);
  });
});
