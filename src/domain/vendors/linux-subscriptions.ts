import type { Compute } from '#domain/estate/deployment.ts';
import type { LicenseTerms, TermSwitches } from '#domain/licenses/license-terms.ts';
import type { LicenseMetric } from '#domain/licenses/product.ts';
import type { RequirementRule, TermsRule } from '#domain/licenses/requirement.ts';
import { type Asked, requirementFor } from '#domain/vendors/machine-requirement.ts';
import { type Host, hostsOf, type Machine, machinesOf } from '#domain/vendors/machines.ts';
import { recountUnder } from '#domain/vendors/term-alternatives.ts';
import { convertWhole, otherAnswer, sumKnown } from '#domain/vendors/units.ts';

/** What a Linux vendor's subscriptions cover. */
export interface SubscriptionTerms {
  /** A virtual machine is half a subscription. */
  readonly machine: TermsRule;
  /** A server without virtual machines: a subscription for each pair of sockets. */
  readonly server: TermsRule;
  /** Another metric that the product is sold in. */
  readonly other: {
    readonly metric: LicenseMetric;
    readonly rule: TermsRule;
    /** `undefined`: this machine is licensed by subscription all the same. */
    readonly units: (host: Host) => number | null | undefined;
  };
}

/** Half a subscription for each virtual machine, a whole one for each pair of a server's sockets. */
export function linuxRequirement(vendor: SubscriptionTerms): RequirementRule {
  return (deployments, terms) =>
    hostsOf(machinesOf(deployments)).map((host) => {
      const all = host.all.flatMap((machine) => machine.all);
      return requirementFor({ first: host.first.first, all }, askedFor(vendor, host, terms));
    });
}

function askedFor(
  { machine, server, other }: SubscriptionTerms,
  host: Host,
  terms: LicenseTerms,
): Asked {
  const otherUnits = terms.metric === other.metric ? other.units(host) : undefined;
  if (otherUnits !== undefined) return { ...other, units: otherUnits };

  const unitsUnder = ({ switches }: LicenseTerms) => subscriptionsFor(host, switches);
  const others = [otherAnswer(terms.switches, 'linuxUnlimitedOnHost')];
  return {
    metric: 'subscription',
    units: unitsUnder(terms),
    rule: isServer(host.first.first.on.compute) ? server : machine,
    alternatives: recountUnder(others, terms, unitsUnder),
  };
}

function subscriptionsFor(host: Host, { linuxUnlimitedOnHost }: TermSwitches): number | null {
  const { compute } = host.first.first.on;
  if (linuxUnlimitedOnHost && compute.placement === 'dedicated-host' && compute.host !== null) {
    return convertWhole(compute.host.sockets, { per: 2 });
  }
  return sumKnown(host.all.map(subscriptionsForMachine));
}

function subscriptionsForMachine({ first }: Machine): number | null {
  const { compute } = first.on;
  if (!isServer(compute)) return 0.5;
  return compute.host && convertWhole(compute.host.sockets, { per: 2 });
}

/** A whole machine outside AWS, not a virtual one. */
function isServer({ placement, activeVcpus }: Compute): boolean {
  return placement === 'on-premises' && activeVcpus === null;
}
