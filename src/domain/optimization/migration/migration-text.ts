import { awsCommands, hostsIn } from '#domain/optimization/migration/aws-commands.ts';
import type {
  Batch,
  CheckedStep,
  MigrationPlan,
} from '#domain/optimization/migration/migration-plan.ts';
import { plain, quoted } from '#domain/optimization/migration/shell.ts';
import { isHostId, type Sight } from '#domain/optimization/migration/sights.ts';

/** A plan as Markdown: what is done when, what must be seen, and the commands for it and back. */
export function migrationText({ by, batches, unreadable }: MigrationPlan): string {
  const variables = hostVariables(batches);
  const notes = unreadable.map(
    ({ where, text }) => `- The window of ${code(where)} cannot be read: ${code(text)}`,
  );
  return [
    '# Migration plan',
    '',
    ...(by === null ? [] : [`To be done by ${by}.`, '']),
    ...(notes.length === 0 ? [] : [...notes, '']),
    ...batches.flatMap((batch) => batchText(batch, variables)),
  ].join('\n');
}

/** Shell variables for hosts that are allocated, by recommendation and what it calls them. */
type Variables = ReadonlyMap<string, string>;

function hostVariables(batches: readonly Batch[]): Variables {
  const all = batches.flatMap(({ steps, rollback }) => [...steps, ...rollback]);
  const keys = all.flatMap(({ recommendationId, step }) =>
    step.do === 'allocate-host' ? [keyOf(recommendationId, step.ref)] : [],
  );
  return new Map([...new Set(keys)].map((key, index) => [key, `HOST_${index + 1}`]));
}

function keyOf(recommendationId: string, ref: string): string {
  return `${recommendationId} ${ref}`;
}

const LATE = ' This is after the day by which it has to be done.';
const NEVER =
  'No maintenance window can be read and is long enough, or what it waits for has none.';

function batchText(batch: Batch, variables: Variables): readonly string[] {
  const { number, after, machines, startsAt, fits, steps, rollback, minutes } = batch;
  const when =
    startsAt === null
      ? NEVER
      : `From ${timeText(startsAt)}, about ${minutes} minutes.${fits === 'late' ? LATE : ''}`;
  const undone = scriptText(rollback, variables, 'back');
  return [
    `## Batch ${number}`,
    '',
    when,
    ...(after.length === 0 ? [] : [`After ${after.map((one) => `batch ${one}`).join(', ')}.`]),
    ...(machines.length === 0 ? [] : [`Machines: ${machines.map(code).join(', ')}.`]),
    '',
    ...checksText(
      'Before',
      steps.flatMap(({ before }) => before),
    ),
    ...scriptText(steps, variables, 'forth'),
    ...checksText(
      'After',
      steps.flatMap((step) => step.after),
    ),
    ...(rollback.length === 0 ? [] : ['Roll-back:', '', ...undone]),
  ];
}

/** `2026-11-28 22:00 UTC`. */
function timeText(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function checksText(when: string, sights: readonly Sight[]): readonly string[] {
  if (sights.length === 0) return [];
  const lines = sights.map(({ see, of, is }) => `- ${see} of ${code(of)}: ${code(is)}`);
  return [`${when}:`, '', ...new Set(lines), ''];
}

/** Untrusted text as code: Markdown reads nothing in it. */
function code(text: string): string {
  return `\`${plain(text).replaceAll('`', "'")}\``;
}

/** A shell script that stops at the first command that fails. */
function scriptText(
  steps: readonly CheckedStep[],
  variables: Variables,
  way: 'forth' | 'back',
): readonly string[] {
  let account = '';
  const commands = steps.flatMap((checked) => {
    const { recommendationId, step, running } = checked;
    const hosts = hostsOf(recommendationId, variables, way);
    const signedIn = step.account === account ? [] : [inAccount(step.account)];
    account = step.account;
    return [...signedIn, ...awsCommands(step, { running, hosts })];
  });
  const needed = neededHosts(steps, variables, way);
  return ['```sh', 'set -eu', ...needed, ...commands, '```', ''];
}

/** On the way back a host that was given back may have another id; on the way forth it is still there. */
function hostsOf(recommendationId: string, variables: Variables, way: 'forth' | 'back'): Variables {
  const own = [...variables].flatMap(([key, variable]): [string, string][] => {
    const ref = key.slice(recommendationId.length + 1);
    const isOwn = key === keyOf(recommendationId, ref);
    return isOwn && (way === 'back' || !isHostId(ref)) ? [[ref, variable]] : [];
  });
  return new Map(own);
}

/** What another batch allocated has to be known here: scripts are run on different days. */
function neededHosts(
  steps: readonly CheckedStep[],
  variables: Variables,
  way: 'forth' | 'back',
): readonly string[] {
  const named = steps.flatMap(({ recommendationId, step }) => {
    const hosts = hostsOf(recommendationId, variables, way);
    const refs = hostsIn(step).filter((ref) => !isHostId(ref));
    const isMade = step.do === 'allocate-host';
    return refs.flatMap((ref) => ({ variable: hosts.get(ref) ?? '', isMade }));
  });
  const made = new Set(named.flatMap(({ variable, isMade }) => (isMade ? variable : [])));
  const needed = new Set(named.map(({ variable }) => variable).filter((one) => !made.has(one)));
  needed.delete('');
  return [...needed].map((one) => `: "\${${one}:?Set it to the host that was allocated}"`);
}

function inAccount(account: string): string {
  const asked = 'aws sts get-caller-identity --query Account --output text';
  return `[ "$(${asked})" = ${quoted(plain(account))} ]`;
}
