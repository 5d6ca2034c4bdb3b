import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DecisionCommand } from '#domain/job.ts';
import type { Person } from '#domain/person.ts';
import { runDecision } from '#usecases/decide-request.ts';
import { aPerson, aSubmission, NOW } from '../builders.ts';
import { aClick } from '../domain/decision-state.ts';
import { decisionWorld } from './decision-world.ts';

const ID = 'req-0000000001';
const KINDS = DecisionCommand.options.map(({ shape }) => shape.kind.value);

/** What people do with requests: each kind as it comes from Slack and from the API. */
const CLICKS = [
  ...(['approve', 'deny', 'cancel', 'override', 'edit'] as const),
  ...(['counter', 'accept', 'decline', 'note'] as const),
];
const CLOCK = ['remind', 'expire'] as const;
/** Decided elsewhere, or moves no request to another status. */
const OTHERS = [
  ...['submit', 'promote', 'promote-terms', 'confirm-policy', 'reject-policy'],
  ...['follow-up', 'follow-up-due', 'import-register'],
];

async function world(outsider: Person['outsider']) {
  const { ports, table } = decisionWorld();
  await runDecision(ports, aSubmission());
  const people = { ...ports.people, get: async (id: string) => aPerson(id, { outsider }) };
  return { ports: { ...ports, people }, table };
}

describe('N11 N12 every way a decision can arrive', () => {
  it('is one of these commands', () => {
    expect([...KINDS].toSorted()).toEqual([...CLICKS, ...CLOCK, ...OTHERS].toSorted());
  });

  it('is put into the queue by one of these files, and done by nobody else', () => {
    const enqueuing = globSync('{src,functions}/**/*.ts').filter((path) =>
      /\bqueues\.decide\(/.test(readFileSync(path, 'utf8')),
    );

    expect(enqueuing.map((path) => path.replaceAll('\\', '/')).toSorted()).toEqual([
      'src/api/decide.ts',
      'src/api/submit.ts',
      'src/slack/actions/confirm-import.ts',
      'src/slack/actions/decide-follow-up.ts',
      'src/slack/actions/decide-policy.ts',
      'src/slack/actions/decide-request.ts',
      'src/slack/modals/submit-follow-up.ts',
      'src/slack/modals/submit-import.ts',
      'src/slack/modals/submit-reason.ts',
      'src/slack/modals/submit-request.ts',
      'src/usecases/commit-change.ts',
      'src/usecases/sweep.ts',
    ]);
  });

  const SIGNED = { route: 'api', principal: 'arn:aws:iam::222233334444:user/ada' } as const;
  it.each(CLICKS.flatMap((kind) => [[kind, {}] as const, [kind, SIGNED] as const]))(
    '%s reaches decide(), which lets no outsider through, by %j',
    async (kind, route) => {
      const { ports, table } = await world('guest');
      const before = table.peek(ID);
      const command = aClick(kind, 'UAPPROVER', { planHash: before?.planHash ?? '', ...route });

      await runDecision(ports, DecisionCommand.parse(DecisionCommand.encode(command)));

      expect((await table.auditTrail(`request/${ID}`)).at(-1)).toMatchObject({
        event: `${kind}.refused`,
        by: 'UAPPROVER',
        details: { why: 'outsider' },
      });
      expect(table.peek(ID)).toEqual(before);
    },
  );

  it('a submission reaches submit(), which lets no outsider through', async () => {
    const { ports, table } = await world('stranger');

    await runDecision(ports, aSubmission({ requestId: 'req-0000000002', key: 'V2' }));

    expect(table.peek('req-0000000002')).toBeNull();
    expect(await table.auditTrail('request/req-0000000002')).toMatchObject([
      { event: 'submit.refused', details: { why: 'outsider' } },
    ]);
  });

  it.each(CLOCK)('%s reaches decide(), which goes by its own clock', async (kind) => {
    const { ports, table } = await world(null);
    const before = table.peek(ID);
    const at = new Date('2030-01-01T00:00:00Z');

    await runDecision(ports, { kind, key: 'clock', at, requestId: ID, generation: 1 });

    expect([NOW < at, table.peek(ID)]).toEqual([true, before]);
  });
});
