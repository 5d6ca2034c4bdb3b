import { refusalCode, type SlackWeb } from '#adapters/slack/slack-web.ts';
import type { Channels } from '#ports/channels.ts';
import type { CardPlace } from '#ports/notifier.ts';
import { hasChart, type Message, withoutCharts } from '#slack/views/message.ts';
import { withheldLine } from '#slack/views/shared-channel.ts';
import { DeliveryRefused } from '#src/errors.ts';

/** Where the bot is no member, or the person is none: what is for one person goes to them directly. */
const NOT_THERE: ReadonlySet<string> = new Set([
  'channel_not_found',
  'is_archived',
  'not_in_channel',
  'user_not_in_channel',
]);

/** Whether Slack refused something because somebody is not in the channel. */
export function isNotThere(error: unknown): boolean {
  return NOT_THERE.has(refusalCode(error) ?? '');
}

/** Messages by Slack's Web API. Everything that more than one person reads goes through here. */
export interface SlackMessages {
  /** Post to a channel or, by their id, to a person; under another message when its `ts` is given. */
  post(channel: string, message: Message, thread_ts?: string): Promise<CardPlace>;
  update(place: CardPlace, message: Message): Promise<void>;
  /** Post for one person in a channel; false where the bot or the person is not in it. */
  ephemerally(channel: string, user: string, message: Message): Promise<boolean>;
  /**
   * What `post` and `update` show of a message there: where people of another organization read it
   * (T06), one line that says nothing of it.
   *
   * @throws {Unavailable} when Slack does not say who reads it
   */
  seenIn(channel: string, message: Message): Promise<Message>;
}

export function slackMessages(web: SlackWeb, channels: Channels): SlackMessages {
  async function seenIn(channel: string, message: Message): Promise<Message> {
    return (await channels.isShared(channel)) ? withheldLine() : message;
  }

  return {
    seenIn,
    async post(channel, message, thread_ts) {
      const thread = thread_ts === undefined ? {} : { thread_ts };
      const posted = await chartOrNot(await seenIn(channel, message), (content) =>
        web((client) => client.chat.postMessage({ channel, ...content, ...thread, ...QUIET })),
      );
      if (posted.channel === undefined || posted.ts === undefined) {
        throw new DeliveryRefused('Slack does not say where it posted a message');
      }
      return { channelId: posted.channel, ts: posted.ts };
    },
    async update({ channelId: channel, ts }, message) {
      const content = contentOf(await seenIn(channel, message));
      await web((client) => client.chat.update({ channel, ts, ...content, parse: 'none' }));
    },
    async ephemerally(channel, user, message) {
      try {
        await chartOrNot(message, (content) =>
          web((client) => client.chat.postEphemeral({ channel, user, ...content, ...QUIET })),
        );
        return true;
      } catch (error) {
        if (isNotThere(error)) return false;
        throw error;
      }
    },
  };
}

const QUIET = { unfurl_links: false, unfurl_media: false, parse: 'none' } as const;

/** Send a message; where Slack does not know charts yet, once more without them. */
async function chartOrNot<Result>(
  message: Message,
  send: (content: ReturnType<typeof contentOf>) => Promise<Result>,
): Promise<Result> {
  try {
    return await send(contentOf(message));
  } catch (error) {
    if (refusalCode(error) !== 'invalid_blocks' || !hasChart(message)) throw error;
    return send(contentOf(withoutCharts(message)));
  }
}

function contentOf({ text, blocks }: Message) {
  return { text, blocks: [...blocks] };
}
