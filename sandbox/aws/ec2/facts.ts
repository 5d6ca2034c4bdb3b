/** What AWS publishes about an instance type. */
export interface InstanceTypeFacts {
  /** For example `m5.xlarge`. */
  readonly name: string;
  /** For example `m5`. */
  readonly family: string;
  /** For example `xlarge`. */
  readonly size: string;
  readonly vcpus: number;
  readonly cores: number;
  readonly threadsPerCore: number;
  /** Core counts that CpuOptions accepts; empty when CPU options cannot be set. */
  readonly validCores: readonly number[];
  readonly validThreadsPerCore: readonly number[];
  readonly memoryMib: number;
  readonly architecture: 'x86_64' | 'arm64';
  readonly bareMetal: boolean;
  readonly burstable: boolean;
  readonly currentGeneration: boolean;
  /** Whether AWS offers the type on Dedicated Hosts. */
  readonly dedicatedHosts: boolean;
  readonly hourlyUsdMicros: HourlyUsdMicros;
}

/** On-Demand price of one instance-hour with shared tenancy in us-east-1, in millionths of a US dollar; absent where AWS does not sell it. */
export interface HourlyUsdMicros {
  readonly linux: number;
  readonly windows?: number;
  readonly sqlWeb?: number;
  readonly sqlStandard?: number;
  readonly sqlEnterprise?: number;
}

/** What AWS publishes about the Dedicated Hosts of a family. */
export interface HostFamilyFacts {
  /** For example `m5`. */
  readonly family: string;
  readonly sockets: number;
  /** Physical cores of the whole host. */
  readonly cores: number;
  /** How many instances of each size fit on an empty host. */
  readonly capacity: Readonly<Record<string, number>>;
  /** On-Demand price of one host-hour in us-east-1, in millionths of a US dollar. */
  readonly hourlyUsdMicros: number;
}
