import type { ModalView } from '@slack/types';
import type { PostToResponseUrl } from '#adapters/slack/response-url.ts';
import { refusalCode, type SlackWeb } from '#adapters/slack/slack-web.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import type { ReplyTo } from '#domain/job.ts';
import type { CardPlace, Notifier, RequestCard } from '#ports/notifier.ts';
import type { ShownMessages } from '#ports/shown-messages.ts';
import { apologyMessage, notInChannelMessage, stuckMessage } from '#slack/views/apology.ts';
import { chainDigestMessage } from '#slack/views/chain-digest.ts';
import { followUpCard } from '#slack/views/follow-up-card.ts';
import { followUpNoticeMessage } from '#slack/views/follow-up-notice.ts';
import { historyMessage } from '#slack/views/history.ts';
import { homeView } from '#slack/views/home.ts';
import { importMessage, importNoticeMessage } from '#slack/views/import-message.ts';
import { importView } from '#slack/views/import-view.ts';
import { hasChart, type Message, withoutCharts } from '#slack/views/message.ts';
import { noticeMessage } from '#slack/views/notice.ts';
import { policyCard } from '#slack/views/policy-card.ts';
import { policyNoticeMessage } from '#slack/views/policy-notice.ts';
import { movedCard, requestCard } from '#slack/views/request-card.ts';
import { formMessage, shownForm } from '#slack/views/request-form-shown.ts';
import { overrideMessage, reminderMessage } from '#slack/views/request-messages.ts';
import { requestsMessage } from '#slack/views/requests-list.ts';
import { sharedUsageMessage, usageMessage } from '#slack/views/usage.ts';
import { whoMessage } from '#slack/views/who.ts';
import { DeliveryRefused } from '#src/errors.ts';

/** Where the bot is no member, or the person is none: what is for one person goes to them directly. */
const NOT_THERE: ReadonlySet<string> = new Set([
  'channel_not_found',
  'is_archived',
  'not_in_channel',
  'user_not_in_channel',
]);

/** Everything the bot says, through Slack's response URLs and Web API. */
export function slackNotifier(slack: {
  readonly web: SlackWeb;
  readonly postToResponseUrl: PostToResponseUrl;
  readonly shown: Pick<ShownMessages, 'keep'>;
}): Notifier {
  const { web, postToResponseUrl, shown } = slack;

  /** By response URL while it lives, else ephemerally in the channel, else directly. */
  async function reply(replyTo: ReplyTo, message: Message): Promise<void> {
    const { responseUrl, channelId, personId, replaces = false } = replyTo;
    if (responseUrl !== null && (await postToResponseUrl(responseUrl, message, replaces))) return;
    if (channelId === null || !(await ephemerally(web, channelId, personId, message))) {
      await post(web, personId, message);
    }
  }

  return {
    usage: (replyTo, answer) => reply(replyTo, usageMessage(answer, replyTo.channelId !== null)),
    who: (replyTo, answer) => reply(replyTo, whoMessage(answer)),
    requests: (replyTo, answer) => reply(replyTo, requestsMessage(answer)),
    history: (replyTo, request, trail) => reply(replyTo, historyMessage(request, trail)),
    notice: (replyTo, request, notice) => reply(replyTo, noticeMessage(request, notice)),
    apology: (replyTo, reference) => reply(replyTo, apologyMessage(reference)),
    stuck: (replyTo, reference, givenUp) => reply(replyTo, stuckMessage(reference, givenUp)),
    async shareUsage(channelId, sharedBy, answer) {
      try {
        await post(web, channelId, sharedUsageMessage(answer, sharedBy));
      } catch (error) {
        if (!isNotThere(error)) throw error;
        await post(web, sharedBy, notInChannelMessage());
      }
    },
    ...requestCards(web, shown),
    moveCard: (place, request, channelId) => update(web, place, movedCard(request, channelId)),
    remind: (place, request, escalation) =>
      post(web, place.channelId, reminderMessage(request, escalation), place.ts),
    announceOverride: (channelId, request) => post(web, channelId, overrideMessage(request)),
    async home(personId, view) {
      await web((client) => client.views.publish({ user_id: personId, view: homeView(view) }));
    },
    postPolicyCard: (channelId, card) => post(web, channelId, policyCard(card)),
    updatePolicyCard: (place, card) => update(web, place, policyCard(card)),
    postChainDigest: (channelId, digest) => post(web, channelId, chainDigestMessage(digest)),
    postFollowUpCard: (channelId, card) => post(web, channelId, followUpCard(card)),
    updateFollowUpCard: (place, card) => update(web, place, followUpCard(card)),
    followUpNotice: (replyTo, followUp, notice) =>
      reply(replyTo, followUpNoticeMessage(followUp, notice)),
    async showImport({ viewKey, replyTo }, shown) {
      if (await updateForm(web, viewKey, importView(viewKey, shown))) return;
      const instead = importMessage(shown);
      if (instead !== null) await post(web, replyTo.personId, instead);
    },
    async showRequestForm({ viewKey, replyTo }, shown) {
      const { channelId, personId } = replyTo;
      if (await updateForm(web, viewKey, shownForm({ viewKey, channelId }, shown))) return;
      const instead = formMessage(shown);
      if (instead !== null) await post(web, personId, instead);
    },
    importNotice: (replyTo, notice) => reply(replyTo, importNoticeMessage(notice)),
    policyNotice: (replyTo, proposal, notice) =>
      reply(replyTo, policyNoticeMessage(proposal, notice)),
  };
}

/** Requests' cards; what approvers have before them when they decide is kept, once they have it. */
function requestCards(
  web: SlackWeb,
  shown: Pick<ShownMessages, 'keep'>,
): Pick<Notifier, 'postCard' | 'updateCard'> {
  async function keep({ audience, request }: RequestCard, message: Message): Promise<void> {
    if (audience === 'approvers') await shown.keep(request.id, canonicalJson(message));
  }
  return {
    async postCard(channelId, card) {
      const message = requestCard(card);
      const place = await post(web, channelId, message);
      await keep(card, message);
      return place;
    },
    async updateCard(place, card) {
      const message = requestCard(card);
      await update(web, place, message);
      await keep(card, message);
    },
  };
}

/** Post to a channel or, by their id, to a person; under another message when its `ts` is given. */
async function post(web: SlackWeb, channel: string, message: Message, thread_ts?: string) {
  const thread = thread_ts === undefined ? {} : { thread_ts };
  const posted = await chartOrNot(message, (content) =>
    web((client) => client.chat.postMessage({ channel, ...content, ...thread, ...QUIET })),
  );
  if (posted.channel === undefined || posted.ts === undefined) {
    throw new DeliveryRefused('Slack does not say where it posted a message');
  }
  return { channelId: posted.channel, ts: posted.ts };
}

async function update(
  web: SlackWeb,
  { channelId, ts }: CardPlace,
  message: Message,
): Promise<void> {
  await web((client) =>
    client.chat.update({ channel: channelId, ts, ...contentOf(message), parse: 'none' }),
  );
}

/** Show something else in a form; false where it was closed. */
async function updateForm(web: SlackWeb, viewKey: string, view: ModalView): Promise<boolean> {
  try {
    await web((client) => client.views.update({ external_id: viewKey, view }));
    return true;
  } catch (error) {
    if (refusalCode(error) !== 'not_found') throw error;
    return false;
  }
}

/** Post for one person in a channel; false where the bot or the person is not in it. */
async function ephemerally(
  web: SlackWeb,
  channel: string,
  user: string,
  message: Message,
): Promise<boolean> {
  try {
    await chartOrNot(message, (content) =>
      web((client) => client.chat.postEphemeral({ channel, user, ...content, ...QUIET })),
    );
    return true;
  } catch (error) {
    if (isNotThere(error)) return false;
    throw error;
  }
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

function isNotThere(error: unknown): boolean {
  return NOT_THERE.has(refusalCode(error) ?? '');
}
