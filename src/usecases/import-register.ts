import type { DecisionCommand } from '#domain/jobs/decision-command.ts';
import {
  decideImport,
  type ImportCommand,
  type ImportOutcome,
  type ImportState,
  REGISTER_STREAM,
} from '#domain/register/decide-import.ts';
import { wasAnswered } from '#domain/requests/decision-outcome.ts';
import type { Channels } from '#ports/channels.ts';
import type { LicenseRegisters, RegisterContents } from '#ports/license-registers.ts';
import type { People } from '#ports/people.ts';
import type { Policies } from '#ports/policies.ts';
import { isClickedInShared } from '#usecases/click-place.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';

interface Ports extends CommitPorts {
  readonly registers: LicenseRegisters & RegisterContents;
  readonly policies: Policies;
  /** Slack user ids that administer while no policy is published. */
  readonly firstAdministrators: readonly string[];
}

/**
 * Put a previewed register in force, or say why not. The content is stored before the pointer moves.
 *
 * @param shared whether it was confirmed in a channel that people of another organization see
 * @returns what came of it; `null` when the same command was decided before
 */
export async function importRegister(
  ports: Ports,
  command: ImportCommand,
  actor: ImportState['actor'],
  shared = false,
): Promise<ImportOutcome | null> {
  const { registers, policies, store, firstAdministrators, now } = ports;
  const draft = await registers.draft(command.hash);
  let outcome: ImportOutcome | null = null;
  await decideAndCommit(ports, async () => {
    const [trail, inForce, published] = await Promise.all([
      store.auditTrail(REGISTER_STREAM),
      registers.current(),
      policies.current({ fresh: true }),
    ]);
    if (wasAnswered(trail, command)) return null;
    const state = { inForce, draft, published, firstAdministrators, actor, shared };
    outcome = decideImport(state, command, now());
    if (outcome.kind === 'imported' && draft !== null) await registers.store(draft);
    return outcome.step;
  });
  return outcome;
}

/** Put in force what somebody confirmed in Slack. */
export async function confirmImport(
  ports: Ports & { readonly people: People; readonly channels: Channels },
  command: Extract<DecisionCommand, { kind: 'import-register' }>,
): Promise<void> {
  const actor = await ports.people.get(command.by);
  await importRegister(ports, command, actor, await isClickedInShared(ports, command));
}
