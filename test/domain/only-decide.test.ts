import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Every source file of the product, by its path. */
const SOURCES = new Map(
  [...globSync('src/**/*.ts'), ...globSync('functions/*.ts')].map((path) => [
    path.replaceAll('\\', '/'),
    readFileSync(path, 'utf8'),
  ]),
);

/** The files in which a text that matches stands. */
function filesWith(pattern: RegExp): readonly string[] {
  return [...SOURCES]
    .filter(([, text]) => pattern.test(text))
    .map(([path]) => path)
    .toSorted();
}

/** The files that import this name from a module of the domain. */
function importersOf(name: string, module: string): readonly string[] {
  return filesWith(new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from '#domain/${module}.ts'`));
}

describe('N11 N12 there is one way to a decision', () => {
  it.each`
    name                   | module             | importers
    ${'decide'}            | ${'decide'}        | ${['src/usecases/decide-request.ts']}
    ${'submit'}            | ${'submit'}        | ${['src/usecases/submit-request.ts']}
    ${'promote'}           | ${'promote'}       | ${['src/usecases/promote-waiting.ts']}
    ${'advance'}           | ${'advance'}       | ${['src/domain/decide.ts', 'src/usecases/advance-request.ts']}
    ${'judgeBeforeLaunch'} | ${'ask-again'}     | ${['src/usecases/judge-before-launch.ts']}
    ${'approve'}           | ${'approve'}       | ${['src/domain/decide.ts']}
    ${'override'}          | ${'override'}      | ${['src/domain/decide.ts']}
    ${'edit'}              | ${'edit'}          | ${['src/domain/decide.ts']}
    ${'counter'}           | ${'counter-offer'} | ${['src/domain/decide.ts']}
    ${'decline'}           | ${'counter-offer'} | ${['src/domain/decide.ts']}
    ${'accept'}            | ${'accept-offer'}  | ${['src/domain/decide.ts']}
    ${'note'}              | ${'note'}          | ${['src/domain/decide.ts']}
    ${'remind'}            | ${'remind'}        | ${['src/domain/decide.ts']}
    ${'takeSeat'}          | ${'take-seat'}     | ${['src/domain/approve.ts']}
  `('$name is called by nobody but $importers', ({ name, module, importers }) => {
    expect(importersOf(name, module)).toEqual(importers);
  });

  it('nothing else moves a request', () => {
    expect(importersOf('transitionStep', 'transition')).toEqual([
      'src/domain/advance.ts',
      'src/domain/counter-offer.ts',
      'src/domain/note.ts',
      'src/domain/open-generation.ts',
      'src/domain/promote.ts',
      'src/domain/remind.ts',
      'src/domain/ruling.ts',
      'src/domain/take-seat.ts',
    ]);
  });

  it('nothing else writes the status of a request', () => {
    const statuses =
      'pending|approved|launching|launched|unknown|confirmed|denied|cancelled|expired|failed';
    const written = filesWith(new RegExp(`[{ ]status: '(${statuses})'[,;]? ?[^)]`));
    const others = new Set([
      // Follow-ups and policy proposals have a status of their own.
      'src/domain/decide-follow-up.ts',
      'src/domain/decide-policy.ts',
    ]);

    expect(written.filter((path) => !others.has(path) && !path.startsWith('src/slack/'))).toEqual([
      'src/domain/advance.ts',
      'src/domain/grant.ts',
      'src/domain/open-generation.ts',
      'src/domain/submit.ts',
    ]);
  });

  it('what is decided is committed in one place, alone or in a batch', () => {
    expect(filesWith(/\bstore\.commit(All)?\(/)).toEqual([
      'src/usecases/commit-change.ts',
      'src/usecases/decide-batch.ts',
    ]);
  });
});
