import type { InstanceType } from '#domain/estate/instance-type.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { LicensingSettings } from '#domain/estate/licensing-settings.ts';
import type { Entitlement } from '#domain/licenses/entitlement.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { LicenseTerms } from '#domain/licenses/license-terms.ts';
import type { PositionReport } from '#domain/licenses/position-report.ts';
import type { Money } from '#domain/money.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { OptimizationSettings } from '#domain/optimization/optimization-settings.ts';
import type {
  Effort,
  EvidenceItem,
  GateCheck,
  Recommendation,
  RecommendationKind,
  Risk,
  Setup,
} from '#domain/optimization/recommendation.ts';

/** What kinds ask about beside the machine itself. */
export interface KindContext {
  readonly settings: OptimizationSettings;
  /** Types that the machine's Region has, by name. */
  readonly types: ReadonlyMap<string, InstanceType>;
  /** The rights under which a product of this edition would run there. */
  termsOf(product: string, edition: string | null, machine: Machine): LicenseTerms;
  /** Listed price of an hour of a machine in this setup with all licenses in it; `null`: not known. */
  hourlyPrice(machine: Machine, setup: Setup): Money | null;
  /** Units that the vendor's terms ask for the machine alone in this setup, of one product; `null`: not known. */
  requiredUnits(machine: Machine, setup: Setup, product: string): number | null;
  readonly now: Date;
}

/** Another way to run one machine. */
export interface Change {
  readonly kind: RecommendationKind;
  readonly to: Setup;
  readonly evidence: readonly EvidenceItem[];
  /** Empty where no licenses are brought that were not brought before. */
  readonly gate: readonly GateCheck[];
  readonly risk: Risk;
  readonly effort: Effort;
  readonly ownerMustValidate: boolean;
}

/**
 * A kind of recommendation about one machine. Changes build on each other: `setup` may be another than
 * the machine's own, by a change of another kind. Whether a change pays is not the kind's to say; whether
 * it is allowed and would carry the load is.
 */
export interface MachineKind {
  readonly kind: RecommendationKind;
  changes(machine: Machine, setup: Setup, context: KindContext): readonly Change[];
}

/** All that is known, for kinds that look at more than one machine. */
export interface OptimizableEstate {
  readonly shards: readonly InventoryShard[];
  readonly machines: readonly Machine[];
  readonly entitlements: readonly Entitlement[];
  readonly ledgers: readonly PoolLedger[];
  readonly position: PositionReport;
  readonly licensing: LicensingSettings;
  readonly settings: OptimizationSettings;
  readonly now: Date;
}

/** A recommendation before it has its id. */
export type Finding = Omit<Recommendation, 'id' | 'asOf'>;

/** A kind of recommendation that stands beside the choice of setups and hosts: nothing of it is counted there. */
export interface EstateKind {
  readonly kind: RecommendationKind;
  find(estate: OptimizableEstate): readonly Finding[];
}
