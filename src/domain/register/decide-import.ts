import type { DecisionCommand } from '#domain/jobs/decision-command.ts';
import type { OutboxMessage } from '#domain/jobs/outbox.ts';
import {
  EMPTY_REGISTER,
  type LicenseRegister,
  type RegisterVersion,
} from '#domain/licenses/license-register.ts';
import type { Person } from '#domain/person.ts';
import type { PublishedPolicy } from '#domain/policy/policy.ts';
import { isAdministrator } from '#domain/policy/roles.ts';
import type { ImportCounts, ImportNotice, ImportRefusal } from '#domain/register/import-notice.ts';
import { countsOf } from '#domain/register/register-change.ts';
import { registerDiff } from '#domain/register/register-diff.ts';
import { NO_STEP, type Step } from '#domain/requests/change.ts';

type Confirmation = Extract<DecisionCommand, { kind: 'import-register' }>;

/** A confirmed import. At a terminal nobody waits for a message. */
export type ImportCommand = Pick<Confirmation, 'key' | 'hash' | 'expected' | 'by'> & {
  readonly replyTo: Confirmation['replyTo'] | null;
};

/** What an import is decided on, read consistently. */
export interface ImportState {
  readonly inForce: RegisterVersion | null;
  /** What is to be imported, as it was previewed; `null` when it is not kept any more. */
  readonly draft: LicenseRegister | null;
  readonly published: PublishedPolicy | null;
  /** Slack user ids that administer while no policy is published. */
  readonly firstAdministrators: readonly string[];
  /** Who confirmed, as Slack says now; `aws`: whom AWS lets write the table. */
  readonly actor: Person | 'aws';
  /** Whether it was clicked in a channel that people of another organization see. */
  readonly shared: boolean;
}

/** What came of it. The `step` is to be committed, also of what was refused. */
export type ImportOutcome =
  | { readonly kind: 'imported'; readonly counts: ImportCounts; readonly step: Step }
  | { readonly kind: 'refused'; readonly why: ImportRefusal; readonly step: Step };

/** The audit stream of every import. */
export const REGISTER_STREAM = 'register';

/**
 * The only way to a register in force. One administrator suffices: it says what is owned, and allows
 * nothing. Pure; the commit of its step moves the pointer or fails as a whole.
 */
export function decideImport(state: ImportState, command: ImportCommand, now: Date): ImportOutcome {
  const { draft, inForce } = state;
  const why = whyNotAdministrator(state) ?? whyNotHere(state) ?? whyOver(inForce, command);
  if (why !== null) return refused(command, why, now);
  if (draft === null) return refused(command, { code: 'draft-missing' }, now);

  const { hash, expected, by, key } = command;
  const counts = countsOf(registerDiff(inForce?.register ?? EMPTY_REGISTER, draft));
  const details = { hash, before: expected, ...counts, command: key };
  const step: Step = {
    ...NO_STEP,
    register: { hash, expected, importedBy: by, importedAt: now },
    audit: [{ stream: REGISTER_STREAM, at: now, event: 'register.imported', by, details }],
    messages: [
      ...noticesTo(command, { kind: 'done', hash, counts }),
      { queue: 'collections', message: { kind: 'keep-terms' } },
    ],
  };
  return { kind: 'imported', counts, step };
}

/** Why somebody may not import, or `null`. */
export function whyNotAdministrator({
  actor,
  published,
  firstAdministrators,
}: Pick<ImportState, 'actor' | 'published' | 'firstAdministrators'>): ImportRefusal | null {
  if (actor === 'aws') return null;
  if (actor.outsider !== null) return { code: 'outsider' };
  return isAdministrator(published, firstAdministrators, actor)
    ? null
    : { code: 'not-an-administrator' };
}

function whyNotHere({ shared }: ImportState): ImportRefusal | null {
  return shared ? { code: 'shared-channel' } : null;
}

function whyOver(
  inForce: RegisterVersion | null,
  { hash, expected }: ImportCommand,
): ImportRefusal | null {
  const { importedBy: by = null, importedAt: at = null } = inForce ?? {};
  if (inForce?.hash === hash) {
    return { code: 'in-force', by: inForce.importedBy, at: inForce.importedAt };
  }
  return (inForce?.hash ?? null) === expected ? null : { code: 'superseded', by, at };
}

function refused(command: ImportCommand, why: ImportRefusal, now: Date): ImportOutcome {
  const { hash, by, key } = command;
  const details = { hash, why: why.code, command: key };
  const event = { stream: REGISTER_STREAM, at: now, event: 'import.refused', by, details };
  const messages = noticesTo(command, { kind: 'refused', why });
  return { kind: 'refused', why, step: { ...NO_STEP, audit: [event], messages } };
}

function noticesTo(
  { key, replyTo }: ImportCommand,
  notice: ImportNotice,
): readonly OutboxMessage[] {
  if (replyTo === null) return [];
  return [{ queue: 'answers', message: { kind: 'import-notice', key, notice, replyTo } }];
}
