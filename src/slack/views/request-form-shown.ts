import type { KnownBlock, ModalView } from '@slack/types';
import type { FormPurpose } from '#domain/jobs/form-purpose.ts';
import type { MachineChoice } from '#domain/launch/launch-plan.ts';
import { templateOf } from '#domain/launch/launch-plan.ts';
import type { RequestFormPlace, RequestFormShown } from '#ports/request-form.ts';
import { ACTION, CALLBACK } from '#slack/views/action-ids.ts';
import { failureView } from '#slack/views/apology.ts';
import { COUNT_MAXIMUM, words } from '#slack/views/form-field.ts';
import { aboutRequest, startingForm } from '#slack/views/form-target.ts';
import {
  accountOption,
  groupOption,
  instanceOption,
  option,
  poolOption,
} from '#slack/views/launch-option.ts';
import { chosenCpu, cpuText, launchTitle } from '#slack/views/launch-summary.ts';
import { LIMITS } from '#slack/views/limits.ts';
import { context, type Message, type MessageBlock, plainText } from '#slack/views/message.ts';
import { noticeMessage } from '#slack/views/notice.ts';
import {
  bodyFor,
  type GroupFields,
  groupFields,
  type InstanceFields,
  instanceFields,
} from '#slack/views/operation-fields.ts';
import {
  type FormFrame,
  formView,
  forWhom,
  type InitialFields,
  notFound,
  reasonField,
} from '#slack/views/request-form.ts';
import { ALTERNATIVE, otherNames } from '#slack/views/request-offers.ts';
import { mrkdwn, nameText } from '#slack/views/text.ts';
import { plainForm, waitingForm } from '#slack/views/waiting-form.ts';

type Shown<Kind extends RequestFormShown['kind']> = Extract<RequestFormShown, { kind: Kind }>;
type Place = Pick<RequestFormPlace, 'viewKey'> & { readonly channelId: string | null };

/** A form that was opened empty, through its life. */
export function shownForm({ viewKey, channelId }: Place, shown: RequestFormShown): ModalView {
  switch (shown.kind) {
    case 'opening':
      return waitingForm(viewKey);
    case 'refused':
      return plainForm(viewKey, refused(shown));
    case 'failed':
      return failureView('I could not open that form. Nothing was changed.', shown.reference);
    case 'instance':
      return instanceForm({ viewKey, channelId }, shown);
    case 'group':
      return groupForm({ viewKey, channelId }, shown);
    case 'request':
      return filledForm({ viewKey, channelId }, shown);
  }
}

const TRIED = {
  launch: 'submit',
  start: 'submit',
  resize: 'submit',
  scale: 'submit',
  again: 'submit',
  edit: 'edit',
  counter: 'counter',
} as const satisfies Record<FormPurpose['kind'], string>;

/** What somebody is told who closed the form before it could say why not. */
export function formMessage(shown: RequestFormShown): Message | null {
  return shown.kind === 'refused' ? refusal(shown) : null;
}

function refusal({ purpose, why }: Shown<'refused'>): Message {
  return noticeMessage(null, { kind: 'refused', action: TRIED[purpose], why });
}

function refused(shown: Shown<'refused'>): KnownBlock[] {
  return refusal(shown).blocks.filter(
    (block): block is KnownBlock => block.type !== 'data_visualization',
  );
}

/** Start or resize: an instance that has licenses and, to resize, its new size. */
function instanceForm(
  { viewKey, channelId }: Place,
  { operation, instance, instanceType, unknown }: Shown<'instance'>,
): ModalView {
  const frame = {
    callbackId: CALLBACK[operation],
    title: operation === 'start' ? 'Start an instance' : 'Resize an instance',
    submit: 'Request',
    metadata: startingForm(channelId, null),
    viewKey,
  };
  const account = instance && accountOption({ id: instance.account, name: instance.accountName });
  const fields: InstanceFields = {
    account: account ?? undefined,
    region: instance === null ? undefined : option(instance.region, instance.region),
    instance: instance === null ? undefined : instanceOption(instance),
    instanceType: instanceType === null ? undefined : option(instanceType, instanceType),
    cores: null,
    threads: null,
    until: null,
  };
  const missed = unknown === null ? [] : [notFound(unknown)];
  return formView(frame, [...missed, ...instanceFields(operation, fields), reasonField(null)]);
}

/** So many more in a group. Nothing else of it can be chosen. */
function groupForm(
  { viewKey, channelId }: Place,
  { group, count, unknown }: Shown<'group'>,
): ModalView {
  const frame = {
    callbackId: CALLBACK.scale,
    title: 'Scale a group',
    submit: 'Request',
    metadata: startingForm(channelId, null),
    viewKey,
  };
  const account = group && accountOption({ id: group.account, name: group.accountName });
  const fields: GroupFields = {
    account: account ?? undefined,
    region: group === null ? undefined : option(group.region, group.region),
    // Slack takes no longer value: then it is chosen from the list, or by the command line.
    group:
      group === null || group.name.length > LIMITS.optionValue ? undefined : groupOption(group),
    count: count === null ? null : Math.min(count, COUNT_MAXIMUM),
  };
  const missed = unknown === null ? [] : [notFound(unknown)];
  return formView(frame, [...missed, ...groupFields(fields), reasonField(null)]);
}

/** A request's own form again: to change it, to offer something else, or to ask once more. */
function filledForm(place: Place, shown: Shown<'request'>): ModalView {
  const { purpose, request, choice } = shown;
  const frame = frameOf(place, shown);
  const { operation } = choice.target;
  const fields = fieldsOf(shown);
  const reason =
    purpose === 'counter'
      ? words('reason', 'Reason', 'Why you offer this. The requester sees it.', null)
      : reasonField(request.reason);
  return formView(frame, [
    ...(purpose === 'again' ? [] : [context(mrkdwn`Request ${request.id}`)]),
    ...quickPicks(shown),
    ...bodyFor(operation, fields),
    ...(purpose === 'again' && operation === 'launch' ? [forWhom(fields.for)] : []),
    reason,
  ]);
}

const FRAMES = {
  edit: { callbackId: CALLBACK.edit, title: 'Change the request', submit: 'Change' },
  counter: { callbackId: CALLBACK.counter, title: 'Offer something else', submit: 'Offer' },
} as const;

function frameOf({ viewKey, channelId }: Place, shown: Shown<'request'>): FormFrame {
  const { purpose, request, choice } = shown;
  if (purpose !== 'again') {
    return { ...FRAMES[purpose], metadata: aboutRequest(channelId, request), viewKey };
  }
  const { operation } = choice.target;
  return {
    callbackId: operation === 'launch' ? CALLBACK.request : CALLBACK[operation],
    title: 'Ask again',
    submit: 'Request',
    metadata: startingForm(channelId, request.id),
    viewKey,
  };
}

function fieldsOf({ request, choice, labels, pools }: Shown<'request'>): InitialFields {
  const version = choice === request.choice ? templateOf(request.plan)?.version : undefined;
  const pool = (poolId: string) => {
    const known = pools.find((ledger) => ledger.poolId === poolId);
    return known === undefined ? option(nameText(labels.pool), poolId) : poolOption(known);
  };
  return {
    account: accountOption({ id: choice.account, name: labels.account }),
    region: option(choice.region, choice.region),
    pool: pool(choice.poolId),
    otherPools: choice.otherPoolIds.map(pool),
    launchTemplate: sourceOption(choice, labels.source, version),
    instanceType: option(choice.instanceType, choice.instanceType),
    host: choice.hostId === null ? undefined : option(choice.hostId, choice.hostId),
    licenseIncluded: choice.licenseIncluded === true,
    count: choice.count,
    cores: choice.cores,
    threads: choice.threadsPerCore,
    for: request.for === request.requestedBy ? null : request.for,
    reason: request.reason,
    until: choice.until === null ? null : lastDay(choice.until),
  };
}

/** The day whose end is this instant. */
function lastDay(until: Date): string {
  return new Date(until.getTime() - 1).toISOString().slice(0, 10);
}

function sourceOption({ target }: MachineChoice, source: string, version: number | undefined) {
  switch (target.operation) {
    case 'launch':
      return option(
        `${nameText(source, 55)}${version === undefined ? '' : ` · version ${version}`}`,
        target.launchTemplateId,
      );
    case 'start':
    case 'resize':
      return option(`${nameText(source, 36)} (${target.instanceId})`, target.instanceId);
    case 'scale':
      return option(nameText(source, 75), target.autoScalingGroupName);
  }
}

/** A click fills the form with one of the launches that would pass. */
function quickPicks({ alternatives }: Shown<'request'>): MessageBlock[] {
  if (alternatives.length === 0) return [];
  const options = alternatives.map(({ kind, choice, labels }, index) => {
    const cpu = cpuText(chosenCpu(choice));
    const names = otherNames(labels).map((name) => `, ${name}`);
    const what = `${launchTitle(choice)}${cpu === '' ? '' : `, ${cpu}`}${names.join('')}`;
    return option(`${ALTERNATIVE[kind]}: ${what}`, String(index));
  });
  return [
    {
      type: 'section',
      block_id: ACTION.alternative,
      text: { type: 'mrkdwn', text: 'Fill the form with a launch that would pass:' },
      accessory: {
        type: 'static_select',
        action_id: ACTION.alternative,
        placeholder: plainText('Choose one', LIMITS.placeholder),
        options,
      },
    },
  ];
}
