import type { Database } from '#domain/estate/database.ts';
import type { Compute } from '#domain/estate/deployment.ts';
import type { InstanceType } from '#domain/estate/instance-type.ts';
import { vcpusOf } from '#domain/software/machine-compute.ts';

/** From this generation on SQL Server's larger classes have one thread per core unless told otherwise. */
const SINGLE_THREADED_FROM = 7;
const SINGLE_THREADED_VCPUS = 8;

/**
 * A database as vendors count it, by the EC2 type of the same name. The RDS default is what is sold:
 * 16 vCPUs for SQL Server on db.m7i.8xlarge, whose EC2 type has 32.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Concepts.General.OptimizeCPU.html (2025-12)
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Oracle.Concepts.InstanceClasses.html (2026-11): `db.r5.4xlarge.tpc2.mem2x`
 */
export function databaseCompute(
  types: ReadonlyMap<string, InstanceType>,
  { engine, instanceClass, processorFeatures }: Database,
): Compute {
  const [, family = '', size = '', ...more] = instanceClass.split('.');
  const type = types.get(`${family}.${size}`);
  const defaults = type && defaultsOf(type, engine, family, more);
  return {
    placement: 'rds',
    instanceType: instanceClass,
    activeVcpus: vcpusOf(processorFeatures) ?? defaults?.vcpus ?? null,
    maximumVcpus: defaults?.vcpus ?? null,
    activeThreadsPerCore: processorFeatures?.threadsPerCore ?? defaults?.threads ?? null,
    defaultThreadsPerCore: defaults?.threads ?? null,
    memoryMib: defaults?.memoryMib ?? null,
    host: null,
  };
}

interface ClassDefaults {
  readonly vcpus: number;
  readonly threads: number;
  readonly memoryMib: number;
}

function defaultsOf(
  { defaultVcpus, defaultThreadsPerCore, memoryMib }: InstanceType,
  engine: string,
  family: string,
  more: readonly string[],
): ClassDefaults {
  const memoryRatio = numberAfter('mem', more) ?? 1;
  const single = isSingleThreaded(engine, family) && defaultVcpus >= SINGLE_THREADED_VCPUS;
  return {
    vcpus: single ? defaultVcpus / defaultThreadsPerCore : defaultVcpus,
    threads: single ? 1 : (numberAfter('tpc', more) ?? defaultThreadsPerCore),
    memoryMib: memoryMib * memoryRatio,
  };
}

/** SQL Server on m7i, r7i, r8i and later. */
function isSingleThreaded(engine: string, family: string): boolean {
  const generation = Number(/^[a-z]+(\d+)/.exec(family)?.[1]);
  return engine.includes('sqlserver-') && generation >= SINGLE_THREADED_FROM;
}

/** 2 of `tpc2` or `mem2x`. */
function numberAfter(word: string, parts: readonly string[]): number | null {
  const part = parts.find((each) => each.startsWith(word));
  const number = Number.parseInt(part?.slice(word.length) ?? '', 10);
  return number > 0 ? number : null;
}
