import type { ModalView } from '@slack/types';
import type { PostToResponseUrl } from '#adapters/slack/response-url.ts';
import { isNotThere, type SlackMessages, slackMessages } from '#adapters/slack/slack-messages.ts';
import { uploadText } from '#adapters/slack/slack-uploads.ts';
import { refusalCode, type SlackWeb } from '#adapters/slack/slack-web.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import type { ReplyTo } from '#domain/jobs/reply-to.ts';
import type { Channels } from '#ports/channels.ts';
import type { Notifier, RequestCard } from '#ports/notifier.ts';
import type { ShownMessages } from '#ports/shown-messages.ts';
import { apologyMessage, notInChannelMessage, stuckMessage } from '#slack/views/apology.ts';
import { chainDigestMessage } from '#slack/views/chain-digest.ts';
import { followUpCard } from '#slack/views/follow-up-card.ts';
import { followUpNoticeMessage } from '#slack/views/follow-up-notice.ts';
import { historyMessage } from '#slack/views/history.ts';
import { homeView } from '#slack/views/home.ts';
import { importMessage, importNoticeMessage } from '#slack/views/import-message.ts';
import { importView } from '#slack/views/import-view.ts';
import type { Message } from '#slack/views/message.ts';
import { noticeMessage } from '#slack/views/notice.ts';
import { optimizationMessage, sharedOptimizationMessage } from '#slack/views/optimization.ts';
import { noPlanFileMessage, planFileMessage } from '#slack/views/plan-file.ts';
import { policyCard } from '#slack/views/policy-card.ts';
import { policyNoticeMessage } from '#slack/views/policy-notice.ts';
import { recommendationMessage } from '#slack/views/recommendation.ts';
import { recommendationsMessage } from '#slack/views/recommendation-list.ts';
import { movedCard, requestCard } from '#slack/views/request-card.ts';
import { formMessage, shownForm } from '#slack/views/request-form-shown.ts';
import { overrideMessage, reminderMessage } from '#slack/views/request-messages.ts';
import { requestsMessage } from '#slack/views/requests-list.ts';
import { scenarioForm } from '#slack/views/scenario-form.ts';
import { shareRefusedMessage, withheldNotice } from '#slack/views/shared-channel.ts';
import { sharedUsageMessage, usageMessage } from '#slack/views/usage.ts';
import { whoMessage } from '#slack/views/who.ts';

/** Everything the bot says, through Slack's response URLs and Web API. */
export function slackNotifier(slack: {
  readonly web: SlackWeb;
  readonly channels: Channels;
  readonly postToResponseUrl: PostToResponseUrl;
  readonly shown: Pick<ShownMessages, 'keep'>;
}): Notifier {
  const { web, postToResponseUrl, shown } = slack;
  const messages = slackMessages(web, slack.channels);
  const { post, update } = messages;

  /** By response URL while it lives, else ephemerally in the channel, else directly. */
  async function reply(replyTo: ReplyTo, message: Message): Promise<void> {
    const { responseUrl, channelId, personId, replaces = false } = replyTo;
    if (responseUrl !== null && (await postToResponseUrl(responseUrl, message, replaces))) return;
    if (channelId === null || !(await messages.ephemerally(channelId, personId, message))) {
      await post(personId, message);
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
    shareUsage: (channelId, sharedBy, answer) =>
      share(post, channelId, sharedBy, sharedUsageMessage(answer, sharedBy)),
    refuseShare: (replyTo) => reply(replyTo, shareRefusedMessage()),
    ...requestCards(messages, shown),
    async home(personId, view) {
      await web((client) => client.views.publish({ user_id: personId, view: homeView(view) }));
    },
    postPolicyCard: (channelId, card) => post(channelId, policyCard(card)),
    updatePolicyCard: (place, card) => update(place, policyCard(card)),
    postChainDigest: (channelId, digest) => post(channelId, chainDigestMessage(digest)),
    postFollowUpCard: (channelId, card) => post(channelId, followUpCard(card)),
    updateFollowUpCard: (place, card) => update(place, followUpCard(card)),
    followUpNotice: (replyTo, followUp, notice) =>
      reply(replyTo, followUpNoticeMessage(followUp, notice)),
    async showImport({ viewKey, replyTo }, shown) {
      if (await updateForm(web, viewKey, importView(viewKey, shown))) return;
      const instead = importMessage(shown);
      if (instead !== null) await post(replyTo.personId, instead);
    },
    async showRequestForm({ viewKey, replyTo }, shown) {
      const { channelId, personId } = replyTo;
      if (await updateForm(web, viewKey, shownForm({ viewKey, channelId }, shown))) return;
      const instead = formMessage(shown);
      if (instead !== null) await post(personId, instead);
    },
    importNotice: (replyTo, notice) => reply(replyTo, importNoticeMessage(notice)),
    ...savings(web, messages, reply),
    policyNotice: (replyTo, proposal, notice) =>
      reply(replyTo, policyNoticeMessage(proposal, notice)),
  };
}

/** Post for a whole channel; who shares it hears where the bot is not in it. */
async function share(
  post: SlackMessages['post'],
  channelId: string,
  sharedBy: string,
  message: Message,
): Promise<void> {
  try {
    await post(channelId, message);
  } catch (error) {
    if (!isNotThere(error)) throw error;
    await post(sharedBy, notInChannelMessage());
  }
}

/** Requests' cards, and what is said beside them; what approvers have before them when they decide is kept, once they have it. */
function requestCards(
  { post, update, seenIn }: SlackMessages,
  shown: Pick<ShownMessages, 'keep'>,
): Pick<
  Notifier,
  'postCard' | 'updateCard' | 'moveCard' | 'remind' | 'announceOverride' | 'tellWithheld'
> {
  async function keep(channelId: string, { audience, request }: RequestCard, message: Message) {
    if (audience !== 'approvers') return;
    await shown.keep(request.id, canonicalJson(await seenIn(channelId, message)));
  }
  return {
    async postCard(channelId, card) {
      const message = requestCard(card);
      const place = await post(channelId, message);
      await keep(channelId, card, message);
      return place;
    },
    async updateCard(place, card) {
      const message = requestCard(card);
      await update(place, message);
      await keep(place.channelId, card, message);
    },
    moveCard: (place, request, channelId) => update(place, movedCard(request, channelId)),
    remind: (place, request, escalation) =>
      post(place.channelId, reminderMessage(request, escalation), place.ts),
    announceOverride: (channelId, request) => post(channelId, overrideMessage(request)),
    tellWithheld: (personId, request, channelId) =>
      post(personId, withheldNotice(request, channelId)),
  };
}

/** What the optimizer came to, and recommendations. */
function savings(
  web: SlackWeb,
  { post }: SlackMessages,
  reply: (replyTo: ReplyTo, message: Message) => Promise<void>,
): Pick<
  Notifier,
  | 'optimization'
  | 'shareOptimization'
  | 'recommendations'
  | 'recommendation'
  | 'sendPlan'
  | 'showScenarioForm'
> {
  return {
    optimization: (replyTo, answer) =>
      reply(replyTo, optimizationMessage(answer, replyTo.channelId !== null)),
    shareOptimization: (channelId, sharedBy, answer) =>
      share(post, channelId, sharedBy, sharedOptimizationMessage(answer, sharedBy)),
    recommendations: (replyTo, answer) => reply(replyTo, recommendationsMessage(answer)),
    recommendation: (replyTo, answer) => reply(replyTo, recommendationMessage(answer)),
    async sendPlan(replyTo, file) {
      if (file === null) return reply(replyTo, noPlanFileMessage());
      const { channelId, ts } = await post(replyTo.personId, planFileMessage(file));
      await uploadText(web, file, { channelId, ts });
    },
    async showScenarioForm({ viewKey, replyTo }, shown) {
      await updateForm(web, viewKey, scenarioForm(viewKey, replyTo.channelId, shown));
    },
  };
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
