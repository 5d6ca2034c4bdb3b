import {
  App,
  type BlockAction,
  type ButtonAction,
  type Logger,
  LogLevel,
  type StaticSelectAction,
  type ViewSubmitAction,
} from '@slack/bolt';
import type { Queues } from '#ports/queues.ts';
import type { ReplayKeys } from '#ports/replay-keys.ts';
import type { Snapshots } from '#ports/snapshots.ts';
import { filterUsage, openUsage, openWho } from '#slack/actions/change-usage.ts';
import { clickImport } from '#slack/actions/confirm-import.ts';
import {
  chooseAssociation,
  clickFollowUp,
  openFollowUpForm,
} from '#slack/actions/decide-follow-up.ts';
import { clickPolicy } from '#slack/actions/decide-policy.ts';
import {
  chooseAlternative,
  clickDecision,
  clickForm,
  clickReason,
} from '#slack/actions/decide-request.ts';
import { shareUsage } from '#slack/actions/share.ts';
import { licenseCommand } from '#slack/commands/license.ts';
import type { Home } from '#slack/envelope.ts';
import { fallbacks, type Respond } from '#slack/fallbacks.ts';
import { homeOpened, openRequest, refreshHome } from '#slack/home.ts';
import type { launchRequests as LaunchRequests } from '#slack/launch-requests.ts';
import type { SlackLog } from '#slack/log.ts';
import { openImportForm } from '#slack/modals/open-import-form.ts';
import type { OpenView, RequestForm } from '#slack/modals/open-request-form.ts';
import { submitExtension, submitIgnore, submitObjection } from '#slack/modals/submit-follow-up.ts';
import { submitImport, submitImportConfirmation } from '#slack/modals/submit-import.ts';
import { submitReason } from '#slack/modals/submit-reason.ts';
import { once } from '#slack/once.ts';
import type { optimizing as Optimizing } from '#slack/optimizing.ts';
import type { OfferPorts } from '#slack/options/offer-sources.ts';
import { SELECTS } from '#slack/options/selects.ts';
import { lambdaReceiver, type SlackHandler } from '#slack/receiver.ts';
import type { Secrets } from '#slack/verified-request.ts';
import { ACTION, CALLBACK } from '#slack/views/action-ids.ts';

/** Everything that functions/slack needs from outside. */
export interface SlackPorts extends OfferPorts {
  readonly queues: Queues;
  readonly replayKeys: ReplayKeys;
  readonly snapshots: Pick<Snapshots, 'shard' | 'organization'>;
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

  const savings = once(async () => {
    const { optimizing } = await import('#slack/optimizing.ts');
    return optimizing(ports);
  });
  const optimize: Optimize = async (...question) => (await savings()).ask(...question);
  const requestForm: RequestForm = {
    open: async (...request) => (await launching()).form.open(...request),
  };
  const openImport = openImportForm({ openView, queues });
  app.command('/license', licenseCommand({ queues, openView, requestForm, openImport, optimize }));
  addForms(app, ports, launching);
  addRequests(app, ports);
  addFollowUps(app, ports);
  addUsage(app, ports);
  addSavings(app, savings);
  app.action(ACTION.confirmPolicy, clickPolicy('confirm-policy', ports));
  app.action(ACTION.rejectPolicy, clickPolicy('reject-policy', ports));
  app.view(CALLBACK.importFile, submitImport(ports));
  app.view(CALLBACK.confirmImport, submitImportConfirmation(ports));
  app.action(ACTION.confirmImport, clickImport(ports));
  app.action(ACTION.refreshHome, refreshHome(ports));
  app.action(ACTION.openRequest, openRequest({ requestForm }));
  app.event('app_home_opened', homeOpened(ports));
  return receiver.handler;
}

type Launching = () => Promise<ReturnType<typeof LaunchRequests>>;

/** The forms that launches are asked for and changed with. */
function addForms(app: App, { queues }: SlackPorts, launching: Launching): void {
  for (const field of SELECTS) {
    app.options(field, async (typed) => (await launching()).options(field)(typed));
  }
  for (const callback of [CALLBACK.request, CALLBACK.start, CALLBACK.resize, CALLBACK.scale]) {
    app.view<ViewSubmitAction>(callback, async (form) => (await launching()).submit(form));
  }
  app.view<ViewSubmitAction>(CALLBACK.edit, async (form) => (await launching()).edit(form));
  app.view<ViewSubmitAction>(CALLBACK.counter, async (form) => (await launching()).counter(form));
  app.action(ACTION.alternative, chooseAlternative({ queues }));
}

/** The buttons of a request's cards, and the forms behind them. */
function addRequests(app: App, ports: SlackPorts): void {
  app.action(ACTION.approve, clickDecision('approve', ports));
  app.action(ACTION.cancel, clickDecision('cancel', ports));
  app.action(ACTION.accept, clickDecision('accept', ports));
  app.action(ACTION.decline, clickDecision('decline', ports));
  app.action(ACTION.edit, clickForm('edit', ports));
  app.action(ACTION.counter, clickForm('counter', ports));
  app.action(ACTION.again, clickForm('again', ports));
  app.action(ACTION.deny, clickReason('deny', ports));
  app.action(ACTION.override, clickReason('override', ports));
  app.action(ACTION.note, clickReason('note', ports));
  app.view(CALLBACK.deny, submitReason('deny', ports));
  app.view(CALLBACK.override, submitReason('override', ports));
  app.view(CALLBACK.note, submitReason('note', ports));
}

/** The buttons of follow-ups, and the forms behind them. */
function addFollowUps(app: App, ports: SlackPorts): void {
  app.action(ACTION.approveUse, clickFollowUp({ do: 'approve' }, ports));
  app.action(ACTION.stopUse, clickFollowUp({ do: 'stop' }, ports));
  app.action(ACTION.acceptOverride, clickFollowUp({ do: 'accept' }, ports));
  app.action(ACTION.associateUse, chooseAssociation(ports));
  app.action(ACTION.ignoreUse, openFollowUpForm('ignore', ports));
  app.action(ACTION.objectOverride, openFollowUpForm('object', ports));
  app.action(ACTION.extendTimeBox, openFollowUpForm('extend', ports));
  app.action(ACTION.endTimeBox, clickFollowUp({ do: 'stop' }, ports));
  app.view<ViewSubmitAction>(CALLBACK.ignoreUse, submitIgnore(ports));
  app.view<ViewSubmitAction>(CALLBACK.objectOverride, submitObjection(ports));
  app.view<ViewSubmitAction>(CALLBACK.extendTimeBox, submitExtension(ports));
}

/** The selects and pages of answers about usage. */
function addUsage(app: App, ports: SlackPorts): void {
  app.action(ACTION.share, shareUsage(ports));
  for (const filter of [ACTION.usageAccount, ACTION.usageOwner, ACTION.usageSort]) {
    app.action(filter, filterUsage(ports));
  }
  for (const open of [ACTION.usageAll, ACTION.usageOpen, ACTION.usagePrevious, ACTION.usageNext]) {
    app.action(open, openUsage(ports));
  }
  for (const page of [ACTION.who, ACTION.whoPrevious, ACTION.whoNext]) {
    app.action(page, openWho(ports));
  }
}

type Savings = () => Promise<ReturnType<typeof Optimizing>>;
type Optimize = ReturnType<typeof Optimizing>['ask'];

/** The buttons of the optimizer's answers and of recommendations, and the forms behind them. */
function addSavings(app: App, savings: Savings): void {
  const button = (
    actionId: string | RegExp,
    listener: Exclude<keyof ReturnType<typeof Optimizing>, 'ask' | 'open' | `submit${string}`>,
  ) =>
    app.action<BlockAction<ButtonAction>>(actionId, async (click) =>
      (await savings())[listener](click),
    );
  for (const turn of [ACTION.optimizationPrevious, ACTION.optimizationNext]) button(turn, 'turn');
  button(ACTION.optimizationNow, 'turn');
  button(numbered(ACTION.showScenario), 'turn');
  button(numbered(ACTION.compareGoals), 'compare');
  button(ACTION.changeScenario, 'change');
  button(ACTION.shareOptimization, 'share');
  button(ACTION.exportPlan, 'export');
  for (const list of [ACTION.openSavings, ACTION.savingsPrevious, ACTION.savingsNext]) {
    button(list, 'list');
  }
  button(ACTION.acceptRecommendation, 'accept');
  button(ACTION.reopenRecommendation, 'reopen');
  button(ACTION.dismissRecommendation, 'dismiss');
  button(ACTION.snoozeRecommendation, 'snooze');
  button(numbered(ACTION.requestStep), 'requestStep');
  button(numbered(ACTION.confirmStep), 'confirmStep');
  for (const open of [ACTION.openRecommendation, ACTION.refreshRecommendation]) {
    app.action<BlockAction<ButtonAction | StaticSelectAction>>(open, async (click) =>
      (await savings()).open(click),
    );
  }
  app.view<ViewSubmitAction>(CALLBACK.scenario, async (form) =>
    (await savings()).submitScenario(form),
  );
  app.view<ViewSubmitAction>(CALLBACK.dismissRecommendation, async (form) =>
    (await savings()).submitDismissal(form),
  );
  app.view<ViewSubmitAction>(CALLBACK.snoozeRecommendation, async (form) =>
    (await savings()).submitSnooze(form),
  );
}

/** Several of a kind stand beside each other: each has an id of its own. */
function numbered(actionId: string): RegExp {
  return new RegExp(`^${actionId}_[a-z0-9-]+$`);
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
