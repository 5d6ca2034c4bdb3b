import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from '#domain/instant.ts';
import { advance, type Progress } from '#domain/requests/advance.ts';
import { isTerminal, RequestStatus } from '#domain/requests/launch-request.ts';
import { aHold, aLedger, aRequest, NOW } from '../../builders.ts';

const firm = [aLedger({ holds: [aHold({ firm: true })] })];
const NO_ROOM = {
  code: 'InsufficientHostCapacity',
  message: 'No room',
  advice: { code: 'find-capacity', on: 'host' },
} as const;
const PROGRESS: readonly Progress[] = [
  { kind: 'begin' },
  { kind: 'launched', instanceIds: ['i-1', 'i-2'] },
  { kind: 'failed', ...NO_ROOM },
  { kind: 'unclear', code: 'RequestTimeout', message: 'No answer', advice: null },
  { kind: 'confirmed' },
  { kind: 'unlisted' },
  { kind: 'gone' },
  { kind: 'undoing', ...NO_ROOM },
  { kind: 'undone', left: ['stopped'] },
];
const [begin, launched, failed, unclear, confirmed, unlisted, gone, undoing, undone] = PROGRESS;

function step(status: RequestStatus, progress: Progress | undefined, now = NOW) {
  if (progress === undefined) throw new Error('no progress');
  const request = aRequest({ status, standing: null });
  return advance({ request, generation: 1, ledgers: firm, terms: [] }, progress, now);
}

describe('advance', () => {
  it.each`
    from           | progress     | to             | due                          | held | event
    ${'approved'}  | ${begin}     | ${'launching'} | ${later(NOW, 2 * MINUTE_MS)} | ${8} | ${'request.launching'}
    ${'launching'} | ${launched}  | ${'launched'}  | ${later(NOW, DAY_MS)}        | ${8} | ${'request.launched'}
    ${'unknown'}   | ${launched}  | ${'launched'}  | ${later(NOW, DAY_MS)}        | ${8} | ${'request.launched'}
    ${'launching'} | ${unclear}   | ${'unknown'}   | ${later(NOW, 2 * MINUTE_MS)} | ${8} | ${'request.unknown'}
    ${'unknown'}   | ${unclear}   | ${'unknown'}   | ${later(NOW, 2 * MINUTE_MS)} | ${8} | ${'request.unknown'}
    ${'approved'}  | ${failed}    | ${'failed'}    | ${null}                      | ${0} | ${'request.failed'}
    ${'launching'} | ${failed}    | ${'failed'}    | ${null}                      | ${0} | ${'request.failed'}
    ${'unknown'}   | ${failed}    | ${'failed'}    | ${null}                      | ${0} | ${'request.failed'}
    ${'launched'}  | ${confirmed} | ${'confirmed'} | ${null}                      | ${0} | ${'request.confirmed'}
    ${'launched'}  | ${unlisted}  | ${'launched'}  | ${later(NOW, DAY_MS)}        | ${0} | ${'request.unlisted'}
    ${'launched'}  | ${gone}      | ${'failed'}    | ${null}                      | ${0} | ${'request.failed'}
    ${'launching'} | ${undoing}   | ${'launching'} | ${later(NOW, 2 * MINUTE_MS)} | ${8} | ${'request.undoing'}
    ${'unknown'}   | ${undoing}   | ${'launching'} | ${later(NOW, 2 * MINUTE_MS)} | ${8} | ${'request.undoing'}
  `('$from: $progress.kind leads to $to', ({ from, progress, to, due, held, event }) => {
    const next = step(from, progress);

    expect(next?.request).toMatchObject({ status: to, dueAt: due, version: 2 });
    expect(next?.ledgers[0]?.held ?? 8).toBe(held);
    expect(next?.audit[0]).toMatchObject({ event, by: 'clock' });
    expect(next?.messages[0]).toMatchObject({ message: { kind: 'card' } });
    expect(next?.quotas).toEqual([]);
  });

  it('leads on from no other state, and from none that is terminal', () => {
    const possible = RequestStatus.options.flatMap((status) =>
      PROGRESS.filter((progress) => step(status, progress) !== null).map(({ kind }) => [
        status,
        kind,
      ]),
    );

    expect(possible).toHaveLength(13);
    expect(possible.some(([status]) => isTerminal({ status: RequestStatus.parse(status) }))).toBe(
      false,
    );
  });

  it('keeps what was launched, and why a launch failed', () => {
    expect(step('launching', launched)?.request?.instanceIds).toEqual(['i-1', 'i-2']);
    expect(step('launching', launched)?.audit[0]?.details).toEqual({ generation: 1, instances: 2 });
    expect(step('launching', failed)?.request?.failure).toEqual({
      ...NO_ROOM,
      undoing: false,
      left: [],
    });
    expect(step('launching', failed)?.audit[0]?.details).toMatchObject({
      code: 'InsufficientHostCapacity',
    });
    expect(step('launched', gone)?.request?.failure?.code).toBe('instances-gone');
  });

  it.each([confirmed, unlisted])(
    'counts what runs and is still held, so that nothing comes free',
    (progress) => {
      expect(step('launched', progress)?.ledgers).toMatchObject([{ held: 0, counted: 8 }]);
    },
  );

  it('leaves a pool alone where a collection has ended the hold', () => {
    const request = aRequest({ status: 'launched' });

    const next = advance(
      { request, generation: 1, ledgers: [aLedger()], terms: [] },
      { kind: 'confirmed' },
      NOW,
    );

    expect(next?.ledgers).toEqual([]);
  });

  it('begins no launch when the approval has expired, not even while it is written', () => {
    expect(step('approved', begin, later(NOW, HOUR_MS))).toBeNull();
    expect(step('approved', begin)?.notAfter).toEqual(later(NOW, HOUR_MS));
    expect(step('launching', launched)?.notAfter).toBeNull();
  });

  it('begins where no time is set', () => {
    const request = aRequest({ status: 'approved', dueAt: null });

    expect(
      advance({ request, generation: 1, ledgers: [], terms: [] }, { kind: 'begin' }, NOW),
    ).not.toBeNull();
  });

  it('ignores progress of an earlier generation', () => {
    const request = aRequest({ status: 'approved', generation: 2 });

    expect(
      advance({ request, generation: 1, ledgers: [], terms: [] }, { kind: 'begin' }, NOW),
    ).toBeNull();
  });
});

describe('a change that is put back', () => {
  const changing = (status: RequestStatus) => {
    const next = step(status, undoing)?.request;
    if (!next) throw new Error('not undoing');
    return next;
  };
  const on = (request: ReturnType<typeof changing>, progress: Progress | undefined) =>
    progress && advance({ request, generation: 1, ledgers: firm, terms: [] }, progress, NOW);

  it('remembers why until it is over, and holds its licenses until then', () => {
    expect(changing('launching').failure).toEqual({ ...NO_ROOM, undoing: true, left: [] });
    expect(on(changing('launching'), undone)).toMatchObject({
      request: {
        status: 'failed',
        dueAt: null,
        failure: { ...NO_ROOM, undoing: false, left: ['stopped'] },
      },
      ledgers: [{ held: 0 }],
      audit: [{ event: 'request.failed', details: { left: 'stopped' } }, {}],
    });
  });

  it('goes on being put back after an unclear answer', () => {
    const unknown = on(changing('launching'), unclear)?.request;

    expect(unknown).toMatchObject({ status: 'unknown', failure: { ...NO_ROOM, undoing: true } });
    expect(unknown && on(unknown, undone)?.request?.status).toBe('failed');
  });

  it.each([launched, failed, undoing])('hears nothing of $kind meanwhile', (progress) => {
    expect(on(changing('launching'), progress)).toBeNull();
  });

  it('is over only when it was begun', () => {
    expect(step('launching', undone)).toBeNull();
  });
});
