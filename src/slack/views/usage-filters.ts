import type { ActionsBlock, PlainTextOption, StaticSelect } from '@slack/types';
import type { UsageSort, UsageView } from '#domain/licenses/usage-view.ts';
import type { PoolFigures, UsageChoices } from '#ports/notifier.ts';
import { ACTION } from '#slack/views/action-ids.ts';
import { LIMITS } from '#slack/views/limits.ts';
import { plainText } from '#slack/views/message.ts';
import { nameText } from '#slack/views/text.ts';
import { targetText } from '#slack/views/usage-state.ts';

/** The value of the option that filters nothing. */
export const EVERYTHING = '*';

const ORDERS: Readonly<Record<UsageSort, string>> = {
  scarcest: 'Scarcest first',
  'most-used': 'Most used first',
  name: 'By name',
  account: 'By account',
};

/** Selects that narrow and order the list; they carry what was typed. */
export function usageFilters(
  query: string | null,
  view: UsageView,
  { accounts, owners }: UsageChoices,
): ActionsBlock {
  const account = accounts.find(({ id, name }) => id === view.account || name === view.account);
  const owner = view.tag?.key === null ? view.tag.value : null;
  return {
    type: 'actions',
    block_id: targetText({ query, view, page: 1 }, 'blockId'),
    elements: [
      select(
        ACTION.usageAccount,
        'Account',
        [
          ['All accounts', EVERYTHING],
          ...accounts
            .filter(({ id }) => fits(id))
            .map(({ id, name }) => [`${name} (${id})`, id] as const),
        ],
        account?.id ?? EVERYTHING,
      ),
      select(
        ACTION.usageOwner,
        'Owner',
        [
          ['All owners', EVERYTHING],
          ...owners.filter(fits).map((value) => [value, value] as const),
        ],
        owner ?? EVERYTHING,
      ),
      select(
        ACTION.usageSort,
        'Order',
        Object.entries(ORDERS).map(([sort, text]) => [text, sort] as const),
        view.sort,
      ),
    ],
  };
}

/** Opens one of the pools on the page. */
export function openPool(pools: readonly PoolFigures[]): StaticSelect {
  return {
    type: 'static_select',
    action_id: ACTION.usageOpen,
    placeholder: plainText('Show one pool', LIMITS.placeholder),
    options: pools.map(({ pool, accountName }) =>
      option(
        `${nameText(pool.name, 40)} · ${nameText(accountName, 20)}, ${pool.region}`,
        pool.poolId,
      ),
    ),
  };
}

function select(
  actionId: string,
  placeholder: string,
  choices: readonly (readonly [string, string])[],
  chosen: string,
): StaticSelect {
  const options = choices.slice(0, LIMITS.options).map(([text, value]) => option(text, value));
  const initial = options.find(({ value }) => value === chosen);
  return {
    type: 'static_select',
    action_id: actionId,
    placeholder: plainText(placeholder, LIMITS.placeholder),
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
}

function option(text: string, value: string): PlainTextOption {
  return { text: plainText(text, LIMITS.optionText), value };
}

/** Slack takes no longer value; such an owner can still be typed. */
function fits(value: string): boolean {
  return value !== '' && [...value].length <= LIMITS.optionValue;
}
