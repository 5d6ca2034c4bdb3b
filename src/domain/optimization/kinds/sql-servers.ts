import { licenseIncludedHourly } from '#domain/launch/license-included.ts';
import type { IncludedSqlServer } from '#domain/launch/license-included-rates.ts';
import type { Money } from '#domain/money.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { Subject } from '#domain/optimization/recommendation.ts';
import { activeVcpus } from '#domain/optimization/setup.ts';
import { tagValue } from '#domain/software/resource-marks.ts';
import { usageOperation } from '#domain/software/usage-operation.ts';

/** What teams tag the machines of one availability group with. */
const GROUP_TAG = 'ha:group';

/** The edition of SQL Server in a machine's hourly price; `null`: none is. */
export function includedEdition({ setup }: Pick<Machine, 'setup'>): IncludedSqlServer | null {
  return usageOperation(setup.usageOperation, '')?.sqlServer ?? null;
}

/** vCPUs that are on. */
export function activeVcpusOf({ setup, type }: Pick<Machine, 'setup' | 'type'>): number {
  return activeVcpus(setup, new Map()) ?? type.defaultVcpus;
}

/** What SQL Server alone costs in the hourly price, at list prices of us-east-1; `null`: it is not in it. */
export function includedSqlHourly(machine: Pick<Machine, 'setup' | 'type'>): Money | null {
  const sqlServer = includedEdition(machine);
  if (sqlServer === null) return null;
  return licenseIncludedHourly({
    instanceType: machine.setup.instanceType,
    activeVcpus: activeVcpusOf(machine),
    maximumVcpus: machine.type.defaultVcpus,
    windows: false,
    sqlServer,
    sqlServerWaived: false,
  });
}

/** What tells an availability group: its tag, else the name that its machines share but for a number. */
export function groupOf({ instance }: Pick<Machine, 'instance'>): string | null {
  return tagValue(instance.tags, GROUP_TAG) ?? nameWithoutNumber(instance.name);
}

/** `erp-sql` of `erp-sql-02`; `null` where a name ends without a number. */
export function nameWithoutNumber(name: string | null): string | null {
  const stem = name?.match(/^(.*\D)\d+$/)?.[1];
  return stem === undefined ? null : stem.toLowerCase();
}

/** A machine as a recommendation names it. */
export function subjectOf({ instance: { instanceId, name } }: Pick<Machine, 'instance'>): Subject {
  return { kind: 'instance', id: instanceId, name };
}
