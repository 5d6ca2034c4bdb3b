import type { AckFn, RespondArguments, SlashCommand } from '@slack/bolt';
import type { ReplyTo } from '#domain/jobs/reply-to.ts';
import type { Queues } from '#ports/queues.ts';
import { type LicenseCommand, parseLicenseCommand } from '#slack/commands/license-command.ts';
import { ephemeral } from '#slack/ephemeral.ts';
import { commandKey } from '#slack/idempotency.ts';
import { openFormFor } from '#slack/modals/open-form-for.ts';
import type { OpenImportForm } from '#slack/modals/open-import-form.ts';
import type { OpenView, RequestForm } from '#slack/modals/open-request-form.ts';
import { directOr, replyToCommand } from '#slack/reply-to.ts';
import {
  helpMessage,
  missingNameMessage,
  missingRequestMessage,
  unknownCommandMessage,
} from '#slack/views/help.ts';
import type { Message } from '#slack/views/message.ts';

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
  readonly openView: OpenView;
  /** Queues a question to the optimizer, or says what is wrong with it. */
  readonly optimize: (command: SlashCommand, scope: string) => Promise<Message>;
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
        await ports.requestForm.open(command.trigger_id, formReply(command), parsed.prefill);
        return ack();
      case 'form':
        if (parsed.purpose === null) return ack(ephemeral(missingRequestMessage('request again')));
        await openFormFor(ports, command.trigger_id, parsed.purpose, formReply(command));
        return ack();
      case 'import':
        await ports.openImport(command.trigger_id, command.user_id);
        return ack();
      case 'optimize':
        return ack(ephemeral(await ports.optimize(command, parsed.scope)));
      case 'usage':
      case 'who':
      case 'requests':
      case 'history':
        return lookUp(ports.queues, command, parsed, ack);
    }
  };
}

/** Forms outlive the response URL of the command that opened them. */
function formReply({ channel_id, user_id }: SlashCommand): ReplyTo {
  return directOr(channel_id, user_id);
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
      if (parsed.requestId === null) return ack(ephemeral(missingRequestMessage('history')));
      await queues.answer({ kind: 'history', ...common, requestId: parsed.requestId });
      break;
  }
  return ack({ response_type: 'ephemeral', text: LOOKING });
}
