import { describe, expect, it } from 'vitest';
import type { ChangeTarget } from '#domain/launch/change-plan.ts';
import { Reason } from '#domain/launch/launch-reason.ts';
import { buttonValue, parseButtonValue, targetOf } from '#slack/views/button-value.ts';
import { changePieces, changeTitle } from '#slack/views/change-words.ts';
import { reasonText } from '#slack/views/reason.ts';
import { requestCard } from '#slack/views/request-card.ts';
import { spoken } from '#slack/views/rich-text.ts';
import {
  ACCOUNT,
  aConversion,
  aHostPlan,
  aMove,
  configurationArn,
  poolId,
  REGION,
} from '../../builders.ts';
import { aRequest } from '../builders.ts';
import { reading } from './reading.ts';

const instanceId = 'i-0000000000000000a';
const hostId = 'h-0000000000000000a';
const names = () => ({ name: 'Windows Server', countingType: 'Core' as const });
const licenses = { add: [configurationArn('2')], remove: [configurationArn('1')] };
const [added, removed] = ['2', '1'].map((digit) => configurationArn(digit).split(':').at(-1));
const from = { tenancy: 'host', hostId: 'h-1', affinity: 'default' } as const;

describe('what a change does', () => {
  it.each([
    [
      aMove({ licenses }),
      hostId,
      `Move db ${instanceId} to ${hostId}, bound to it; gets ${added}; loses ${removed}; it is stopped for that and started again`,
    ],
    [
      aMove({ from, affinity: 'default', running: false }),
      null,
      `Move db ${instanceId} from h-1 to shared hardware; it stays stopped`,
    ],
    [
      { operation: 'associate', instanceId, licenses } as const,
      null,
      `Change what db ${instanceId} is associated with; gets ${added}; loses ${removed}`,
    ],
    [
      aConversion(),
      null,
      `Convert db ${instanceId} from RunInstances:0800 to RunInstances:0002; it is stopped for that and started again`,
    ],
    [{ operation: 'stop', instanceId } as const, null, `Stop db ${instanceId}`],
    [
      aHostPlan().action,
      null,
      'Allocate a Dedicated Host for r6i in us-east-1a, for what names it only, host recovery on',
    ],
    [
      { operation: 'release-host', hostId } as const,
      null,
      `Release the Dedicated Host db ${hostId}`,
    ],
  ])('is said in a sentence: %o', (action, host, text) => {
    expect(spoken(changePieces(action, 'db', host)).markup).toBe(text);
  });

  it.each<[ChangeTarget, string]>([
    [
      { operation: 'move', instanceId, hostId, affinity: 'host', licenses },
      `Move of db onto ${hostId}`,
    ],
    [
      { operation: 'move', instanceId, hostId: null, affinity: 'default', licenses },
      'Move of db off its Dedicated Host',
    ],
    [{ operation: 'associate', instanceId, licenses }, 'Other licenses for db'],
    [{ operation: 'convert', instanceId, from: 'a', to: 'b' }, 'License conversion of db'],
    [{ operation: 'stop', instanceId }, 'Stop of db'],
    [{ operation: 'release-host', hostId }, 'Release of the Dedicated Host db'],
  ])('has a title: %o', (target, title) => {
    expect(changeTitle(target, 'db')).toBe(title);
  });
});

describe('the card of a change', () => {
  const plan = aHostPlan({ hourlyPrice: { micros: 5_000_000, currency: 'USD' } });
  const request = aRequest({
    choice: { account: ACCOUNT, region: REGION, target: plan.action },
    plan,
    labels: { account: 'erp-production', pool: '', source: 'r6i' },
    evaluation: { ...aRequest().evaluation, draws: [] },
  });
  const card = (audience: 'approvers' | 'requester', changes = {}) =>
    requestCard({ request: { ...request, ...changes }, ledgers: [], audience, mayOverride: false });

  it('says what is done, where, and what it costs', () => {
    expect(reading(card('approvers').blocks)).toEqual(
      expect.stringContaining('Allocate a Dedicated Host for r6i in us-east-1a'),
    );
    expect(reading(card('approvers').blocks)).toContain('5.00 USD an hour for the host');
  });

  it('has buttons that carry what they are about', () => {
    const { requestId, group } = parseButtonValue(buttonValue(targetOf(request))) ?? {};
    expect({ requestId, group }).toEqual({ requestId: request.id, group: `${ACCOUNT}/${REGION}` });
    expect(parseButtonValue(`${request.id}|${request.planHash}|elsewhere`)).toBeNull();
  });

  it('offers no form that has no fields for it', () => {
    const words = JSON.stringify([card('approvers'), card('requester')]);
    expect(words).toContain('Approve');
    expect(words).toContain('Cancel request');
    expect(words).not.toContain('Offer something else');
    expect(words).not.toContain('"Edit"');
    expect(JSON.stringify(card('requester', { status: 'failed' }))).not.toContain('Ask again');
  });
});

describe('a reason that stands against a change', () => {
  const configurationArnOf = { configurationArn: configurationArn('2') };
  it.each([
    [{ code: 'nothing-to-change', instanceId }, 'is as it is to be already'],
    [{ code: 'instance-not-running', instanceId, state: 'stopped' }, 'is stopped, not running'],
    [{ code: 'instance-is-spot', instanceId }, 'is a Spot Instance'],
    [{ code: 'instance-in-group', instanceId, autoScalingGroupName: 'web' }, 'web would replace'],
    [{ code: 'instance-not-managed', instanceId }, 'Systems Manager knows no inventory'],
    [{ code: 'license-attached', ...configurationArnOf }, `associated with ${added} already`],
    [{ code: 'license-not-attached', ...configurationArnOf }, `not associated with ${added}`],
    [
      { code: 'license-not-there', usageOperation: 'RunInstances:0006', tenancy: 'host' },
      '(RunInstances:0006) does not run on a Dedicated Host',
    ],
    [{ code: 'affinity-without-host' }, 'none is named'],
    [{ code: 'tenancy-fixed', instanceType: 't3.large' }, 't3.large neither moves onto'],
    [
      { code: 'usage-operation-changed', instanceId, usageOperation: 'RunInstances' },
      'otherwise by now: RunInstances',
    ],
    [{ code: 'conversion-not-possible', rule: 'r', text: 'Not that way.' }, 'Not that way.'],
    [{ code: 'host-not-empty', hostId, instances: 2 }, 'has 2 instances on it'],
    [{ code: 'host-reserved', hostId, until: '2027-01-01T00:00:00.000Z' }, 'until 2027-01-01'],
    [{ code: 'host-family-unknown', instanceFamily: 'z9' }, 'No Dedicated Host for z9'],
    [{ code: 'zone-not-here', availabilityZone: 'eu-west-1a' }, 'eu-west-1a is not in this Region'],
    [
      {
        code: 'license-affinity',
        poolId: poolId('1'),
        hostId,
        days: 90,
        until: '2027-01-01T00:00:00.000Z',
      },
      `must stay with ${hostId} for 90 days, until 2027-01-01`,
    ],
    [
      { code: 'license-affinity', poolId: poolId('1'), hostId, days: 90, until: null },
      'for 90 days, and the other host',
    ],
    [
      { code: 'operation-not-allowed', operation: 'convert' },
      'Policy does not allow to convert licenses of instances here.',
    ],
  ])('is said in words: %o', (reason, words) => {
    expect(reasonText(Reason.parse(reason), names)).toContain(words);
  });
});
