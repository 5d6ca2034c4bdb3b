import * as z from 'zod';
import type { RequestView } from '#api/request-view.ts';
import { isMachinePlan, LaunchPlan } from '#domain/launch/launch-plan.ts';
import { flagOf } from './api-client.ts';

/** A request as a terminal shows it: where it stands, who is waited for, and the whole plan. */
export function requestText(request: RequestView): string {
  return printable([...summaryLines(request), ...planLines(request)]).join('\n');
}

/** A line for each request. */
export function requestLines(requests: readonly RequestView[]): string {
  if (requests.length === 0) return 'You have no open requests.';
  return printable(
    requests.map(
      ({ id, status, standing, plan, source, account, pool }) =>
        `${id}  ${standing ?? status}  ${whatText(plan, source)} in ${account}${pool === '' ? '' : `, ${pool}`}`,
    ),
  ).join('\n');
}

function whatText(plan: LaunchPlan, source: string): string {
  const { operation } = plan.action;
  const isNew = isMachinePlan(plan) && (operation === 'launch' || operation === 'scale');
  return isNew ? `${plan.count} × ${plan.instanceType} from ${source}` : `${operation} ${source}`;
}

export function summaryLines(request: RequestView): readonly string[] {
  const { id, status, standing, requestedBy, for: beneficiary, reason, failure } = request;
  const whom = beneficiary === requestedBy ? '' : ` for ${beneficiary}`;
  return [
    `${id}: ${status}${standing === null ? '' : `, ${standing}`}`,
    `  Requested by ${requestedBy}${whom}: ${reason}`,
    `  Account ${request.account}, pool ${request.pool}, from ${request.source}`,
    ...gateLines(request),
    ...request.decisions.map(
      ({ kind, by, at, reason: why }) =>
        `  ${at.toISOString()} ${kind} by ${by}${why === null ? '' : `: ${why}`}`,
    ),
    ...(request.verdict === 'refuse' ? [`  Refused: ${request.reasons.join(', ')}`] : []),
    ...request.alternatives.map((one) => `  Would pass (${one.kind}): ${flagsOf(one)}`),
    ...(request.counter === null
      ? []
      : [`  ${request.counter.by} offers something else: plan ${request.counter.planHash}`]),
    ...(request.instanceIds.length === 0 ? [] : [`  Instances ${request.instanceIds.join(', ')}`]),
    ...(failure === null ? [] : [`  ${failure.code}: ${failure.message}`]),
    ...(request.dueAt === null ? [] : [`  Until ${request.dueAt.toISOString()}`]),
  ];
}

/** What of a command line asks for an alternative, ready to be typed; what is left at its default is left out. */
function flagsOf({ body }: RequestView['alternatives'][number]): string {
  return Object.entries(body)
    .filter(([, value]) => value !== null && value !== false && `${value}` !== '')
    .map(([field, value]) => {
      const flag = flagOf(field);
      return value === true ? flag : `${flag} ${quoted(`${value}`)}`;
    })
    .join(' ');
}

/** As a shell reads it literally. */
function quoted(value: string): string {
  return /^[\w./:,-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}

function gateLines({ gate, status }: RequestView): readonly string[] {
  if (gate === null || status !== 'pending') return [];
  const stepUp = gate.stepUp ? ', signed with AWS credentials' : '';
  return [
    `  Rule ${gate.rule}${stepUp}`,
    ...gate.levels.map(({ level, open, quorum, approvedBy, waitsFor }) => {
      const whom = [...waitsFor.users, ...waitsFor.userGroups].join(', ');
      const waits = whom === '' ? '' : `, waits for ${whom}`;
      return `  Level ${level + 1}${open ? ' (open)' : ''}: ${approvedBy.length} of ${quorum}${waits}`;
    }),
  ];
}

/** All of it: what is approved is what is shown. */
function planLines({ plan, planHash }: RequestView): readonly string[] {
  const lines = JSON.stringify(z.encode(LaunchPlan, plan), null, 2).split('\n');
  return [`  Plan ${planHash}`, ...lines.map((line) => `    ${line}`)];
}

/** What somebody wrote, or named in AWS, must not steer a terminal. */
function printable(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.replaceAll(/\p{C}/gu, '�'));
}
