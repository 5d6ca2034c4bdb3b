import type { TermsRule } from '#domain/licenses/requirement.ts';

/*
 * Microsoft's terms as we read them, each in our own words with its source. Product Terms and the
 * company's contract govern; nothing here is legal advice.
 */

const NOTES = 'aws-samples, technical notes for Microsoft workloads on AWS, License Mobility';
const PER_CORE = 'ServiceNow SAM documentation, microsoft-percore-withcal';
const BYOL = 'ServiceNow SAM documentation, byol-license-rules';

/** Licenses bought before this day keep the outsourcing rights of the time. */
export const LISTED_PROVIDERS_CUT = '2019-10-01';

export const WINDOWS_BY_HOST: TermsRule = {
  id: 'microsoft/windows-server/by-host',
  text: 'All physical cores of a host are licensed, at least 8 for each processor and 16 for each server; Datacenter then covers any number of VMs.',
  source: PER_CORE,
  asOf: '2026-03-12',
  confidence: 'secondary',
};

export const WINDOWS_STANDARD: TermsRule = {
  id: 'microsoft/windows-server/standard-stacking',
  text: 'Standard covers two VMs where all cores of the host are licensed, and two more each time all of them are licensed again.',
  source: PER_CORE,
  asOf: '2026-03-12',
  confidence: 'secondary',
};

export const WINDOWS_BY_VM: TermsRule = {
  id: 'microsoft/windows-server/by-vm',
  text: 'Outside AWS a VM may be licensed by its virtual cores, at least 8, with Software Assurance or a subscription; no minimum over the company.',
  source: 'Licensing School, Windows Server licensing by virtual machine',
  asOf: '2023-04',
  confidence: 'secondary',
};

export const WINDOWS_NO_MOBILITY: TermsRule = {
  id: 'microsoft/windows-server/no-mobility',
  text: 'Windows Server has no License Mobility: licenses of one’s own serve on Dedicated Hosts only.',
  source: 'AWS blog, Operating BYOL Windows Server workloads effectively on AWS',
  asOf: '2025',
  confidence: 'primary',
};

export const WINDOWS_BEFORE_CUT: TermsRule = {
  id: 'microsoft/windows-server/before-2019-10-01',
  text: 'On a Dedicated Host only perpetual licenses serve that were bought before 2019-10-01, or as a true-up of an Enterprise Agreement active on that day, and for no version after 2019.',
  source: 'AWS blog, Operating BYOL Windows Server workloads effectively on AWS',
  asOf: '2025',
  confidence: 'primary',
};

export const WINDOWS_CALS: TermsRule = {
  id: 'microsoft/windows-server/client-access',
  text: 'Users or devices need client access licenses beside the cores, unless Windows Server is in the hourly price.',
  source: 'AWS documentation, SQL Server on EC2, licensing options',
  asOf: '2026-07-24',
  confidence: 'primary',
};

export const PROGRAMS_BARRED: TermsRule = {
  id: 'microsoft/programs-barred',
  text: 'Licenses from a Cloud Solution Provider are not brought to AWS, and SPLA licenses not since 2025-10-01.',
  source: NOTES,
  asOf: '2026-07-24',
  confidence: 'primary',
};

export const REASSIGNMENT: TermsRule = {
  id: 'microsoft/reassignment',
  text: 'A license moves to other hardware once in 90 days; with License Mobility at any time within a Region, which counts as the server farm.',
  source: NOTES,
  asOf: '2026-07-24',
  confidence: 'primary',
};

export const SQL_MOBILITY: TermsRule = {
  id: 'microsoft/sql-server/license-mobility',
  text: 'On shared hardware SQL Server needs Software Assurance or a subscription: License Mobility.',
  source: 'https://aws.amazon.com/windows/resources/licensemobility/sql/',
  asOf: '2019',
  confidence: 'primary',
};

export const SQL_BEFORE_CUT: TermsRule = {
  id: 'microsoft/sql-server/before-2019-10-01',
  text: 'Without Software Assurance, licenses bought before 2019-10-01 serve versions through 2017 on Dedicated Hosts.',
  source: BYOL,
  asOf: '2026-03-12',
  confidence: 'secondary',
};

export const SQL_BY_VM: TermsRule = {
  id: 'microsoft/sql-server/by-vm',
  text: 'A VM takes a license for each of its active vCPUs, at least 4.',
  source: 'https://aws.amazon.com/windows/resources/licensemobility/sql/',
  asOf: '2019',
  confidence: 'primary',
};

export const SQL_BY_HOST: TermsRule = {
  id: 'microsoft/sql-server/by-host',
  text: 'A server takes a license for each physical core, at least 4 for each processor; on Enterprise any number of VMs is covered with Software Assurance, and without it as many VMs as licenses.',
  source: PER_CORE,
  asOf: '2026-03-12',
  confidence: 'secondary',
};

export const SQL_BY_DEDICATED_HOST: TermsRule = {
  id: 'microsoft/sql-server/by-dedicated-host',
  text: 'Whether the cores of a Dedicated Host may be licensed for all VMs on it is disputed: some say for Enterprise bought before 2019-10-01 and versions through 2017 only, AWS gives no date.',
  source: `${BYOL}; AWS Prescriptive Guidance, Understand SQL Server licensing`,
  asOf: '2026-03-12',
  confidence: 'contested',
};

export const SQL_VM_ASSURANCE: TermsRule = {
  id: 'microsoft/sql-server/vm-assurance',
  text: 'Since version 2022 licensing a VM needs Software Assurance or a subscription, wherever it runs.',
  source: PER_CORE,
  asOf: '2026-03-12',
  confidence: 'secondary',
};

export const SQL_PASSIVE: TermsRule = {
  id: 'microsoft/sql-server/passive-replica',
  text: 'With Software Assurance one passive replica for high availability and one for disaster recovery are free, but, as some read it, not where the primary runs under License Mobility.',
  source:
    'ServiceNow SAM documentation, microsoft-sql-server-ha-configurations; ITAM Review, 2019-11-05',
  asOf: '2026-03-12',
  confidence: 'contested',
};

export const SQL_DEVELOPER: TermsRule = {
  id: 'microsoft/sql-server/developer',
  text: 'Developer is free, and never for production.',
  source: 'sqlyard, SQL Server 2025 editions',
  asOf: '2026-01-12',
  confidence: 'secondary',
};

export const SQL_FREE: TermsRule = {
  id: 'microsoft/sql-server/free-editions',
  text: 'Developer and Express need no license.',
  source: 'sqlyard, SQL Server 2025 editions',
  asOf: '2026-01-12',
  confidence: 'secondary',
};

export const SQL_WEB: TermsRule = {
  id: 'microsoft/sql-server/web',
  text: 'Web comes in the hourly price or through a hoster only; nobody brings it.',
  source: 'MicrosoftDocs, sql-docs, editions and supported features',
  asOf: '2025-11-19',
  confidence: 'primary',
};

export const SQL_BY_SERVER: TermsRule = {
  id: 'microsoft/sql-server/by-server',
  text: 'Under Server + CAL each operating system with SQL Server takes one server license; users or devices need client access licenses beside it.',
  source: PER_CORE,
  asOf: '2026-03-12',
  confidence: 'secondary',
};

export const SQL_ENTERPRISE_BY_SERVER: TermsRule = {
  id: 'microsoft/sql-server/enterprise-by-server',
  text: 'A legacy server license of Enterprise covers four VMs and twenty cores of a host.',
  source: PER_CORE,
  asOf: '2026-03-12',
  confidence: 'secondary',
};
