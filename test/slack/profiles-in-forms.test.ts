import { describe, expect, it } from 'vitest';
import { aConfiguration, anInstance } from '../builders.ts';
import { aPolicy, aPool, aShard, aTemplate, aType, poolId } from './builders.ts';
import { slackWorld } from './world.ts';

const SQL = aPool({ name: 'SQL Server' });
const ORACLE = aPool({
  name: 'Oracle',
  poolId: poolId('2'),
  configurationArn: SQL.configurationArn.replaceAll('1'.repeat(32), '2'.repeat(32)),
});

function profile(changes: Readonly<Record<string, unknown>>) {
  return {
    name: 'sql',
    accounts: ['222233334444'],
    launchTemplates: ['sql-*'],
    instanceTypes: ['r6i.*'],
    pools: ['SQL*'],
    countMaximum: 10,
    ...changes,
  };
}

function machine(last: string, changes: Parameters<typeof anInstance>[0]) {
  const licenseConfigurationArns = [SQL.configurationArn];
  const instanceId = `i-000000000000000${last}`;
  const state = 'stopped' as const;
  return anInstance({ instanceId, state, licenseConfigurationArns, ...changes });
}

const template = aTemplate('sql-server', {
  instanceType: 'r6i.2xlarge',
  licenseConfigurationArns: [SQL.configurationArn],
});
const GROUP = {
  name: 'sql',
  minimum: 0,
  maximum: 4,
  desired: 2,
  obstacle: null,
  templateVersion: { id: template.launchTemplateId, version: '3' },
  launchTemplate: template,
  subnetIds: [],
  availabilityZones: [],
  instanceIds: [],
  requestId: null,
};
const shard = aShard({
  configurations: [aConfiguration(), aConfiguration({ digit: '2' })],
  instanceTypes: [aType('r6i.2xlarge'), aType('m6i.xlarge', { defaultVcpus: 4 })],
  launchTemplates: [template],
  instances: [
    machine('a', { name: 'sql' }),
    machine('b', { name: 'of-another-type', instanceType: 'm6i.xlarge' }),
    machine('c', {
      name: 'of-two-pools',
      licenseConfigurationArns: [SQL.configurationArn, ORACLE.configurationArn],
    }),
    machine('d', { name: 'spot', spot: true }),
  ],
  autoScalingGroups: [
    GROUP,
    { ...GROUP, name: 'big', launchTemplate: { ...template, instanceType: 'm6i.xlarge' } },
    { ...GROUP, name: 'other', launchTemplate: { ...template, name: 'web' } },
    { ...GROUP, name: 'spot', launchTemplate: { ...template, spot: true } },
  ],
});

/** Labels that a select of a form offers to U0REQUEST1, up to the first space. */
async function offered(
  form: string,
  field: string,
  profiles: readonly object[],
  chosen: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const world = slackWorld({
    policy: aPolicy({ launchProfiles: profiles }),
    pools: [SQL, ORACLE],
    shards: [shard],
  });
  const values = Object.fromEntries(
    Object.entries(chosen).map(([id, value]) => [
      id,
      {
        [id]: {
          type: 'external_select',
          selected_option: { text: { type: 'plain_text', text: value }, value },
        },
      },
    ]),
  );
  const { body } = await world.interact({
    type: 'block_suggestion',
    action_id: field,
    block_id: field,
    value: '',
    view: { id: 'V1', callback_id: form, state: { values } },
  });
  const { options }: { options: { text: { text: string } }[] } = JSON.parse(body);
  return options.map(({ text }) => text.text.split(' ')[0] ?? '');
}

describe('the forms of what is there', () => {
  it.each`
    form                 | field              | offers
    ${'start_instance'}  | ${'instance'}      | ${['sql']}
    ${'resize_instance'} | ${'instance'}      | ${['of-another-type', 'sql']}
    ${'resize_instance'} | ${'instance_type'} | ${['r6i.2xlarge']}
    ${'scale_group'}     | ${'group'}         | ${['sql']}
  `('$form offers as $field what a profile allows, and nothing else', async (row) => {
    expect(await offered(row.form, row.field, [profile({})])).toEqual(row.offers);
  });

  it('offers the types that the profile of the instance’s own pools allows', async () => {
    const profiles = [profile({}), profile({ pools: ['Oracle'], instanceTypes: ['m6i.*'] })];
    const instance = 'i-000000000000000a';

    expect(await offered('resize_instance', 'instance_type', profiles)).toHaveLength(2);
    expect(await offered('resize_instance', 'instance_type', profiles, { instance })).toEqual([
      'r6i.2xlarge',
    ]);
  });
});

describe('every form', () => {
  const forms = [
    ['request_launch', 'launch', 'launch_template'],
    ['start_instance', 'start', 'instance'],
    ['resize_instance', 'resize', 'instance'],
    ['scale_group', 'scale', 'group'],
  ] as const;

  it.each(forms)('%s offers nothing where no profile allows to %s', async (form, own, field) => {
    const others = ['launch', 'start', 'resize', 'scale'].filter((operation) => operation !== own);

    expect(await offered(form, 'account', [profile({ operations: others })])).toEqual([]);
    expect(await offered(form, field, [profile({ operations: others })])).toEqual([]);
    expect(await offered(form, field, [profile({ operations: [own] })])).not.toEqual([]);
  });

  it.each(forms)('%s offers nothing of a profile for other people', async (form, _own, field) => {
    const ofOthers = profile({ requesters: { users: ['U0APPROVE1'] } });
    const mine = profile({ requesters: { users: ['U0REQUEST1'] } });
    // Who is in a group is found out when the request is decided.
    const ofGroup = profile({ requesters: { userGroups: ['S0DBA'] } });

    expect(await offered(form, field, [ofOthers])).toEqual([]);
    expect(await offered(form, field, [mine])).not.toEqual([]);
    expect(await offered(form, field, [ofGroup])).not.toEqual([]);
  });

  it('offers to an approver what the requester may have', async () => {
    const others = [profile({ requesters: { users: ['U0SOMEBODY'] } })];

    expect(await offered('counter_request', 'launch_template', others)).toEqual(['sql-server']);
  });
});
