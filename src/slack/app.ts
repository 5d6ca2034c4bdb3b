import { App, type Logger, LogLevel, type ViewSubmitAction } from '@slack/bolt';
import type { Queues } from '#ports/queues.ts';
import type { ReplayKeys } from '#ports/replay-keys.ts';
import { filterUsage, openUsage, openWho } from '#slack/actions/change-usage.ts';
import { clickImport } from '#slack/actions/confirm-import.ts';
import {
  chooseAssociation,
  clickFollowUp,
  openFollowUpForm,
} from '#slack/actions/decide-follow-up.ts';
import { clickPolicy } from '#slack/actions/decide-policy.ts';
import { clickDecision, clickDeny } from '#slack/actions/decide-request.ts';
import { shareUsage } from '#slack/actions/share.ts';
import { licenseCommand } from '#slack/commands/license.ts';
import type { Home } from '#slack/envelope.ts';
import { fallbacks, type Respond } from '#slack/fallbacks.ts';
import { homeOpened, openRequest, refreshHome } from '#slack/home.ts';
import type { SlackLog } from '#slack/log.ts';
import { openImportForm } from '#slack/modals/open-import-form.ts';
import type { OpenView, RequestForm } from '#slack/modals/open-request-form.ts';
import { submitDenial } from '#slack/modals/submit-denial.ts';
import { submitIgnore, submitObjection } from '#slack/modals/submit-follow-up.ts';
import { submitImport, submitImportConfirmation } from '#slack/modals/submit-import.ts';
import { once } from '#slack/once.ts';
import { SELECTS } from '#slack/options/offer-options.ts';
import type { OfferPorts } from '#slack/options/offer-sources.ts';
import { lambdaReceiver, type SlackHandler } from '#slack/receiver.ts';
import type { Secrets } from '#slack/verified-request.ts';
import { ACTION, CALLBACK } from '#slack/views/action-ids.ts';

/** Everything that functions/slack needs from outside. */
export interface SlackPorts extends OfferPorts {
  readonly queues: Queues;
  readonly replayKeys: ReplayKeys;
  readonly secrets: Secrets;
  readonly openView: OpenView;
  readonly respond: Respond;
  readonly log: SlackLog;
}

/** The one workspace and app, and the bot in it. */
export interface SlackIdentity extends Home {
  readonly botId: string;
  readonly botUserId: string;
}

/** The path that Slack posts everything to. */
export const SLACK_PATH = '/slack/events';

/** Every command, form, select and button, in one list; the handler answers all of them. */
export function createSlackApp(
  ports: SlackPorts,
  { botId, botUserId, ...home }: SlackIdentity,
): SlackHandler {
  const { queues, respond, openView, log, secrets, replayKeys } = ports;
  const launching = once(async () => {
    const { launchRequests } = await import('#slack/launch-requests.ts');
    return launchRequests(ports);
  });
  const requestForm: RequestForm = {
    open: async (...request) => (await launching()).form.open(...request),
  };
  const receiver = lambdaReceiver({
    path: SLACK_PATH,
    home,
    secrets,
    replayKeys,
    fallbacks: fallbacks({ respond, openView }),
    log,
  });
  const app = new App({
    receiver,
    // Listeners call nothing of Slack through Bolt, so it needs neither a token nor a question to Slack.
    authorize: async () => ({ teamId: home.teamId, botId, botUserId }),
    convoStore: false,
    logger: SILENT,
  });

  const openImport = openImportForm({ openView, queues });
  app.command('/license', licenseCommand({ queues, requestForm, openImport }));
  for (const field of SELECTS) {
    app.options(field, async (typed) => (await launching()).options(field)(typed));
  }
  app.view<ViewSubmitAction>(CALLBACK.request, async (submission) =>
    (await launching()).submit(submission),
  );
  app.view(CALLBACK.deny, submitDenial({ queues }));
  app.view(CALLBACK.importFile, submitImport({ queues }));
  app.view(CALLBACK.confirmImport, submitImportConfirmation({ queues }));
  app.action(ACTION.approve, clickDecision('approve', { queues, respond }));
  app.action(ACTION.cancel, clickDecision('cancel', { queues, respond }));
  app.action(ACTION.deny, clickDeny({ openView, respond }));
  app.action(ACTION.confirmPolicy, clickPolicy('confirm-policy', { queues, respond }));
  app.action(ACTION.rejectPolicy, clickPolicy('reject-policy', { queues, respond }));
  app.action(ACTION.approveUse, clickFollowUp({ do: 'approve' }, { queues, respond }));
  app.action(ACTION.stopUse, clickFollowUp({ do: 'stop' }, { queues, respond }));
  app.action(ACTION.acceptOverride, clickFollowUp({ do: 'accept' }, { queues, respond }));
  app.action(ACTION.associateUse, chooseAssociation({ queues, respond }));
  app.action(ACTION.ignoreUse, openFollowUpForm('ignore', { openView, respond }));
  app.action(ACTION.objectOverride, openFollowUpForm('object', { openView, respond }));
  app.view<ViewSubmitAction>(CALLBACK.ignoreUse, submitIgnore({ queues }));
  app.view<ViewSubmitAction>(CALLBACK.objectOverride, submitObjection({ queues }));
  app.action(ACTION.confirmImport, clickImport({ queues, respond }));
  app.action(ACTION.share, shareUsage({ queues, respond }));
  for (const filter of [ACTION.usageAccount, ACTION.usageOwner, ACTION.usageSort]) {
    app.action(filter, filterUsage({ queues, respond }));
  }
  for (const open of [ACTION.usageAll, ACTION.usageOpen, ACTION.usagePrevious, ACTION.usageNext]) {
    app.action(open, openUsage({ queues, respond }));
  }
  for (const page of [ACTION.who, ACTION.whoPrevious, ACTION.whoNext]) {
    app.action(page, openWho({ queues, respond }));
  }
  app.action(ACTION.refreshHome, refreshHome({ queues }));
  app.action(ACTION.openRequest, openRequest({ requestForm }));
  app.event('app_home_opened', homeOpened({ queues }));
  return receiver.handler;
}

/** Bolt's lines can hold bodies and tokens, and the receiver logs every failure itself. */
const SILENT: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};
