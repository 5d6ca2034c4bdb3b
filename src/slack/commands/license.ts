import type { AckFn, RespondArguments, SlashCommand } from '@slack/bolt';
import type { Queues } from '#ports/queues.ts';
import { type LicenseCommand, parseLicenseCommand } from '#slack/commands/license-command.ts';
import { ephemeral } from '#slack/ephemeral.ts';
import { commandKey } from '#slack/idempotency.ts';
import type { OpenImportForm } from '#slack/modals/open-import-form.ts';
import type { RequestForm } from '#slack/modals/open-request-form.ts';
import { replyToCommand } from '#slack/reply-to.ts';
import {
  helpMessage,
  missingNameMessage,
  missingRequestMessage,
  unknownCommandMessage,
} from '#slack/views/help.ts';

const LOOKING = 'Looking that up…';

type Acknowledge = AckFn<string | RespondArguments>;

/**
 * `/license …`. What is asked is queued before it is acknowledged, so that a queue that is down is
 * seen by the person and not found out later.
 */
export function licenseCommand(ports: {
  readonly queues: Queues;
  readonly requestForm: RequestForm;
  readonly openImport: OpenImportForm;
}) {
  return async ({
    command,
    ack,
  }: {
    readonly command: SlashCommand;
    readonly ack: Acknowledge;
  }): Promise<void> => {
    const parsed = parseLicenseCommand(command.text);
    switch (parsed.verb) {
      case 'help':
        return ack(ephemeral(helpMessage()));
      case 'unknown':
        return ack(ephemeral(unknownCommandMessage(parsed.word, parsed.nearest)));
      case 'request':
        await ports.requestForm.open(command.trigger_id, command.channel_id, parsed.prefill);
        return ack();
      case 'import':
        await ports.openImport(command.trigger_id, command.user_id);
        return ack();
      case 'usage':
      case 'who':
      case 'requests':
      case 'history':
        return lookUp(ports.queues, command, parsed, ack);
    }
  };
}

type LookUp = Extract<LicenseCommand, { readonly verb: 'usage' | 'who' | 'requests' | 'history' }>;

async function lookUp(
  queues: Queues,
  command: SlashCommand,
  parsed: LookUp,
  ack: Acknowledge,
): Promise<void> {
  const common = {
    key: commandKey(parsed.verb, command.trigger_id),
    replyTo: replyToCommand(command),
  };
  switch (parsed.verb) {
    case 'usage':
      await queues.answer({
        kind: 'usage',
        ...common,
        query: parsed.query,
        view: parsed.view,
        page: 1,
      });
      break;
    case 'who':
      if (parsed.query === null) return ack(ephemeral(missingNameMessage()));
      await queues.answer({
        kind: 'who',
        ...common,
        query: parsed.query,
        view: parsed.view,
        page: 1,
      });
      break;
    case 'requests':
      await queues.answer({ kind: 'requests', ...common });
      break;
    case 'history':
      if (parsed.requestId === null) return ack(ephemeral(missingRequestMessage()));
      await queues.answer({ kind: 'history', ...common, requestId: parsed.requestId });
      break;
  }
  return ack({ response_type: 'ephemeral', text: LOOKING });
}
