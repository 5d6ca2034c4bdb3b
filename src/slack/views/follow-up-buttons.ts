import type { Button, ConfirmationDialog, StaticSelect } from '@slack/types';
import type { FollowUp, TimeBox, Unrequested } from '#domain/follow-ups/follow-up.ts';
import { isOffered, isOver } from '#domain/follow-ups/follow-up-offers.ts';
import { type PoolLedger, poolIdOfArn } from '#domain/licenses/license-pool.ts';
import { ACTION } from '#slack/views/action-ids.ts';
import { button } from '#slack/views/buttons.ts';
import { associationValue } from '#slack/views/follow-up-value.ts';
import { LIMITS } from '#slack/views/limits.ts';
import { plainText } from '#slack/views/message.ts';

/** What can be done with a follow-up as it stands. Who may is decided at the click. */
export function followUpButtons(
  followUp: FollowUp,
  ledgers: readonly PoolLedger[],
): (Button | StaticSelect)[] {
  if (isOver(followUp)) return [];
  switch (followUp.kind) {
    case 'time-box':
      return timeBoxButtons(followUp);
    case 'override-review':
      return reviewButtons(followUp.id);
    case 'unrequested':
      return buttonsOfUse(followUp, ledgers);
  }
}

function timeBoxButtons({ id, instanceIds }: TimeBox): Button[] {
  return [
    button(ACTION.extendTimeBox, 'Extend…', { value: id, label: `Let ${id} run longer` }),
    button(ACTION.endTimeBox, 'Stop now', {
      value: id,
      style: 'danger',
      label: `Stop now what ${id} is about`,
      confirm: stopConfirmation(instanceIds.length),
    }),
  ];
}

function reviewButtons(id: string): Button[] {
  return [
    button(ACTION.acceptOverride, 'Accept', {
      value: id,
      style: 'primary',
      label: `Accept the override of follow-up ${id}`,
    }),
    button(ACTION.objectOverride, 'Object…', {
      value: id,
      style: 'danger',
      label: `Object to the override of follow-up ${id}`,
    }),
  ];
}

function buttonsOfUse(use: Unrequested, ledgers: readonly PoolLedger[]): (Button | StaticSelect)[] {
  const { id } = use;
  return [
    button(ACTION.approveUse, 'Approve after the fact', {
      value: id,
      style: 'primary',
      label: `Approve after the fact ${id}`,
    }),
    ...(isOffered(use, { do: 'stop' }) ? [stopButton(use)] : []),
    ...(use.associable.length === 0 ? [] : [associateMenu(use, ledgers)]),
    button(ACTION.ignoreUse, 'Ignore…', { value: id, label: `Ignore ${id} until a date` }),
  ];
}

function stopButton({ id, resources }: Unrequested): Button {
  return button(ACTION.stopUse, 'Stop', {
    value: id,
    style: 'danger',
    label: `Stop what ${id} is about`,
    confirm: stopConfirmation(resources.length),
  });
}

function stopConfirmation(count: number): ConfirmationDialog {
  const all = count === 1 ? 'the instance' : `all ${count} instances`;
  return {
    title: plainText('Stop it now?', LIMITS.confirmTitle),
    text: plainText(`I stop ${all}. What runs there ends.`, LIMITS.confirmText),
    confirm: plainText('Stop', LIMITS.confirmButton),
    deny: plainText('Let it run', LIMITS.confirmButton),
  };
}

function associateMenu(
  { id, associable }: Unrequested,
  ledgers: readonly PoolLedger[],
): StaticSelect {
  return {
    type: 'static_select',
    action_id: ACTION.associateUse,
    placeholder: plainText('Associate with…', LIMITS.placeholder),
    options: associable.map((arn) => {
      const poolId = poolIdOfArn(arn);
      const name = ledgers.find((ledger) => ledger.poolId === poolId)?.name ?? poolId ?? arn;
      return { text: plainText(name, LIMITS.optionText), value: associationValue(id, arn) };
    }),
  };
}
