import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import type { Control } from './controls/control.ts';
import { DECISIONS } from './controls/decisions.ts';
import { FRONT_DOOR } from './controls/front-door.ts';
import { LAUNCHES } from './controls/launches.ts';
import { OUTSIDE } from './controls/outside.ts';

/* Removes one control after the other from a copy, and expects the tests named after its danger to fail. */

const CONTROLS = [...FRONT_DOOR, ...DECISIONS, ...LAUNCHES, ...OUTSIDE];
const COPIED = /^(?:src|test|sandbox|functions|deploy|cli|docs|[^.].*\.(?:json|ts|yml))$/;
const Report = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** A copy of the repository that shares its dependencies. */
async function copied(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'controls-'));
  for (const name of (await readdir('.')).filter((one) => COPIED.test(one))) {
    await cp(name, join(copy, name), { recursive: true });
  }
  await symlink(resolve('node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** How many of the tests named after a danger passed and failed. A file that does not even load has neither. */
async function run(copy: string, { id, tests }: Pick<Control, 'id' | 'tests'>) {
  const outputFile = join(copy, 'report.json');
  await rm(outputFile, { force: true });
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json'];
  const which = [`--outputFile=${outputFile}`, '--testNamePattern', `\\b${id}\\b`, ...tests];
  spawnSync(process.execPath, [...vitest, ...which], { cwd: copy, stdio: 'ignore' });
  const { testResults } = Report.parse(JSON.parse(await readFile(outputFile, 'utf8')));
  const all = testResults.map(({ assertionResults }) => assertionResults);
  const count = (status: string) => all.flat().filter((one) => one.status === status).length;
  const ran = all.filter((some) => some.some(({ status }) => /passed|failed/.test(status)));
  return { passed: count('passed'), failed: count('failed'), files: ran.length };
}

/** What came of removing a control; `proven` when its tests pass with it and fail without it. */
async function prove(copy: string, control: Control): Promise<string> {
  const file = join(copy, control.file);
  const whole = await readFile(file, 'utf8');
  const parts = whole.split(control.control);
  if (parts.length !== 2) return `text found ${parts.length - 1} times in ${control.file}`;
  const before = await run(copy, control);
  if (before.failed > 0) return `${before.failed} tests fail with it`;
  if (before.files < control.tests.length) return `a file has no test named after ${control.id}`;
  await writeFile(file, parts.join(control.without));
  const after = await run(copy, control);
  await writeFile(file, whole);
  if (after.failed === 0) return `NOT proven: ${after.passed} tests pass without it`;
  return `proven: ${after.failed} of ${before.passed} tests fail without it`;
}

/** Dangers; all unless some are named. */
const wanted = process.argv.slice(2);
const copy = await copied();
try {
  for (const control of CONTROLS.filter(({ id }) => wanted.length === 0 || wanted.includes(id))) {
    const outcome = await prove(copy, control);
    if (!outcome.startsWith('proven')) process.exitCode = 1;
    console.log(`${control.id}  ${control.what}: ${outcome}`);
  }
} finally {
  await rm(copy, { recursive: true, force: true });
}
