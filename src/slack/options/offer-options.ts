import type { LaunchOffer } from '#slack/options/launch-offer.ts';
import type { SelectField } from '#slack/options/selects.ts';
import {
  accountOption,
  groupOption,
  hostOption,
  instanceOption,
  option,
  poolOption,
  type SelectOption,
  typeOption,
} from '#slack/views/launch-option.ts';
import { LIMITS } from '#slack/views/limits.ts';
import { nameText } from '#slack/views/text.ts';

/** What one select offers, narrowed to the labels that contain what was typed, whatever its case. */
export function optionsFor(field: SelectField, offer: LaunchOffer, typed: string): SelectOption[] {
  const wanted = typed.trim().toLowerCase();
  return ALL[field](offer)
    .filter(({ text, value }) => value.length <= LIMITS.optionValue && matches(text.text, wanted))
    .slice(0, LIMITS.options);
}

const ALL: Record<SelectField, (offer: LaunchOffer) => SelectOption[]> = {
  account: ({ accounts }) => accounts.map(accountOption),
  region: ({ regions }) => regions.map((region) => option(region, region)),
  pool: ({ pools }) => pools.map(poolOption),
  other_pools: ({ pools }) => pools.map(poolOption),
  launch_template: ({ launchTemplates }) =>
    launchTemplates.map(({ name, version, launchTemplateId }) =>
      option(`${nameText(name, 55)} · version ${version}`, launchTemplateId),
    ),
  host: ({ hosts }) => hosts.map(hostOption),
  instance: ({ instances }) => instances.map(instanceOption),
  group: ({ groups }) => groups.map(groupOption),
  instance_type: ({ instanceTypes }) => instanceTypes.map(typeOption),
};

function matches(label: string, wanted: string): boolean {
  return label.toLowerCase().includes(wanted);
}
