import type { Cloud } from '../cloud/cloud.ts';
import { findConfiguration, statesOf } from './associations.ts';
import { countUsage, type Usage } from './counting.ts';
import {
  type DiscoveryFailure,
  discover,
  lastScheduledDiscovery,
  nextScheduledDiscovery,
} from './discovery.ts';
import { parseRules } from './license-rules.ts';
import { parseResourceArn } from './resource-arn.ts';

/** What License Manager remembers of a cloud: when usage changed, hosts that keep licenses, and the hourly figures. */
export interface UsageLedger {
  /** What is consumed now: what a launch is judged by. */
  current(region: string): readonly Usage[];
  /** What was known `delayMs` ago: what the API answers. */
  visible(region: string, delayMs: number): readonly Usage[];
  /** Licenses consumed at every full hour since the ledger began, by configuration ARN. */
  hourly(region: string, configurationArn: string): HourlyUsage | null;
  /** Looks for software now instead of at the next scheduled time. */
  discoverNow(region: string): void;
  /** What the last discovery found but could not associate. */
  failures(region: string): readonly DiscoveryFailure[];
}

/** One figure an hour without gaps. */
export interface HourlyUsage {
  /** Milliseconds since the epoch, on the hour. */
  readonly firstHour: number;
  readonly figures: readonly HourlyFigure[];
}

export interface HourlyFigure {
  readonly consumed: number;
  /** The license count at that time; null where there was none. */
  readonly limit: number | null;
}

export const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** No reader is further behind than this, so older counts are forgotten. */
const LONGEST_DELAY = HOUR;

/** A host that no longer runs anything counted, but whose licenses may not move yet. */
interface Hold {
  readonly usage: Usage;
  readonly until: number;
}

interface Journal {
  readonly region: string;
  /** Oldest first; each is in force until the next. */
  counts: { readonly at: number; readonly usage: readonly Usage[] }[];
  holds: Map<string, Hold>;
  readonly hours: Map<string, { firstHour: number; figures: HourlyFigure[] }>;
  lookedAt: number;
  nextHour: number;
  nextDiscovery: number;
  failures: readonly DiscoveryFailure[];
}

const ledgers = new WeakMap<Cloud, UsageLedger>();

/** The one ledger of a cloud; it begins with the first call and follows every change from then on. */
export function ledgerOf(cloud: Cloud): UsageLedger {
  const ledger = ledgers.get(cloud) ?? createLedger(cloud);
  ledgers.set(cloud, ledger);
  return ledger;
}

function createLedger(cloud: Cloud): UsageLedger {
  const journals = new Map<string, Journal>();
  const upToDate = (region: string, now = cloud.clock.now()): Journal => {
    const journal = journals.get(region) ?? beginJournal(cloud, region);
    journals.set(region, journal);
    catchUp(cloud, journal, now);
    return journal;
  };
  for (const { region } of cloud.regions()) upToDate(region);
  // EC2 may tell late of a change that fell due between two calls; it counts from when it happened.
  cloud.onInstanceStateChange(({ region, at }) => upToDate(region, at.getTime()));

  return {
    current: (region) => latest(upToDate(region)),
    visible(region, delayMs) {
      const { counts } = upToDate(region);
      return counts.findLast(({ at }) => at <= cloud.clock.now() - delayMs)?.usage ?? [];
    },
    hourly: (region, configurationArn) => upToDate(region).hours.get(configurationArn) ?? null,
    discoverNow(region) {
      const journal = upToDate(region);
      runDiscovery(cloud, journal, cloud.clock.now());
      recount(cloud, journal, cloud.clock.now());
    },
    failures: (region) => upToDate(region).failures,
  };
}

/** What runs already is taken as known for long; software is taken as last looked for at the scheduled time. */
function beginJournal(cloud: Cloud, region: string): Journal {
  const now = cloud.clock.now();
  const journal: Journal = {
    region,
    counts: [],
    holds: new Map(),
    hours: new Map(),
    lookedAt: now,
    nextHour: Math.floor(now / HOUR) * HOUR,
    nextDiscovery: nextScheduledDiscovery(now),
    failures: [],
  };
  runDiscovery(cloud, journal, lastScheduledDiscovery(now));
  journal.holds = heldFromBefore(cloud, region, now);
  recount(cloud, journal, Number.NEGATIVE_INFINITY);
  return journal;
}

/** Hosts whose instances had all stopped before anybody looked keep affine licenses too. */
function heldFromBefore(cloud: Cloud, region: string, now: number): Map<string, Hold> {
  const once = countUsage(cloud, region, ({ instances }) =>
    [...instances.values()].filter(({ State }) => State?.Name === 'stopped'),
  );
  return new Map(
    once
      .filter(({ resourceType }) => resourceType === 'EC2_HOST')
      .map((usage) => {
        const until = heldUntil(cloud, usage, lastStop(cloud, region, usage.resourceArn));
        return [keyOf(usage), { usage, until }] as const;
      })
      .filter(([, { until }]) => until > now),
  );
}

/** When the last instance on a host stopped, as EC2 writes it into the reason: `User initiated (2026-11-02 03:04:05 GMT)`. */
function lastStop(cloud: Cloud, region: string, hostArn: string): number {
  const hostId = parseResourceArn(hostArn)?.id;
  const stops = statesOf(cloud, region)
    .flatMap(({ instances }) => [...instances.values()])
    .filter(({ Placement, State }) => Placement?.HostId === hostId && State?.Name === 'stopped')
    .map(({ StateTransitionReason: reason = '' }) =>
      Date.parse(/\((?<at>[\d: -]+ GMT)\)/.exec(reason)?.groups?.['at'] ?? ''),
    );
  return Math.max(0, ...stops.filter((at) => !Number.isNaN(at)));
}

/** Plays what fell due since the last look, in order, then counts what runs. Time never goes back. */
function catchUp(cloud: Cloud, journal: Journal, until: number): void {
  const now = Math.max(until, journal.lookedAt);
  journal.lookedAt = now;
  for (let due = nextDue(journal); due <= now; due = nextDue(journal)) {
    recordHours(cloud, journal, due);
    if (due === journal.nextDiscovery) {
      runDiscovery(cloud, journal, due);
      journal.nextDiscovery = nextScheduledDiscovery(due);
    }
    recount(cloud, journal, due);
  }
  recordHours(cloud, journal, now);
  recount(cloud, journal, now);
}

function nextDue(journal: Journal): number {
  return Math.min(journal.nextDiscovery, ...[...journal.holds.values()].map(({ until }) => until));
}

function recordHours(cloud: Cloud, journal: Journal, until: number): void {
  for (; journal.nextHour <= until; journal.nextHour += HOUR) {
    const totals = new Map<string, number>();
    for (const { configurationArn, licenses } of latest(journal)) {
      totals.set(configurationArn, (totals.get(configurationArn) ?? 0) + licenses);
    }
    for (const [arn, { LicenseCount }] of configurationsIn(cloud, journal.region)) {
      const hours = journal.hours.get(arn) ?? { firstHour: journal.nextHour, figures: [] };
      hours.figures.push({ consumed: totals.get(arn) ?? 0, limit: LicenseCount ?? null });
      journal.hours.set(arn, hours);
    }
  }
}

function configurationsIn(cloud: Cloud, region: string) {
  return statesOf(cloud, region).flatMap((state) => [...state.licenseConfigurations]);
}

function recount(cloud: Cloud, journal: Journal, at: number): void {
  const counted = countUsage(cloud, journal.region);
  journal.holds = holdsAfter(cloud, journal, counted, at);
  const usage = [...counted, ...[...journal.holds.values()].map((hold) => hold.usage)];
  if (journal.counts.length > 0 && isSame(latest(journal), usage)) return;

  const kept = journal.counts.findLastIndex((count) => count.at <= at - LONGEST_DELAY);
  journal.counts = [...journal.counts.slice(Math.max(kept, 0)), { at, usage }];
}

/** Hosts that still keep licenses: those held before, and those whose last counted instance just left. */
function holdsAfter(
  cloud: Cloud,
  journal: Journal,
  counted: readonly Usage[],
  at: number,
): Map<string, Hold> {
  const consuming = new Set(counted.map(keyOf));
  const holds = new Map(
    [...journal.holds].filter(([key, { until }]) => until > at && !consuming.has(key)),
  );
  for (const usage of latest(journal)) {
    const key = keyOf(usage);
    if (usage.resourceType !== 'EC2_HOST' || consuming.has(key) || journal.holds.has(key)) continue;
    const until = heldUntil(cloud, usage, at);
    if (until > at) holds.set(key, { usage, until });
  }
  return holds;
}

/** License Manager frees affine licenses within 24 hours after the days are over: here at the next midnight UTC. */
function heldUntil(cloud: Cloud, usage: Usage, at: number): number {
  const record = findConfiguration(cloud, usage.configurationArn);
  if (record === undefined || record.Status === 'DISABLED') return at;
  const { affinityDays } = parseRules(record.LicenseRules);
  return affinityDays === 0 ? at : (Math.floor(at / DAY) + affinityDays + 1) * DAY;
}

function runDiscovery(cloud: Cloud, journal: Journal, at: number): void {
  journal.failures = discover(cloud, journal.region, new Date(at));
}

function latest(journal: Journal): readonly Usage[] {
  return journal.counts.at(-1)?.usage ?? [];
}

function keyOf(usage: Usage): string {
  return `${usage.configurationArn} ${usage.resourceArn}`;
}

function isSame(before: readonly Usage[], after: readonly Usage[]): boolean {
  const digest = (usage: readonly Usage[]) => JSON.stringify(usage);
  return before.length === after.length && digest(before) === digest(after);
}
