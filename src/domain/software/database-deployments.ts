import type { Database } from '#domain/estate/database.ts';
import type { DeployedOn, Deployment } from '#domain/estate/deployment.ts';
import type { InstanceType } from '#domain/estate/instance-type.ts';
import type { Scope } from '#domain/scope.ts';
import { databaseCompute } from '#domain/software/database-class.ts';
import { databaseProduct } from '#domain/software/database-engine.ts';
import { type ResourceMarks, tagValue } from '#domain/software/resource-marks.ts';

interface DatabaseFacts extends Scope {
  readonly databases: readonly Database[];
  readonly types: ReadonlyMap<string, InstanceType>;
  readonly marksOf: (tags: Database['tags']) => ResourceMarks;
}

const ACTIVE_DATA_GUARD = 'Active Data Guard';

/**
 * RDS databases of licensed engines. Multi-AZ makes two deployments under the database's name: the
 * standby is the passive one. Windows Server below SQL Server is AWS's, and in its price.
 */
export function databaseDeployments(facts: DatabaseFacts): readonly Deployment[] {
  const replicated = new Set(facts.databases.map(({ readReplicaOf }) => readReplicaOf));
  return facts.databases.flatMap((database) =>
    deploymentsOfDatabase(facts, database, replicated.has(database.id)),
  );
}

function deploymentsOfDatabase(
  facts: DatabaseFacts,
  database: Database,
  replicated: boolean,
): readonly Deployment[] {
  const found = databaseProduct(database);
  if (found === null) return [];
  const { owner, environment } = facts.marksOf(database.tags);
  const isReplica = database.readReplicaOf !== null;
  const guarded =
    (isReplica || replicated) &&
    found.product === 'oracle-database' &&
    found.edition === 'enterprise';
  const deployment: Deployment = {
    ...found,
    on: deployedOn(facts, database, owner),
    environment,
    role: isReplica ? 'readable' : 'primary',
    options: guarded ? [...new Set([...found.options, ACTIVE_DATA_GUARD])] : found.options,
    evidence: [
      { source: 'RDS engine', text: `${database.engine} ${database.engineVersion}` },
      { source: 'RDS license model', text: database.licenseModel },
    ],
  };
  return database.multiAz ? [deployment, { ...deployment, role: 'passive' }] : [deployment];
}

function deployedOn(
  { account, region, types }: DatabaseFacts,
  database: Database,
  owner: string | null,
): DeployedOn {
  return {
    kind: 'database',
    id: database.id,
    arn: database.arn,
    account,
    region,
    name: tagValue(database.tags, 'Name'),
    owner,
    running: database.status !== 'stopped',
    compute: databaseCompute(types, database),
  };
}
