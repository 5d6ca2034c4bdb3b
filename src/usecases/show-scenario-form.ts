import type { AnswerJob } from '#domain/jobs/answer-job.ts';
import { sightOf } from '#domain/policy/roles.ts';
import type { Notifier } from '#ports/notifier.ts';
import type { People } from '#ports/people.ts';
import type { Policies } from '#ports/policies.ts';
import type { Snapshots } from '#ports/snapshots.ts';
import { readNames } from '#usecases/account-names.ts';

interface Ports {
  readonly policies: Policies;
  readonly snapshots: Pick<Snapshots, 'organization' | 'shards'>;
  readonly people: Pick<People, 'get'>;
  readonly notifier: Pick<Notifier, 'showScenarioForm'>;
}

/** Fill the form of a scenario, with the accounts that the person may see. */
export async function showScenarioForm(
  ports: Ports,
  job: Extract<AnswerJob, { kind: 'scenario-form' }>,
): Promise<void> {
  const [published, person, shards, names] = await Promise.all([
    ports.policies.current(),
    ports.people.get(job.replyTo.personId),
    ports.snapshots.shards(),
    readNames(ports),
  ]);
  const sees = sightOf(published?.policy ?? null, person);
  const ids = [...new Set(shards.filter(sees).map(({ account }) => account))];
  const accounts = ids
    .map((id) => ({ id, name: names.get(id) ?? id }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en-US'));
  await ports.notifier.showScenarioForm(job, {
    kind: 'form',
    scenario: job.scenario,
    accounts,
    products: (published?.policy.licensing.products ?? []).map(({ id }) => id),
  });
}
