import type { ModalView } from '@slack/types';
import type { ReplyTo } from '#domain/jobs/reply-to.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { Queues } from '#ports/queues.ts';
import type { LaunchPrefill } from '#slack/commands/license-command.ts';
import { commandKey } from '#slack/idempotency.ts';
import type { LaunchSelection } from '#slack/options/launch-offer.ts';
import type { Offers } from '#slack/options/offer-sources.ts';
import type { Asking } from '#slack/options/offering-profiles.ts';
import { COUNT_MAXIMUM } from '#slack/views/form-field.ts';
import { startingForm } from '#slack/views/form-target.ts';
import { accountOption, option, poolOption, typeOption } from '#slack/views/launch-option.ts';
import { type InitialFields, NO_FIELDS, requestFormView } from '#slack/views/request-form.ts';

/** Opens a form; Slack takes a trigger once, within three seconds. */
export type OpenView = (triggerId: string, view: ModalView) => Promise<void>;

/** Opens the request form, filled in as far as a command said. */
export interface RequestForm {
  /** Answers go where `replyTo` says. */
  open(triggerId: string, replyTo: ReplyTo, prefill: LaunchPrefill): Promise<void>;
}

/**
 * The form behind `/license request` and the button in App Home. It opens at once, for anybody;
 * behind the queue it is taken away from those who may not ask.
 */
export function requestForm(ports: {
  readonly openView: OpenView;
  readonly queues: Queues;
  readonly offers: Offers;
}): RequestForm {
  return {
    async open(triggerId, replyTo, prefill) {
      const viewKey = commandKey('request-form', triggerId);
      const asking = { operation: 'launch', personId: replyTo.personId } as const;
      const { unknown, ...fields } = await initialFields(ports.offers, prefill, asking);
      const metadata = startingForm(replyTo.channelId, null);
      await ports.openView(triggerId, requestFormView(fields, { metadata, viewKey }, unknown));
      const purpose = { kind: 'launch' } as const;
      await ports.queues.answer({ kind: 'request-form', key: viewKey, viewKey, purpose, replyTo });
    },
  };
}

/** Fields to start with. Where the command named neither pool nor type, nothing is read. */
async function initialFields(
  offers: Offers,
  prefill: LaunchPrefill,
  asking: Asking,
): Promise<InitialFields & { readonly unknown: readonly string[] }> {
  const count = prefill.count === null ? null : Math.min(prefill.count, COUNT_MAXIMUM);
  const empty = { ...NO_FIELDS, count, unknown: [] };
  if (prefill.pool === null && prefill.instanceType === null) return empty;

  const pool = prefill.pool === null ? undefined : named(await offers.pools(asking), prefill.pool);
  const offer = await offers.offer({ ...NO_SELECTION, ...asking, ...placeOf(pool) });
  const account = offer?.accounts.find(({ id }) => id === pool?.account);
  const type = offer?.instanceTypes.find(({ name }) => name === prefill.instanceType);
  return {
    ...empty,
    account: account && accountOption(account),
    region: pool && option(pool.region, pool.region),
    pool: pool && poolOption(pool),
    instanceType: type && typeOption(type),
    unknown: [pool ? null : prefill.pool, type ? null : prefill.instanceType].filter(
      (name) => name !== null,
    ),
  };
}

const NO_SELECTION = {
  account: null,
  region: null,
  pool: null,
  launchTemplate: null,
  instance: null,
} satisfies Partial<LaunchSelection>;

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
