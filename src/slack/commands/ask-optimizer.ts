import type { SlashCommand } from '@slack/bolt';
import type { Queues } from '#ports/queues.ts';
import { parseScope } from '#slack/commands/optimize-command.ts';
import type { ScopeNamesOf } from '#slack/commands/scope-names.ts';
import { commandKey } from '#slack/idempotency.ts';
import { replyToCommand } from '#slack/reply-to.ts';
import type { Message } from '#slack/views/message.ts';
import { askingMessage } from '#slack/views/optimization-notes.ts';
import { scopeProblemMessage } from '#slack/views/scope-problem.ts';

/** `/license optimize …`: queued whole, or not at all. */
export function askOptimizer({
  queues,
  names,
}: {
  readonly queues: Queues;
  readonly names: ScopeNamesOf;
}) {
  return async (command: SlashCommand, scope: string): Promise<Message> => {
    const known = await names();
    const parsed = parseScope(scope, known, new Date());
    if (!parsed.ok) return scopeProblemMessage(parsed, known);
    await queues.optimize({
      kind: 'scenarios',
      key: commandKey('optimize', command.trigger_id),
      scenarios: [parsed.scenario],
      replyTo: replyToCommand(command),
    });
    return askingMessage();
  };
}
