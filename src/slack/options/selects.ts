/** The forms' selects whose options are asked for. */
export const SELECTS = [
  'account',
  'region',
  'pool',
  'other_pools',
  'launch_template',
  'host',
  'instance',
  'group',
  'instance_type',
] as const;
export type SelectField = (typeof SELECTS)[number];
