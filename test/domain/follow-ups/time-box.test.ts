import { describe, expect, it } from 'vitest';
import type { TimeBox } from '#domain/follow-ups/follow-up.ts';
import { followUpDue } from '#domain/follow-ups/follow-up-due.ts';
import {
  extended,
  mayEndAt,
  noteStopping,
  stopping,
  withTimeBox,
} from '#domain/follow-ups/time-box.ts';
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from '#domain/instant.ts';
import { NO_STEP } from '#domain/requests/change.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { aPlan, aPolicy, aRequest, NOW, poolId, sha256 } from '../../builders.ts';

const UNTIL = later(NOW, 7 * DAY_MS);

function launch(changes: Partial<LaunchRequest> = {}, until: Date | null = UNTIL) {
  const request = aRequest({
    status: 'launched',
    plan: aPlan({ until }),
    instanceIds: ['i-1', 'i-2'],
    ...changes,
  });
  const audit = [
    {
      stream: `request/${request.id}`,
      at: NOW,
      event: 'request.launched',
      by: 'clock',
      details: {},
    },
  ];
  return withTimeBox({ ...NO_STEP, request, audit }, sha256, NOW);
}

function box(changes: Partial<TimeBox> = {}): TimeBox {
  const [begun] = launch().followUps ?? [];
  if (begun?.kind !== 'time-box') throw new Error('no time box');
  return { ...begun, ...changes };
}

const tellsOwner = (step: ReturnType<typeof followUpDue>) =>
  step?.messages.flatMap(({ message }) =>
    message.kind === 'notice' ? [[message.replyTo.personId, message.notice.kind]] : [],
  );
const jobs = (step: ReturnType<typeof followUpDue>) =>
  step?.messages.map(({ queue, message }) => `${queue} ${message.kind}`);

describe('a time box', () => {
  it('begins with the launch, in the same step', () => {
    const request = { for: 'UOTHER', editors: ['UREQUESTER', 'UEDITOR'] };
    const { followUps, audit } = launch(request);

    expect(followUps).toEqual([
      {
        ...box(),
        version: 1,
        status: 'running',
        requestId: 'req-0000000001',
        instanceIds: ['i-1', 'i-2'],
        until: UNTIL,
        owner: 'UOTHER',
        interested: ['UREQUESTER', 'UOTHER', 'UEDITOR'],
        taken: [{ poolId: poolId('1'), licenses: 8 }],
      },
    ]);
    expect(audit.map(({ event }) => event)).toEqual(['request.launched', 'follow-up.began']);
  });

  it.each`
    end                       | warned
    ${later(NOW, 7 * DAY_MS)} | ${later(NOW, 6 * DAY_MS)}
    ${later(NOW, 2 * DAY_MS)} | ${later(NOW, DAY_MS)}
    ${later(NOW, DAY_MS)}     | ${later(NOW, 12 * HOUR_MS)}
    ${later(NOW, HOUR_MS)}    | ${later(NOW, 30 * MINUTE_MS)}
    ${later(NOW, -HOUR_MS)}   | ${later(NOW, -HOUR_MS)}
  `('that ends at $end warns at $warned', ({ end, warned }) => {
    expect(launch({}, end).followUps).toMatchObject([{ warnAt: warned, dueAt: warned }]);
  });

  it.each([
    ['without an end', launch({}, null)],
    ['that was not launched', launch({ status: 'unknown' })],
    ['of nothing', withTimeBox(NO_STEP, sha256, NOW)],
  ])('does not begin for a launch %s', (_what, step) => {
    expect(step.followUps ?? []).toEqual([]);
  });

  it('begins once: later steps of the same launch make no second one', () => {
    const step = {
      ...NO_STEP,
      request: aRequest({ status: 'launched', plan: aPlan({ until: UNTIL }) }),
    };

    expect(withTimeBox(step, sha256, NOW)).toBe(step);
  });

  it('is left alone before its time', () => {
    expect(followUpDue(box(), later(box().warnAt, -1))).toBeNull();
  });

  it('warns its owner, then waits for its end', () => {
    const step = followUpDue(box(), box().warnAt);

    expect(step?.followUps).toMatchObject([{ status: 'warned', dueAt: UNTIL, version: 2 }]);
    expect(tellsOwner(step)).toEqual([['UREQUESTER', 'ends-soon']]);
    expect(jobs(step)).toEqual(['answers notice', 'answers follow-up-card']);
  });

  it('warns once, however early its due time comes', () => {
    expect(followUpDue(box({ status: 'warned', dueAt: NOW }), NOW)).toBeNull();
  });

  it.each(['running', 'warned'] as const)('that is %s is stopped at its end', (status) => {
    const step = followUpDue(box({ status }), UNTIL);

    expect(step?.followUps).toMatchObject([
      { status: 'stopping', dueAt: later(UNTIL, 5 * MINUTE_MS) },
    ]);
    expect(jobs(step)).toEqual(['launches follow-up', 'answers follow-up-card']);
  });

  it('is asked for again until it is stopped', () => {
    const asked = stopping(box(), UNTIL);
    const again = later(UNTIL, 5 * MINUTE_MS);

    expect(followUpDue(asked, later(again, -1))).toBeNull();
    expect(jobs(followUpDue(asked, again))).toContain('launches follow-up');
  });

  it.each(['stopped', 'gone'] as const)('is settled when it is %s', (status) => {
    expect(followUpDue(box({ status, dueAt: NOW }), later(UNTIL, DAY_MS))).toBeNull();
    const step = noteStopping(stopping(box(), UNTIL), { kind: status }, UNTIL);

    expect(step?.followUps).toMatchObject([{ status, dueAt: null, failure: null }]);
    expect(tellsOwner(step)).toEqual(status === 'stopped' ? [['UREQUESTER', 'ended']] : []);
    expect(jobs(step)).toContain('collections collect');
  });

  it('says once that AWS does not let it be stopped, and tries again', () => {
    const refusal = {
      kind: 'refused',
      code: 'UnauthorizedOperation',
      message: 'No',
      advice: null,
    } as const;
    const first = noteStopping(stopping(box(), UNTIL), refusal, UNTIL);
    const [failed] = first?.followUps ?? [];

    expect(failed).toMatchObject({
      status: 'stopping',
      failure: { code: 'UnauthorizedOperation', message: 'No' },
      dueAt: later(UNTIL, 30 * MINUTE_MS),
    });
    expect(tellsOwner(first)).toEqual([['UREQUESTER', 'not-ended']]);
    if (failed?.kind !== 'time-box') throw new Error('no time box');
    expect(tellsOwner(noteStopping(failed, refusal, UNTIL))).toEqual([]);
    expect(noteStopping(failed, { kind: 'stopped' }, UNTIL)?.followUps).toMatchObject([
      { status: 'stopped', failure: null },
    ]);
  });

  it('takes no news of a stop that nobody waits for', () => {
    expect(noteStopping(box(), { kind: 'stopped' }, NOW)).toBeNull();
  });

  it('warns again before a later end', () => {
    const end = later(UNTIL, 7 * DAY_MS);

    expect(extended(box({ status: 'warned' }), end, UNTIL)).toMatchObject({
      status: 'running',
      until: end,
      dueAt: later(end, -DAY_MS),
    });
  });

  it.each`
    end                       | longestDays  | may      | because
    ${later(UNTIL, 1)}        | ${undefined} | ${true}  | ${'it is later'}
    ${UNTIL}                  | ${undefined} | ${false} | ${'it is no later'}
    ${later(NOW, DAY_MS)}     | ${undefined} | ${false} | ${'it is earlier'}
    ${later(NOW, 8 * DAY_MS)} | ${8}         | ${true}  | ${'policy lets it run so long'}
    ${later(NOW, 8 * DAY_MS)} | ${7}         | ${false} | ${'policy does not'}
  `('may end at $end: $may, because $because', ({ end, longestDays, may }) => {
    const limits = longestDays === undefined ? {} : { longestDays };

    expect(mayEndAt(box(), end, aPolicy({ limits }), NOW)).toBe(may);
  });

  it('that is over already is not extended into the past', () => {
    const late = later(UNTIL, DAY_MS);

    expect(mayEndAt(box(), later(UNTIL, HOUR_MS), aPolicy(), late)).toBe(false);
  });
});
