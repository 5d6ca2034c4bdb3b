import { type CalendarDate, dayOf } from '#domain/calendar-date.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import { type Entitlement, entitlementKey, isInForce } from '#domain/licenses/entitlement.ts';
import type { LicenseConfiguration } from '#domain/licenses/license-configuration.ts';
import { usedLicenses } from '#domain/licenses/position.ts';
import type { TermsLine } from '#domain/licenses/position-report.ts';
import type { EstateKind, Finding, OptimizableEstate } from '#domain/optimization/kind.ts';
import { advice, filedIn, moneySaved } from '#domain/optimization/kinds/estate-advice.ts';
import { stated } from '#domain/optimization/kinds/evidence-items.ts';
import { machinesWithoutMobility } from '#domain/optimization/kinds/maintenance-end.ts';
import {
  entitlementsOf,
  lineTextOf,
  organizationLines,
} from '#domain/optimization/kinds/product-lines.ts';
import { maintenanceMonthly } from '#domain/optimization/kinds/purchase-price.ts';
import type { EvidenceItem } from '#domain/optimization/recommendation.ts';
import { lineText } from '#domain/positioning/terms-tally.ts';

/**
 * Agreements, maintenance and configurations that end soon: what would be without a license then, and
 * what of it nobody uses, so that it need not be renewed.
 */
export const expiringAgreement: EstateKind = {
  kind: 'expiring-agreement',
  find: (estate) => [...entitlementsEnding(estate), ...configurationsEnding(estate)],
};

/** An entitlement, and the day with which it or its maintenance ends. */
interface Ending {
  readonly entitlement: Entitlement;
  readonly day: CalendarDate;
  readonly of: 'agreement' | 'maintenance';
}

/** The first to end first: what is spare is left out of one renewal only. */
function entitlementsEnding(estate: OptimizableEstate): readonly Finding[] {
  const { entitlements, settings, now } = estate;
  const [today, horizon] = [dayOf(now), dayOf(later(now, settings.renewalDays * DAY_MS))];
  const lines = new Map(organizationLines(estate.position).map((line) => [lineText(line), line]));
  const promised = new Map<string, number>();
  return entitlements
    .filter((entitlement) => isInForce(entitlement, now))
    .flatMap(endingOf)
    .filter(({ day }) => today <= day && day <= horizon)
    .toSorted((a, b) => a.day.localeCompare(b.day))
    .flatMap((ending) => {
      const key = lineTextOf(ending.entitlement, estate);
      const line = lines.get(key);
      if (line === undefined) return [];
      const before = promised.get(key) ?? 0;
      const spare = Math.max(0, (line.available ?? 0) - before);
      const unused = Math.min(spare, ending.entitlement.quantity);
      promised.set(key, before + unused);
      return finding(ending, line, unused, estate);
    });
}

/** What ends first of it. */
function endingOf(entitlement: Entitlement): readonly Ending[] {
  const { expiresOn, maintainedUntil } = entitlement;
  const ends = [
    ...(expiresOn === null ? [] : [{ entitlement, day: expiresOn, of: 'agreement' as const }]),
    ...(maintainedUntil === null
      ? []
      : [{ entitlement, day: maintainedUntil, of: 'maintenance' as const }]),
  ];
  return ends.toSorted((a, b) => a.day.localeCompare(b.day)).slice(0, 1);
}

function finding(
  ending: Ending,
  line: TermsLine,
  unused: number,
  estate: OptimizableEstate,
): readonly Finding[] {
  const { entitlement, day } = ending;
  const { product, contract, accounts, quantity } = entitlement;
  const scope = filedIn(estate, product, accounts);
  if (scope === null) return [];
  const saved = unused === 0 ? null : maintenanceMonthly(entitlement, unused);
  const id = entitlementKey(entitlement);
  return [
    advice(scope, {
      kind: 'expiring-agreement',
      subjects: [{ kind: 'entitlement', id, name: contract }],
      savings: moneySaved(saved, 'entitlement'),
      evidence: [
        stated('entitlements', `${ending.of}-ends-on`, day),
        stated('entitlements', 'days-left', daysUntil(day, estate.now), 'day'),
        stated('entitlements', 'quantity', quantity, 'license'),
        stated('position', 'not-used', unused, 'license'),
        unlicensed(ending, line, estate),
      ],
      risk: 'low',
      ownerMustValidate: true,
      steps: [{ do: 'by-hand', ...scope, task: 'decide-renewal', on: id, to: day }],
    }),
  ];
}

function daysUntil(day: CalendarDate, now: Date): number {
  return (Date.parse(day) - Date.parse(dayOf(now))) / DAY_MS;
}

/** Perpetual rights stay when maintenance ends; what ends is where they may be used. */
function unlicensed(
  { entitlement, day, of }: Ending,
  line: TermsLine,
  estate: OptimizableEstate,
): EvidenceItem {
  if (of === 'maintenance') {
    const machines = machinesWithoutMobility(entitlement, estate.machines);
    return stated('entitlements', 'machines-unlicensed-then', machines, 'instance');
  }
  const left = entitlementsOf(estate, line)
    .filter((other) => isInForce(other, estate.now))
    .filter(({ expiresOn }) => expiresOn === null || expiresOn > day)
    .reduce((sum, { quantity }) => sum + quantity, 0);
  const required = line.requiredAtLeast + line.held;
  return stated('position', 'licenses-short-then', Math.max(0, required - left), 'license');
}

function configurationsEnding(estate: OptimizableEstate): readonly Finding[] {
  const { shards, ledgers, settings, now } = estate;
  const horizon = later(now, settings.renewalDays * DAY_MS);
  const used = new Map(ledgers.map((one) => [one.configurationArn, usedLicenses(one)]));
  return shards.flatMap(({ configurations }) =>
    configurations.flatMap((configuration) => {
      const { expiresAt, arn, consumed } = configuration;
      if (expiresAt === null || expiresAt <= now || expiresAt > horizon) return [];
      return [configurationEnding(configuration, expiresAt, used.get(arn) ?? consumed)];
    }),
  );
}

function configurationEnding(
  { account, region, arn, name, countingType }: LicenseConfiguration,
  expiresAt: Date,
  used: number,
): Finding {
  const scope = { account, region };
  const day = dayOf(expiresAt);
  return advice(scope, {
    kind: 'expiring-agreement',
    subjects: [{ kind: 'configuration', id: arn, name }],
    evidence: [
      stated('license-configurations', 'agreement-ends-on', day),
      stated('license-usage', 'in-use', used, countingType.toLowerCase()),
    ],
    risk: 'low',
    ownerMustValidate: true,
    steps: [{ do: 'by-hand', ...scope, task: 'decide-renewal', on: arn, to: day }],
  });
}
