/** What an instance's hourly price includes, by usage operation (EC2 User Guide, billing information fields). */
const INCLUDED: Readonly<Record<string, readonly string[]>> = {
  'RunInstances:0002': ['windows-server-datacenter'],
  'RunInstances:0006': ['windows-server-datacenter', 'sql-server-standard'],
  'RunInstances:0102': ['windows-server-datacenter', 'sql-server-enterprise'],
  'RunInstances:0202': ['windows-server-datacenter', 'sql-server-web'],
  'RunInstances:0004': ['sql-server-standard'],
  'RunInstances:0100': ['sql-server-enterprise'],
  'RunInstances:0200': ['sql-server-web'],
  'RunInstances:0014': ['sql-server-standard'],
  'RunInstances:0110': ['sql-server-enterprise'],
  'RunInstances:0210': ['sql-server-web'],
  'RunInstances:1014': ['sql-server-standard'],
  'RunInstances:1110': ['sql-server-enterprise'],
};

/** In the words of License Manager's `License Included` filters; empty when licenses are brought or none is needed. */
export function licenseIncluded(usageOperation: string | undefined): readonly string[] {
  return INCLUDED[usageOperation ?? ''] ?? [];
}
