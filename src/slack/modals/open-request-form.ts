import type { ModalView } from '@slack/types';
import type { PoolLedger } from '#domain/license-pool.ts';
import type { LaunchPrefill } from '#slack/commands/license-command.ts';
import { COUNT_MAXIMUM, type InitialFields, requestFormView } from '#slack/modals/request-form.ts';
import type { LaunchSelection } from '#slack/options/launch-offer.ts';
import { accountOption, option, poolOption, typeOption } from '#slack/options/offer-options.ts';
import type { Offers } from '#slack/options/offer-sources.ts';

/** Opens a form; Slack takes a trigger once, within three seconds. */
export type OpenView = (triggerId: string, view: ModalView) => Promise<void>;

/** Opens the request form, filled in as far as a command said. */
export interface RequestForm {
  /** `channelId` is where answers go; `null` for direct messages. */
  open(triggerId: string, channelId: string | null, prefill: LaunchPrefill): Promise<void>;
}

/** For where nothing was typed. */
export const NO_PREFILL: LaunchPrefill = { instanceType: null, count: null, pool: null };

/** The form behind `/license request` and the button in App Home. */
export function requestForm(ports: {
  readonly openView: OpenView;
  readonly offers: Offers;
}): RequestForm {
  return {
    async open(triggerId, channelId, prefill) {
      const initial = await initialFields(ports.offers, prefill);
      await ports.openView(triggerId, requestFormView(initial, channelId ?? ''));
    },
  };
}

/** Fields to start with. Where the command named neither pool nor type, nothing is read. */
async function initialFields(offers: Offers, prefill: LaunchPrefill): Promise<InitialFields> {
  const count = prefill.count === null ? null : Math.min(prefill.count, COUNT_MAXIMUM);
  if (prefill.pool === null && prefill.instanceType === null) return { ...NO_FIELDS, count };

  const pool = prefill.pool === null ? undefined : named(await offers.pools(), prefill.pool);
  const offer = await offers.offer({ ...NO_SELECTION, ...placeOf(pool) });
  const account = offer?.accounts.find(({ id }) => id === pool?.account);
  const type = offer?.instanceTypes.find(({ name }) => name === prefill.instanceType);
  return {
    account: account && accountOption(account),
    region: pool && option(pool.region, pool.region),
    pool: pool && poolOption(pool),
    instanceType: type && typeOption(type),
    count,
    unknown: [pool ? null : prefill.pool, type ? null : prefill.instanceType].filter(
      (name) => name !== null,
    ),
  };
}

const NO_FIELDS = {
  account: undefined,
  region: undefined,
  pool: undefined,
  instanceType: undefined,
  unknown: [],
};
const NO_SELECTION = { account: null, region: null, pool: null, launchTemplate: null };

function placeOf(pool: PoolLedger | undefined): Partial<LaunchSelection> {
  return pool === undefined
    ? {}
    : { account: pool.account, region: pool.region, pool: pool.poolId };
}

/** The pool of that name, or the first whose name contains it, whatever the case. */
function named(pools: readonly PoolLedger[], query: string): PoolLedger | undefined {
  const wanted = query.toLowerCase();
  const exact = pools.find(({ name }) => name.toLowerCase() === wanted);
  return exact ?? pools.find(({ name }) => name.toLowerCase().includes(wanted));
}
