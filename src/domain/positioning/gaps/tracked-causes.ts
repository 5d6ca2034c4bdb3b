import type { ManagedServer } from '#domain/estate/inventory.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import type { GapCause } from '#domain/licenses/count-gap.ts';
import { isCpuOptionsReset } from '#domain/positioning/gaps/cpu-options-reset.ts';
import type { GapQuestion } from '#domain/positioning/gaps/gap-question.ts';
import { isUnitDifferent } from '#domain/positioning/gaps/unit-differs.ts';
import { countingArns } from '#domain/positioning/product-groups.ts';

/** A cause and the configurations that it concerns; `null` when it does not hold. */
interface TrackedCause {
  readonly cause: GapCause;
  concerns(question: GapQuestion): readonly string[] | null;
}

/** Causes among what configurations count, the most specific first: the first that holds explains. */
export const TRACKED_CAUSES: readonly TrackedCause[] = [
  causeIf('unknown-type', ({ typeUnknown }) => typeUnknown),
  causeIf('ghost-server', isGhost),
  causeIf('stopped-but-counted', isStoppedButCounted),
  causeIf('cpu-options-reset', isCpuOptionsReset),
  { cause: 'double-tracked', concerns: doubleTracking },
  causeIf('not-installed', isNotInstalled),
  causeIf('expired-but-counted', isExpiredButCounted),
  causeIf(
    'unexplained',
    ({ counts: { consumed, counted } }) => consumed !== null && consumed !== counted,
  ),
  // Says nothing about two counts by the same rules, so it comes last.
  causeIf('unit-differs', isUnitDifferent),
];

function causeIf(cause: GapCause, holds: (question: GapQuestion) => boolean): TrackedCause {
  return {
    cause,
    concerns: (question) => (holds(question) ? [question.configuration.arn] : null),
  };
}

/** Consumes although Systems Manager has not heard of it for long, or knows it no more. */
function isGhost({ context, resourceId, counts: { consumed } }: GapQuestion): boolean {
  const { view, settings, now } = context;
  const note = view.shard.sources['managed-servers'];
  if (!resourceId.startsWith('mi-') || !consumed || note?.state !== 'read') return false;
  const lastPingAt = view.servers.get(resourceId)?.lastPingAt ?? null;
  return lastPingAt === null || lastPingAt < later(now, -settings.ghostAfterDays * DAY_MS);
}

/**
 * Stopped, and License Manager lists it as consuming (`consumed` above 0), or the vendor counts what is
 * installed there (`consumed` 0).
 */
function isStoppedButCounted({ instance, counts, requirement }: GapQuestion): boolean {
  if (instance?.state !== 'stopped') return false;
  return isAbove0(counts.consumed) || (requirement !== null && requirement.units !== 0);
}

/** All configurations that count the resource for the same product, where there are several. */
function doubleTracking(question: GapQuestion): readonly string[] | null {
  const { context, configuration, products, resourceId } = question;
  if (context.view.tracking(resourceId).length < 2) return null;
  const arns = new Set(
    products.flatMap(({ product }) => countingArns(context.view, resourceId, product)),
  );
  return arns.size > 1 && arns.has(configuration.arn) ? [...arns].toSorted() : null;
}

/** Its software was listed, and what the configuration is for is not in the list. */
function isNotInstalled({ context, products, resourceId, deployments }: GapQuestion): boolean {
  const server = context.view.servers.get(resourceId);
  return (
    server !== undefined && isInventoried(server) && products.length > 0 && deployments.length === 0
  );
}

/** A server without anything listed may just not report; nothing is concluded from it. */
function isInventoried({ applications, sqlServers, hardware }: ManagedServer): boolean {
  return applications.length > 0 || sqlServers.length > 0 || hardware !== null;
}

function isExpiredButCounted({ expired, counts: { consumed, counted } }: GapQuestion): boolean {
  return expired && (isAbove0(consumed) || isAbove0(counted));
}

function isAbove0(figure: number | null): boolean {
  return figure !== null && figure > 0;
}
