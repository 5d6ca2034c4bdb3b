import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { TermsLine } from '#domain/licenses/position-report.ts';
import { sightOf } from '#domain/policy/roles.ts';
import type { Scope } from '#domain/scope.ts';
import type { People } from '#ports/people.ts';
import { type KnownPools, readPools } from '#usecases/find-pools.ts';
import type { EstatePorts } from '#usecases/read-estate.ts';

export interface SightPorts extends EstatePorts {
  readonly people: Pick<People, 'get'>;
}

/** Where the pools stand that policy lets somebody see. */
export async function readSeenPools(ports: SightPorts, personId: string): Promise<KnownPools> {
  const [known, person] = await Promise.all([readPools(ports), ports.people.get(personId)]);
  return limitedTo(known, sightOf(known.published?.policy ?? null, person));
}

/**
 * Leaves out other accounts and Regions, with everything that runs there. What the vendors' terms ask
 * for stays the company's figure: licenses are bought for all of it.
 */
export function limitedTo(known: KnownPools, sees: (scope: Scope) => boolean): KnownPools {
  const { others, coverage } = known;
  const shards = Map.groupBy(known.shards, ([, shard]) => sees(shard));
  const hidden = new Set((shards.get(false) ?? []).flatMap(([, shard]) => idsIn(shard)));
  return {
    ...known,
    all: known.all
      .filter(({ pool }) => sees(pool))
      .map((figures) => ({
        ...figures,
        gaps: figures.gaps.filter(sees),
        terms: figures.terms.map((line) => without(line, hidden)),
      })),
    shards: new Map(shards.get(true)),
    unpooled: known.unpooled.filter(sees),
    others: { granted: others.granted.filter(sees), users: others.users.filter(sees) },
    coverage: { ...coverage, missing: coverage.missing.filter(sees) },
  };
}

/** A finding stays where it is about everything, or about something that is not hidden. */
function without(line: TermsLine, hidden: ReadonlySet<string>): TermsLine {
  const findings = line.findings.flatMap((finding) => {
    const resources = finding.resources.filter((id) => !hidden.has(id));
    const isHidden = resources.length === 0 && finding.resources.length > 0;
    return isHidden ? [] : [{ ...finding, resources }];
  });
  return { ...line, findings };
}

function idsIn({ instances, hosts, databases, containers, managedServers }: InventoryShard) {
  return [
    ...instances.map(({ instanceId }) => instanceId),
    ...hosts.map(({ hostId }) => hostId),
    ...containers.map(({ taskId }) => taskId),
    ...[...databases, ...managedServers].map(({ id }) => id),
  ];
}
