import type { OptimizationGoal, Scenario } from '#domain/optimization/scenario.ts';
import type { AccountNames } from '#ports/optimization-answers.ts';
import { figure } from '#slack/views/figures.ts';
import { productText } from '#slack/views/product-words.ts';
import { kindText } from '#slack/views/recommendation-words.ts';
import { nameText } from '#slack/views/text.ts';

const GOALS = {
  'least-cost': 'Least cost',
  'fewest-licenses': 'Fewest licenses',
  'least-change': 'Least change',
  'own-only': 'What we own',
} as const satisfies Record<OptimizationGoal, string>;

/** A goal as buttons and tables name it. */
export function goalText(goal: OptimizationGoal): string {
  return GOALS[goal];
}

/** So many accounts are named; the others are counted. */
const NAMED = 4;

/** `Least cost, only in erp-production, without production, by 2027-03-31; if you had 32 more …`. */
export function scenarioText(scenario: Scenario, names: AccountNames): string {
  const { goal, by, accounts, keepProduction, noDowntime, without } = scenario;
  const parts = [
    GOALS[goal],
    ...(accounts.length === 0 ? [] : [`only in ${accountsText(accounts, names)}`]),
    ...(keepProduction ? ['production stays as it is'] : []),
    ...(noDowntime ? ['nothing stands still'] : []),
    ...(by === null ? [] : [`done by ${by}`]),
    ...(without.length === 0 ? [] : [`without: ${without.map(kindText).join('; ')}`]),
  ];
  return [parts.join(', '), ...whatIfTexts(scenario)].join('; ');
}

function whatIfTexts({ buy, leave }: Scenario): string[] {
  const bought = buy.map(
    ({ product, edition, units }) => `${figure(units)} more of ${productText(product, edition)}`,
  );
  const left = leave.map((product) => productText(product, null));
  return [
    ...(bought.length === 0 ? [] : [`what if you had ${bought.join(' and ')}`]),
    ...(left.length === 0 ? [] : [`what if you left ${left.join(' and ')}`]),
  ];
}

function accountsText(accounts: readonly string[], names: AccountNames): string {
  const shown = accounts.slice(0, NAMED).map((id) => accountText(id, names));
  const hidden = accounts.length - shown.length;
  return `${shown.join(', ')}${hidden > 0 ? ` and ${figure(hidden)} more accounts` : ''}`;
}

/** An account by its name, else by its id. */
export function accountText(id: string, names: AccountNames): string {
  return nameText(names.get(id) ?? id, 30);
}
