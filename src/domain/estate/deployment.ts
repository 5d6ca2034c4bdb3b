import type { ProductId } from '#domain/licenses/product.ts';

/** Where a product is installed. */
export interface DeployedOn {
  readonly kind: 'instance' | 'database' | 'container' | 'managed-server' | 'declared-server';
  /** `i-…`, the database's name, `mi-…`, a task's id, or the name in an imported list. */
  readonly id: string;
  readonly arn: string | null;
  readonly account: string;
  readonly region: string;
  readonly name: string | null;
  /** The value of the owner tag; untrusted text. */
  readonly owner: string | null;
  /** False while it is stopped: some vendors count what is installed, not what runs. */
  readonly running: boolean;
  readonly compute: Compute;
}

/** The machine as vendors count it. `null`: not known, never 0. */
export interface Compute {
  /** Shared hardware, a Dedicated Instance, a Dedicated Host, AWS's database service, or outside AWS. */
  readonly placement: 'shared' | 'dedicated-instance' | 'dedicated-host' | 'rds' | 'on-premises';
  readonly instanceType: string | null;
  /** vCPUs that CPU options leave on. */
  readonly activeVcpus: number | null;
  /** vCPUs of the type as sold: what some terms count whatever the CPU options. */
  readonly maximumVcpus: number | null;
  readonly activeThreadsPerCore: number | null;
  readonly defaultThreadsPerCore: number | null;
  readonly memoryMib: number | null;
  /** The physical machine: the Dedicated Host, or the server outside AWS. */
  readonly host: PhysicalHost | null;
}

export interface PhysicalHost {
  readonly id: string;
  readonly sockets: number;
  /** Of the whole machine. */
  readonly cores: number;
}

/** How the license is paid: brought along, in the hourly price, by a marketplace, or not at all. */
export type Licensing = 'byol' | 'license-included' | 'marketplace' | 'free' | 'unknown';

/** One product on one resource: what the vendor's terms are applied to. */
export interface Deployment {
  readonly product: ProductId;
  /** A short name of the product's editions; `null`: not known. */
  readonly edition: string | null;
  /** As the vendor writes it: `2019`, `19c`; `null`: not known. */
  readonly version: string | null;
  readonly on: DeployedOn;
  readonly licensing: Licensing;
  /** `null`: no tag says, so production is assumed wherever it matters. */
  readonly environment: 'production' | 'non-production' | null;
  /** A passive replica serves nobody; `null`: not known, so it counts. */
  readonly role: 'primary' | 'passive' | 'readable' | null;
  /** Options and packs that need licenses of their own, in the vendor's words. */
  readonly options: readonly string[];
  /** Named users, where somebody stated them. */
  readonly users?: number | null;
  /** Oracle: pluggable databases that people made, where a source counts them. */
  readonly pluggableDatabases?: number | null;
  readonly evidence: readonly Evidence[];
}

/** Why we think that it runs there. */
export interface Evidence {
  /** `AWS:Application`, `Custom:SQLServer`, `usage operation`, `RDS engine`, `container image` … */
  readonly source: string;
  /** What was read there; untrusted text. */
  readonly text: string;
}
