import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Every source file of the product with its text, comments left out. */
const SOURCES = ['src', 'functions', 'cli'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => {
      const path = `${folder}/${name}`;
      const text = readFileSync(join(ROOT, path), 'utf8');
      return { path, text: text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '') };
    }),
);

function filesWith(pattern: RegExp): readonly string[] {
  return SOURCES.filter(({ text }) => pattern.test(text))
    .map(({ path }) => path)
    .toSorted();
}

/** The files that import this name from a module of the domain. */
function importersOf(name: string, module: string): readonly string[] {
  return filesWith(
    new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from '#domain/requests/${module}.ts'`),
  );
}

describe('N11 N12 there is one way to a decision', () => {
  it.each`
    name                   | module             | importers
    ${'decide'}            | ${'decide'}        | ${['src/usecases/decide-request.ts']}
    ${'submit'}            | ${'submit'}        | ${['src/usecases/submit-request.ts']}
    ${'promote'}           | ${'promote'}       | ${['src/usecases/promote-waiting.ts']}
    ${'advance'}           | ${'advance'}       | ${['src/domain/requests/decide.ts', 'src/usecases/advance-request.ts']}
    ${'judgeBeforeLaunch'} | ${'ask-again'}     | ${['src/usecases/judge-before-launch.ts']}
    ${'approve'}           | ${'approve'}       | ${['src/domain/requests/decide.ts']}
    ${'override'}          | ${'override'}      | ${['src/domain/requests/decide.ts']}
    ${'edit'}              | ${'edit'}          | ${['src/domain/requests/decide.ts']}
    ${'counter'}           | ${'counter-offer'} | ${['src/domain/requests/decide.ts']}
    ${'decline'}           | ${'counter-offer'} | ${['src/domain/requests/decide.ts']}
    ${'accept'}            | ${'accept-offer'}  | ${['src/domain/requests/decide.ts']}
    ${'note'}              | ${'note'}          | ${['src/domain/requests/decide.ts']}
    ${'remind'}            | ${'remind'}        | ${['src/domain/requests/decide.ts']}
    ${'takeSeat'}          | ${'take-seat'}     | ${['src/domain/requests/approve.ts']}
  `('$name is called by nobody but $importers', ({ name, module, importers }) => {
    expect(importersOf(name, module)).toEqual(importers);
  });

  it('nothing else moves a request', () => {
    expect(importersOf('transitionStep', 'transition')).toEqual([
      'src/domain/requests/advance.ts',
      'src/domain/requests/counter-offer.ts',
      'src/domain/requests/note.ts',
      'src/domain/requests/open-generation.ts',
      'src/domain/requests/promote.ts',
      'src/domain/requests/remind.ts',
      'src/domain/requests/ruling.ts',
      'src/domain/requests/take-seat.ts',
    ]);
  });

  it('every way that a decision can arrive ends in one queue', () => {
    expect(filesWith(/queues\.decide\(/)).toEqual([
      'src/api/decide.ts',
      'src/api/submit.ts',
      'src/slack/actions/confirm-import.ts',
      'src/slack/actions/decide-follow-up.ts',
      'src/slack/actions/decide-policy.ts',
      'src/slack/actions/decide-recommendation.ts',
      'src/slack/actions/decide-request.ts',
      'src/slack/modals/recommendation-forms.ts',
      'src/slack/modals/submit-follow-up.ts',
      'src/slack/modals/submit-import.ts',
      'src/slack/modals/submit-reason.ts',
      'src/slack/modals/submit-request.ts',
      'src/usecases/commit-change.ts',
      'src/usecases/sweep.ts',
    ]);
  });

  it.each([
    ['decide-request', ['src/usecases/batch-readers.ts', 'src/usecases/decide-batch.ts']],
    ['decide-deliveries', ['functions/decide.ts']],
  ])('the queue is worked off through one door: %s', (door, users) => {
    expect(filesWith(new RegExp(`from '#usecases/${door}.ts'`))).toEqual(users);
  });

  it('what is decided is committed in one place, alone or in a batch', () => {
    expect(filesWith(/\.commit(All)?\(/)).toEqual([
      'src/usecases/commit-change.ts',
      'src/usecases/decide-batch.ts',
    ]);
  });
});

describe('the status of a request', () => {
  /** Who writes one of a request's states, and why they may. */
  const WRITERS = {
    'src/domain/requests/advance.ts':
      'what became of an approved launch, told by EC2 and License Manager',
    'src/domain/requests/decide.ts': 'deny, cancel and expiry',
    'src/domain/follow-ups/decide-follow-up.ts': 'of a follow-up',
    'src/domain/policy/decide-policy.ts': 'of a policy proposal',
    'src/domain/requests/grant.ts': 'the last seat, auto-approval or override',
    'src/domain/requests/open-generation.ts': 'a request begins, or begins again',
    'src/domain/requests/override.ts': 'of the review that it leads to',
    'src/domain/requests/submit.ts': 'refused on arrival',
    'src/usecases/request-step.ts':
      'of a request that is not there yet, to judge whether a step may have it',
  };
  const STATE =
    'draft|pending|approved|launching|launched|unknown|confirmed|denied|cancelled|expired|failed';

  it('is written by decisions alone', () => {
    const writing = new RegExp(
      `\\bstatus: '(${STATE})'|\\.\\.\\.\\w*[rR]equest\\b[^{}]*\\bstatus\\b`,
    );

    expect(filesWith(writing)).toEqual(Object.keys(WRITERS).toSorted());
  });
});
