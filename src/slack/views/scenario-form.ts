import type { InputBlock, ModalView, PlainTextOption } from '@slack/types';
import { PRODUCTS } from '#domain/licenses/product.ts';
import { RecommendationKind } from '#domain/optimization/recommendation.ts';
import { OptimizationGoal, type Scenario } from '#domain/optimization/scenario.ts';
import type { ScenarioShown } from '#ports/optimization-answers.ts';
import { CALLBACK } from '#slack/views/action-ids.ts';
import { failureView } from '#slack/views/apology.ts';
import { checkbox, day, field } from '#slack/views/form-field.ts';
import { LIMITS } from '#slack/views/limits.ts';
import { plainText } from '#slack/views/message.ts';
import { productText } from '#slack/views/product-words.ts';
import { kindText } from '#slack/views/recommendation-words.ts';
import { lines } from '#slack/views/rich-text.ts';
import { goalText } from '#slack/views/scenario-words.ts';

const WORDS = {
  title: plainText('Ask the optimizer', LIMITS.modalTitle),
  close: plainText('Close', LIMITS.modalTitle),
} as const;

/** What the form shows while somebody waits for it. */
export function waitingScenarioForm(viewKey: string): ModalView {
  return { type: 'modal', external_id: viewKey, ...WORDS, blocks: [lines(['One moment…'])] };
}

/** What the form shows once its question is queued. */
export function askedScenarioForm(): ModalView {
  const text =
    '⏳ Looking for savings… The answer comes to you where you asked. You can close this.';
  return { type: 'modal', ...WORDS, blocks: [lines([text])] };
}

/** The form of a scenario, filled in; its answer goes to a channel or, without one, directly. */
export function scenarioForm(
  viewKey: string,
  channelId: string | null,
  shown: ScenarioShown,
): ModalView {
  if (shown.kind === 'failed') {
    return {
      ...failureView('I could not open that. Nothing was asked.', shown.reference),
      external_id: viewKey,
    };
  }
  return {
    type: 'modal',
    external_id: viewKey,
    callback_id: CALLBACK.scenario,
    private_metadata: channelId ?? '',
    ...WORDS,
    submit: plainText('Ask', LIMITS.modalTitle),
    blocks: fields(shown),
  };
}

type Form = Extract<ScenarioShown, { readonly kind: 'form' }>;

function fields({ scenario, accounts, products }: Form): InputBlock[] {
  return [
    goalField(scenario),
    ...several(
      'accounts',
      'Accounts',
      'All that I may see',
      accounts.map(({ id, name }) => choice(`${name} (${id})`, id)),
      scenario.accounts,
    ),
    day('by', 'Done by', 'What takes longer is left out.', scenario.by),
    checkbox('keep_production', 'Production', 'Stays as it is', scenario.keepProduction),
    checkbox('no_downtime', 'Downtime', 'Nothing stands still', scenario.noDowntime),
    ...several(
      'without',
      'Leave out',
      'Consider everything',
      RecommendationKind.options.map((kind) => choice(kindText(kind), kind)),
      scenario.without,
    ),
    buyField(scenario),
    ...several(
      'leave',
      'What if we gave these up',
      'Give up nothing',
      productsOf(products, scenario).map((id) => choice(productText(id, null), id)),
      scenario.leave,
    ),
  ];
}

function goalField({ goal: chosen }: Scenario): InputBlock {
  const options = OptimizationGoal.options.map((goal) => choice(goalText(goal), goal));
  const initial = options.find(({ value }) => value === chosen);
  return {
    ...field('goal', 'Goal', false),
    element: {
      type: 'static_select',
      action_id: 'goal',
      options,
      ...(initial === undefined ? {} : { initial_option: initial }),
    },
  };
}

function productsOf(own: readonly string[], { leave }: Scenario): readonly string[] {
  return [...new Set([...PRODUCTS.map(({ id }) => id), ...own, ...leave])];
}

/** A select of several; none where there is nothing to choose from. */
function several(
  id: string,
  label: string,
  placeholder: string,
  all: readonly PlainTextOption[],
  chosen: readonly string[],
): InputBlock[] {
  const first = all.filter(({ value }) => chosen.includes(value ?? ''));
  const options = [...new Set([...first, ...all])].slice(0, LIMITS.options);
  if (options.length === 0) return [];
  const initial = options.filter(({ value }) => chosen.includes(value ?? ''));
  return [
    {
      ...field(id, label, true),
      element: {
        type: 'multi_static_select',
        action_id: id,
        placeholder: plainText(placeholder, LIMITS.placeholder),
        options,
        ...(initial.length === 0 ? {} : { initial_options: initial }),
      },
    },
  ];
}

const BUY_CHARACTERS = 1000;

function buyField({ buy }: Scenario): InputBlock {
  const text = buy
    .map(({ product, edition, units }) => [units, product, edition ?? ''].join(' ').trim())
    .join('\n');
  return {
    ...field('buy', 'What if we bought', true, 'One a line, such as: 32 sql-server enterprise'),
    element: {
      type: 'plain_text_input',
      action_id: 'buy',
      multiline: true,
      max_length: BUY_CHARACTERS,
      ...(text === '' || text.length > BUY_CHARACTERS ? {} : { initial_value: text }),
    },
  };
}

function choice(text: string, value: string): PlainTextOption {
  return { text: plainText(text, LIMITS.optionText), value };
}
