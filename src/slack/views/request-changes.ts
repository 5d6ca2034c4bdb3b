import {
  isMachineChoice,
  type LaunchChoice,
  type MachineChoice,
} from '#domain/launch/launch-plan.ts';
import type { LaunchRequest, Reasked } from '#domain/requests/launch-request.ts';
import { figure, price } from '#slack/views/figures.ts';
import type { MessageBlock } from '#slack/views/message.ts';
import { REASKED } from '#slack/views/notice.ts';
import { bold, bullets, type Inline, type Line, lines, moment } from '#slack/views/rich-text.ts';
import { nameText } from '#slack/views/text.ts';

/** Why a request is decided again, and what of it is not as it was; nothing in its first generation. */
export function changeBlocks(request: LaunchRequest): MessageBlock[] {
  const { reasked, generation } = request;
  if (reasked === null) return [];
  const why: Line = [
    '🔁 ',
    bold(`Asked again, because ${REASKED[reasked.why]}`),
    ` (generation ${generation}, `,
    moment(reasked.at),
    '). Earlier approvals do not count.',
  ];
  return [lines(why), ...bullets('What changed', changeLines(request, reasked))];
}

/** Old → new for every field that differs. */
function changeLines(request: LaunchRequest, before: Reasked): Line[] {
  const fields: readonly (readonly [name: string, old: Inline, now: Inline])[] = [
    ['Account', before.labels.account, request.labels.account],
    ['Region', before.choice.region, request.choice.region],
    ['License pool', before.labels.pool, request.labels.pool],
    ...pools(before.choice, request.choice),
    ['From', before.labels.source, request.labels.source],
    ...sizes(before.choice, request.choice),
    ['Price', priceText(before.hourlyPrice), priceText(request.plan.hourlyPrice)],
    ['Approval rule', before.rule ?? 'none', request.gate?.rule ?? 'none'],
  ];
  return fields
    .filter(([, old, now]) => JSON.stringify(old) !== JSON.stringify(now))
    .map(([name, old, now]) => [bold(`${name}: `), shown(old), ' → ', shown(now)]);
}

function pools(old: LaunchChoice, now: LaunchChoice): (readonly [string, string, string])[] {
  if (!isMachineChoice(old) || !isMachineChoice(now)) return [];
  return [
    ['Other pools', countText(old.otherPoolIds), countText(now.otherPoolIds)],
    ['Licenses', licensesText(old), licensesText(now)],
  ];
}

function sizes(old: LaunchChoice, now: LaunchChoice): (readonly [string, Inline, Inline])[] {
  if (!isMachineChoice(old) || !isMachineChoice(now)) return [];
  return [
    ['Instance type', old.instanceType, now.instanceType],
    ['Instances', figure(old.count), figure(now.count)],
    ['Cores', defaulted(old.cores), defaulted(now.cores)],
    ['Threads for each core', defaulted(old.threadsPerCore), defaulted(now.threadsPerCore)],
    ['Dedicated Host', old.hostId ?? 'any', now.hostId ?? 'any'],
    ['Until', untilText(old), untilText(now)],
  ];
}

function shown(value: Inline): Inline {
  return typeof value === 'string' ? nameText(value) : value;
}

function defaulted(value: number | null): string {
  return value === null ? 'the type’s default' : figure(value);
}

function countText(poolIds: readonly string[]): string {
  return poolIds.length === 0 ? 'none' : poolIds.join(', ');
}

function licensesText({ licenseIncluded }: MachineChoice): string {
  return licenseIncluded === true ? 'in the hourly price' : 'from the pool';
}

function untilText({ until }: MachineChoice): Inline {
  return until === null ? 'without an end' : moment(until);
}

function priceText(money: Reasked['hourlyPrice']): string {
  return money === null ? 'not known' : `${price(money)} an hour`;
}
