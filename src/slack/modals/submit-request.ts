import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { LaunchChoice } from '#domain/launch/launch-plan.ts';
import type { Queues } from '#ports/queues.ts';
import { commandKey, requestIdOf } from '#slack/idempotency.ts';
import { chosenValues, fieldErrors, formValues } from '#slack/modals/form-values.ts';
import { GroupForm, InstanceForm, LaunchForm, launchChoice } from '#slack/modals/launch-form.ts';
import {
  type FieldErrors,
  groupFormErrors,
  groupOf,
  instanceFormErrors,
  instanceOf,
  launchFormErrors,
} from '#slack/modals/launch-form-check.ts';
import { operationOf, selectionOf } from '#slack/options/launch-options.ts';
import type { Offers } from '#slack/options/offer-sources.ts';
import { directOr } from '#slack/reply-to.ts';
import { VIA_SLACK } from '#slack/via-slack.ts';
import { FORM_UNKNOWN } from '#slack/views/apology.ts';
import { parseFormTarget, parseStartingForm } from '#slack/views/form-target.ts';

interface Ports {
  readonly queues: Queues;
  readonly offers: Offers;
}
type Submission = SlackViewMiddlewareArgs<ViewSubmitAction>;

/**
 * A form that asks for something new came back. What is wrong is said under its field; else it is
 * queued and the form closes. The request's id follows from the form, so that a repeat is the same.
 */
export function submitRequest({ queues, offers }: Ports) {
  return async ({ ack, body, view }: Submission): Promise<void> => {
    const starting = parseStartingForm(view.private_metadata);
    const read = await readForm(view, offers);
    if (starting === null) return ack(errors({ reason: FORM_UNKNOWN }));
    if (!read.ok) return ack(errors(read.wrong));

    const by = body.user.id;
    await queues.decide(
      {
        kind: 'submit',
        key: commandKey('submit', view.id),
        at: new Date(),
        requestId: requestIdOf(body.team?.id ?? view.team_id, view.id),
        by,
        for: read.for ?? by,
        choice: read.choice,
        reason: read.reason,
        retryOf: starting.retryOf,
        ...VIA_SLACK,
        replyTo: directOr(starting.channelId, by),
      },
      read.choice.poolId,
    );
    return ack();
  };
}

/** A form that changes a request, or offers something else instead of it, came back. */
export function submitChange(kind: 'edit' | 'counter', { queues, offers }: Ports) {
  return async ({ ack, body, view }: Submission): Promise<void> => {
    const about = parseFormTarget(view.private_metadata);
    if (about === null) return ack(errors({ reason: FORM_UNKNOWN }));
    const read = await readForm(view, offers);
    if (!read.ok) return ack(errors(read.wrong));

    const { requestId, planHash, group } = about.target;
    await queues.decide(
      {
        kind,
        key: commandKey(kind, view.id),
        at: new Date(),
        requestId,
        planHash,
        by: body.user.id,
        choice: read.choice,
        reason: read.reason,
        ...VIA_SLACK,
        replyTo: directOr(about.channelId, body.user.id),
      },
      group,
    );
    return ack();
  };
}

type Read =
  | {
      readonly ok: true;
      readonly choice: LaunchChoice;
      readonly for: string | null;
      readonly reason: string;
    }
  | { readonly ok: false; readonly wrong: FieldErrors };

/** What a form asks for, checked against what is offered now. */
async function readForm(view: Submission['view'], offers: Offers): Promise<Read> {
  const values = formValues(view);
  const operation = operationOf(values, view.callback_id);
  const selection = selectionOf(values, view.callback_id);
  const fresh = () => offers.offer(selection, { fresh: true });
  switch (operation) {
    case 'launch':
      return readLaunch({ ...values, other_pools: chosenValues(view, 'other_pools') }, fresh);
    case 'scale':
      return readGroup(values, fresh);
    case 'start':
    case 'resize':
      return readInstance(values, operation, fresh);
  }
}

type Fresh = () => ReturnType<Offers['offer']>;

async function readLaunch(values: unknown, offer: Fresh): Promise<Read> {
  const parsed = LaunchForm.safeParse(values);
  if (!parsed.success) return { ok: false, wrong: fieldErrors(parsed.error) };
  const form = parsed.data;
  const wrong = launchFormErrors(form, await offer());
  if (Object.keys(wrong).length > 0) return { ok: false, wrong };
  return { ok: true, choice: launchChoice(form), for: form.for, reason: form.reason };
}

async function readInstance(
  values: unknown,
  operation: 'start' | 'resize',
  fresh: Fresh,
): Promise<Read> {
  const parsed = InstanceForm.safeParse(values);
  if (!parsed.success) return { ok: false, wrong: fieldErrors(parsed.error) };
  const form = parsed.data;
  const offer = await fresh();
  const wrong = instanceFormErrors(form, operation, offer);
  const instance = offer === null ? undefined : instanceOf(form, offer);
  const [poolId, ...otherPoolIds] = instance?.poolIds ?? [];
  if (instance === undefined || poolId === undefined || Object.keys(wrong).length > 0) {
    return { ok: false, wrong };
  }
  const { account, region, instance_type, cores, threads: threadsPerCore, until, reason } = form;
  const choice: LaunchChoice = {
    account,
    region,
    poolId,
    otherPoolIds,
    target: { operation, instanceId: instance.instanceId },
    instanceType: instance_type ?? instance.instanceType,
    count: 1,
    cores,
    threadsPerCore,
    hostId: null,
    until,
  };
  return { ok: true, choice, for: null, reason };
}

async function readGroup(values: unknown, fresh: Fresh): Promise<Read> {
  const parsed = GroupForm.safeParse(values);
  if (!parsed.success) return { ok: false, wrong: fieldErrors(parsed.error) };
  const form = parsed.data;
  const offer = await fresh();
  const wrong = groupFormErrors(form, offer);
  const group = offer === null ? undefined : groupOf(form, offer);
  const [poolId, ...otherPoolIds] = group?.poolIds ?? [];
  if (group === undefined || poolId === undefined || Object.keys(wrong).length > 0) {
    return { ok: false, wrong };
  }
  const { account, region, count, reason } = form;
  const choice: LaunchChoice = {
    account,
    region,
    poolId,
    otherPoolIds,
    target: { operation: 'scale', autoScalingGroupName: group.name },
    instanceType: group.instanceType,
    count,
    cores: null,
    threadsPerCore: null,
    hostId: null,
    until: null,
  };
  return { ok: true, choice, for: null, reason };
}

function errors(fields: FieldErrors) {
  return { response_action: 'errors' as const, errors: { ...fields } };
}
