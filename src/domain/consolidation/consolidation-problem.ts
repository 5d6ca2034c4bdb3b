/** Money here is in whole micro-USD a month; licenses are whole units of a right's metric. */
export interface ConsolidationProblem {
  readonly hostTypes: readonly HostType[];
  readonly workloads: readonly Workload[];
  readonly rights: readonly Right[];
  readonly headroom: Headroom;
}

/** What is owned of one product and edition, and what more of it costs. Nothing is drawn beyond `owned + buyable`. */
export interface Right {
  readonly id: string;
  /** Units owned that this program may use. */
  readonly owned: number;
  /** A month, of each owned unit that is used: its maintenance where that would end with its use, else 0. */
  readonly ownedUnitMicros: number;
  /** `Infinity`: as many as one pays for; 0: no more can be bought. */
  readonly buyable: number;
  /** A month, of each unit beyond what is owned. */
  readonly boughtUnitMicros: number;
}

/** Units that something draws on a right. */
export interface Use {
  readonly rightId: string;
  readonly units: number;
}

/** Equal machines of one Availability Zone. */
export interface Workload {
  readonly id: string;
  readonly zone: string;
  /** How many machines; at least 1. */
  readonly count: number;
  /** Ways to run one of them by itself, as they are now among them. Empty: it must run on a host. */
  readonly alone: readonly AloneOption[];
  /** Ways to run one of them on a host. Empty: it cannot. */
  readonly hosted: readonly HostedOption[];
  /**
   * Machines of the same group never share a host. Names of groups, one for each machine that is in one;
   * the same group may span workloads. The others are free.
   */
  readonly apart: readonly string[];
}

/** On shared hardware, or on a Dedicated Instance. */
export interface AloneOption {
  readonly id: string;
  /** Machine and hourly licenses of one. */
  readonly micros: number;
  readonly uses: readonly Use[];
}

/** On one of the hosts of a type. */
export interface HostedOption {
  readonly id: string;
  readonly hostTypeId: string;
  /** Physical cores that one takes: a size of the host type. */
  readonly cores: number;
  /** Hourly licenses of one, and what moving it there costs; the host's price is the host's. */
  readonly micros: number;
  readonly uses: readonly Use[];
}

/** Hosts of one family whose licenses cover the same products for everything on them. */
export interface HostType {
  /** `r6i`, or `r6i+windows-server/datacenter`. */
  readonly id: string;
  readonly family: string;
  /** Of a new one. */
  readonly micros: number;
  /** What one takes to license it whole. */
  readonly uses: readonly Use[];
  /** An instance that is no larger than a compartment stays in one; a larger one takes an even share of each. */
  readonly compartments: { readonly count: number; readonly cores: number };
  /** Cores of every size that fits, smallest first. */
  readonly sizes: readonly number[];
  /** Hosts that are there already, and what each costs a month for as long as it is kept. */
  readonly existing: readonly ExistingHost[];
  /** How many new ones there may be in each zone. */
  readonly mostNew: number;
}

export interface ExistingHost {
  readonly hostId: string;
  readonly zone: string;
  /** Less than a new one's where a reservation pays for it anyway. */
  readonly micros: number;
}

/** What is kept free, so that a lost host does not stop what ran on it. */
export interface Headroom {
  /** Hosts without load beside those with it, for each family and zone that uses any. */
  readonly spareHosts: number;
  /** Hosts are filled to so many percent of their cores. */
  readonly fillPercent: number;
}
