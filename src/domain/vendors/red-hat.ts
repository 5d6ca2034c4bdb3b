import type { RequirementRule, TermsRule } from '#domain/licenses/requirement.ts';
import { linuxRequirement } from '#domain/vendors/linux-subscriptions.ts';
import type { Host } from '#domain/vendors/machines.ts';
import { coresOf, sumKnown } from '#domain/vendors/units.ts';

const SERVICENOW = 'ServiceNow Software Asset Management documentation';

export const MACHINES: TermsRule = {
  id: 'red-hat/enterprise-linux/two-machines',
  text: 'One subscription covers two virtual machines; a Virtual Datacenter subscription covers any number on a pair of sockets, on Dedicated Hosts only where Red Hat confirms it.',
  source: `${SERVICENOW}, rh-socket-pair-licensing.md`,
  asOf: '2026-03-12',
  confidence: 'secondary',
};

export const SERVERS: TermsRule = {
  id: 'red-hat/enterprise-linux/socket-pair',
  text: 'One subscription covers two sockets of a physical server.',
  source: `${SERVICENOW}, rh-socket-pair-licensing.md`,
  asOf: '2026-03-12',
  confidence: 'secondary',
};

export const CORES: TermsRule = {
  id: 'red-hat/enterprise-linux/cores',
  text: 'Subscriptions by the core count the cores of the virtual machines, never more than their server has.',
  source: `${SERVICENOW}, rh-core-based-license.md`,
  asOf: '2026-03-12',
  confidence: 'secondary',
};

/** Red Hat Enterprise Linux that AWS does not bill. */
export const redHatRequirement: RequirementRule = linuxRequirement({
  machine: MACHINES,
  server: SERVERS,
  other: { metric: 'core', rule: CORES, units: coresOn },
});

function coresOn({ first, all }: Host): number | null {
  const cores = sumKnown(all.map((machine) => coresOf(machine.first.on.compute)));
  const most = first.first.on.compute.host?.cores ?? Number.POSITIVE_INFINITY;
  return cores === null ? null : Math.min(cores, most);
}
