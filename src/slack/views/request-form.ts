import type { InputBlock, ModalView } from '@slack/types';
import { CALLBACK } from '#slack/views/action-ids.ts';
import {
  checkbox,
  day,
  field,
  multiSelect,
  number,
  select,
  words,
} from '#slack/views/form-field.ts';
import type { SelectOption } from '#slack/views/launch-option.ts';
import { LIMITS } from '#slack/views/limits.ts';
import { context, type MessageBlock, plainText } from '#slack/views/message.ts';
import { mrkdwn } from '#slack/views/text.ts';

/** What the form of a launch starts with. */
export interface InitialFields {
  readonly account: SelectOption | undefined;
  readonly region: SelectOption | undefined;
  readonly pool: SelectOption | undefined;
  readonly otherPools: readonly SelectOption[];
  readonly launchTemplate: SelectOption | undefined;
  readonly instanceType: SelectOption | undefined;
  /** A Dedicated Host; absent: the launch template says, or the best one is taken. */
  readonly host: SelectOption | undefined;
  readonly licenseIncluded: boolean;
  readonly count: number | null;
  readonly cores: number | null;
  readonly threads: number | null;
  readonly for: string | null;
  readonly reason: string | null;
  /** `2026-12-31`. */
  readonly until: string | null;
}

export const NO_FIELDS: InitialFields = {
  account: undefined,
  region: undefined,
  pool: undefined,
  otherPools: [],
  launchTemplate: undefined,
  instanceType: undefined,
  host: undefined,
  licenseIncluded: false,
  count: null,
  cores: null,
  threads: null,
  for: null,
  reason: null,
  until: null,
};

/** How a form is headed and sent off. */
export interface FormFrame {
  readonly callbackId: string;
  readonly title: string;
  readonly submit: string;
  /** What the submission is about, by ids only. */
  readonly metadata: string;
  /** Finds the view again; `null` where it stays as it is. */
  readonly viewKey: string | null;
}

/** The form behind `/license request`. `unknown`: what the command named and policy does not offer. */
export function requestFormView(
  fields: InitialFields,
  { metadata, viewKey }: Pick<FormFrame, 'metadata' | 'viewKey'>,
  unknown: readonly string[] = [],
): ModalView {
  const frame = {
    callbackId: CALLBACK.request,
    title: 'Request a launch',
    submit: 'Request',
    metadata,
    viewKey,
  };
  return formView(frame, [
    ...unknown.map(notFound),
    ...launchFields(fields),
    forWhom(fields.for),
    reasonField(fields.reason),
  ]);
}

/** Says of what a command named that it is not among what the person may choose. */
export function notFound(named: string): MessageBlock {
  return context(mrkdwn`Not found among what you may choose: ${named}`);
}

/** A form: one step, every field an input whose block_id is its action_id. */
export function formView(frame: FormFrame, blocks: readonly MessageBlock[]): ModalView {
  return {
    type: 'modal',
    callback_id: frame.callbackId,
    private_metadata: frame.metadata,
    ...(frame.viewKey === null ? {} : { external_id: frame.viewKey }),
    title: plainText(frame.title, LIMITS.modalTitle),
    submit: plainText(frame.submit, LIMITS.modalTitle),
    close: plainText('Close', LIMITS.modalTitle),
    blocks: [...blocks],
  };
}

/** Everything that a launch is made of. */
export function launchFields(fields: InitialFields): InputBlock[] {
  return [
    select('account', 'Account', 'Choose an account', fields.account),
    select('region', 'Region', 'Choose a Region', fields.region),
    select('pool', 'License pool', 'Choose a license pool', fields.pool),
    multiSelect(
      'other_pools',
      'Further pools',
      'None',
      fields.otherPools,
      'Where one machine needs licenses of several.',
    ),
    select('launch_template', 'Launch template', 'Choose a launch template', fields.launchTemplate),
    select('instance_type', 'Instance type', 'Choose an instance type', fields.instanceType),
    ...hostField(fields.host),
    checkbox(
      'license_included',
      'Licenses',
      'They are in the hourly price: nothing is taken from the pool',
      fields.licenseIncluded,
    ),
    number('count', 'Instances', false, fields.count ?? 1),
    ...cpuFields(fields),
    untilField(fields.until),
  ];
}

/** Only where a host was chosen: else the launch template says, or the best one is taken. */
function hostField(host: SelectOption | undefined): InputBlock[] {
  if (host === undefined) return [];
  return [select('host', 'Dedicated Host', 'Choose a host', host, 'Empty: the best one is taken.')];
}

/** Cores and threads, empty for the type's default. */
export function cpuFields({ cores, threads }: Pick<InitialFields, 'cores' | 'threads'>) {
  return [
    number('cores', 'Cores for each instance', true, cores, 'Empty: the type’s default.'),
    number('threads', 'Threads for each core', true, threads, 'Empty: the type’s default.'),
  ];
}

export function untilField(until: string | null): InputBlock {
  return day(
    'until',
    'Until',
    'It is stopped when this day ends in UTC, and its licenses are free again.',
    until,
  );
}

export function reasonField(reason: string | null): InputBlock {
  return words('reason', 'Reason', 'What it is for. Approvers see this.', reason);
}

export function forWhom(personId: string | null): InputBlock {
  return {
    ...field('for', 'For whom', true, 'Empty: for yourself. Whom it is for may not approve it.'),
    element: {
      type: 'users_select',
      action_id: 'for',
      placeholder: plainText('Choose a person', LIMITS.placeholder),
      ...(personId === null ? {} : { initial_user: personId }),
    },
  };
}
