import type { MachineChoice } from '#domain/launch/launch-plan.ts';
import { number, select } from '#slack/views/form-field.ts';
import type { MessageBlock } from '#slack/views/message.ts';
import {
  cpuFields,
  type InitialFields,
  launchFields,
  untilField,
} from '#slack/views/request-form.ts';

/** What the form of a group starts with. */
export type GroupFields = Pick<InitialFields, 'account' | 'region' | 'count'> & {
  readonly group: InitialFields['pool'];
};

/** So many more in a group: nothing else of it can be chosen. */
export function groupFields(fields: GroupFields): MessageBlock[] {
  return [
    select('account', 'Account', 'Choose an account', fields.account),
    select('region', 'Region', 'Choose a Region', fields.region),
    select('group', 'Auto Scaling group', 'Choose a group with licenses', fields.group),
    number('count', 'Instances more', false, fields.count ?? 1),
  ];
}

/** What the form of an instance starts with. */
export type InstanceFields = Pick<
  InitialFields,
  'account' | 'region' | 'instanceType' | 'cores' | 'threads' | 'until'
> & { readonly instance: InitialFields['pool'] };

/** An instance that has licenses and, to resize, its new size. */
export function instanceFields(
  operation: 'start' | 'resize',
  fields: InstanceFields,
): MessageBlock[] {
  return [
    select('account', 'Account', 'Choose an account', fields.account),
    select('region', 'Region', 'Choose a Region', fields.region),
    select('instance', 'Instance', 'Choose an instance with licenses', fields.instance),
    ...(operation === 'start'
      ? []
      : [
          select('instance_type', 'Instance type', 'Choose its new type', fields.instanceType),
          ...cpuFields(fields),
        ]),
    untilField(fields.until),
  ];
}

/** The fields of an operation; what it is about is where a launch has its template. */
export function bodyFor(
  operation: MachineChoice['target']['operation'],
  fields: InitialFields,
): MessageBlock[] {
  const source = fields.launchTemplate;
  switch (operation) {
    case 'launch':
      return launchFields(fields);
    case 'scale':
      return groupFields({ ...fields, group: source });
    case 'start':
    case 'resize':
      return instanceFields(operation, { ...fields, instance: source });
  }
}
