import type { SlackViewMiddlewareArgs, ViewOutput, ViewSubmitAction } from '@slack/bolt';
import { CalendarDate, isPast } from '#domain/calendar-date.ts';
import { Scenario } from '#domain/optimization/scenario.ts';
import type { Queues } from '#ports/queues.ts';
import { parsePurchases } from '#slack/commands/optimize-command.ts';
import type { ScopeNamesOf } from '#slack/commands/scope-names.ts';
import { commandKey } from '#slack/idempotency.ts';
import { chosenValues, formValues, isTicked } from '#slack/modals/form-values.ts';
import { directOr } from '#slack/reply-to.ts';
import { askedScenarioForm } from '#slack/views/scenario-form.ts';

type Read = { readonly scenario: Scenario } | { readonly errors: Readonly<Record<string, string>> };

/** The form of a scenario came back: what is wrong is said under its field, else it is queued. */
export function submitScenario({
  queues,
  names,
}: {
  readonly queues: Queues;
  readonly names: ScopeNamesOf;
}) {
  return async ({ ack, body, view }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> => {
    const { products } = await names();
    const read = readScenario(view, products, new Date());
    if ('errors' in read) return ack({ response_action: 'errors', errors: { ...read.errors } });
    await queues.optimize({
      kind: 'scenarios',
      key: commandKey('optimize', view.id),
      scenarios: [read.scenario],
      replyTo: directOr(view.private_metadata, body.user.id),
    });
    return ack({ response_action: 'update', view: askedScenarioForm() });
  };
}

/** @param products ids of those that policy describes */
function readScenario(view: ViewOutput, products: readonly string[], now: Date): Read {
  const { goal, by, buy } = formValues(view);
  const bought = parsePurchases(buy ?? '', products);
  const errors = {
    ...(isGoodDay(by ?? null, now)
      ? {}
      : { by: 'Choose today or a later day, or leave it empty.' }),
    ...(bought === null ? { buy: BUY_WRONG } : {}),
  };
  const scenario = Scenario.safeParse({
    goal: goal ?? undefined,
    by: by ?? null,
    accounts: chosenValues(view, 'accounts'),
    keepProduction: isTicked(view, 'keep_production'),
    noDowntime: isTicked(view, 'no_downtime'),
    without: chosenValues(view, 'without'),
    buy: bought ?? [],
    leave: chosenValues(view, 'leave'),
  });
  if (Object.keys(errors).length > 0) return { errors };
  if (scenario.success) return { scenario: scenario.data };
  return { errors: { goal: 'This form is too old, and nothing was asked. Please open it again.' } };
}

function isGoodDay(by: string | null, now: Date): boolean {
  return by === null || (CalendarDate.safeParse(by).success && !isPast(by, now));
}

const BUY_WRONG =
  'Write a number, a product and maybe an edition on each line, such as: 32 sql-server enterprise';
