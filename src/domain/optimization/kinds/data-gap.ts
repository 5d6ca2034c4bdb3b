import type { MissingSource } from '#domain/licenses/position-report.ts';
import type { Finding } from '#domain/optimization/kind.ts';
import { advice } from '#domain/optimization/kinds/estate-advice.ts';
import { stated } from '#domain/optimization/kinds/evidence-items.ts';
import type { EvidenceItem, RecommendationKind } from '#domain/optimization/recommendation.ts';
import type { Scope } from '#domain/scope.ts';

/** Something that nobody told us. */
export interface Gap {
  /** An inventory source, or what would have to run on machines. */
  readonly source: string;
  readonly state: Exclude<MissingSource['state'], 'old'> | 'partial';
  /** In AWS's words. */
  readonly error: string | null;
  /** What switches it on, in AWS's words; `null`: nothing is off. */
  readonly enable: string | null;
  /** What one would see then. */
  readonly shows: readonly RecommendationKind[];
  /** Ids of the machines that it is missing of; empty: of all. */
  readonly machines: readonly string[];
}

/** So many machines are named; the others are counted. */
const NAMED = 10;

export function gapFinding(scope: Scope, gap: Gap): Finding {
  const { account, region } = scope;
  const { source, enable } = gap;
  return advice(scope, {
    kind: 'missing-data',
    subjects: [{ kind: 'source', id: source, name: null }],
    evidence: evidenceOf(gap),
    steps: [{ do: 'by-hand', account, region, task: 'enable-source', on: source, to: enable }],
  });
}

function evidenceOf({ source, state, error, shows, machines }: Gap): readonly EvidenceItem[] {
  return [
    stated(source, 'state', state),
    ...(error === null ? [] : [stated(source, 'error', error)]),
    ...(machines.length === 0 ? [] : [stated(source, 'machines', machines.length, 'instance')]),
    ...machines.slice(0, NAMED).map((id) => stated(source, 'machine', id)),
    ...shows.map((kind) => stated(source, 'would-show', kind)),
  ];
}
