/**
 * A family whose Dedicated Hosts are offered in the generated estates, with On-Demand prices of
 * us-east-1 (2026-11). A host costs 1.1 times its largest size.
 */
export interface Family {
  readonly name: string;
  readonly cores: number;
  readonly sockets: number;
  /** In the older families an instance that is no larger than a socket stays in one. */
  readonly compartments: number;
  readonly gibPerCore: number;
  /** Of its instance sizes, in cores, smallest first. */
  readonly sizes: readonly number[];
  readonly coreHourUsd: number;
}

const TO_48 = [1, 2, 4, 8, 16, 24, 32, 48];
const TO_64 = [...TO_48, 64];
const TO_96 = [...TO_64, 96];

export const FAMILIES: readonly Family[] = [
  family('c5', [36, 2], 4, [1, 2, 4, 8, 18, 36], 0.085),
  family('m5', [48, 2], 8, TO_48, 0.096),
  family('r5', [48, 2], 16, TO_48, 0.126),
  family('c6i', [64, 2], 4, TO_64, 0.085),
  family('m6i', [64, 2], 8, TO_64, 0.096),
  family('r6i', [64, 2], 16, TO_64, 0.126),
  family('m6a', [96, 1], 8, TO_96, 0.0864),
  family('r6a', [96, 1], 16, TO_96, 0.1134),
];

function family(
  name: string,
  [cores, compartments]: readonly [cores: number, compartments: number],
  gibPerCore: number,
  sizes: readonly number[],
  coreHourUsd: number,
): Family {
  return { name, cores, sockets: 2, compartments, gibPerCore, sizes, coreHourUsd };
}
