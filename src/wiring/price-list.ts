import { fromEnv } from '@aws-sdk/credential-provider-env';
import { listedPrices, type PriceList } from '#adapters/aws/listed-prices.ts';
import type { RequestPacing } from '#adapters/aws/request-pacing.ts';
import { type RestSettings, signedTargetClient } from '#adapters/aws/signed-rest-client.ts';
import type { Scope } from '#domain/scope.ts';
import { now } from '#src/wiring/shared.ts';

/** Where the price list of every Region is served. */
const PRICING_REGION = 'us-east-1';

/** AWS's price list, read with the function's own role: it is the same for every account. */
export function wirePriceList(
  pacing: Pick<RequestPacing, 'paced'>,
  hub: Scope,
  { endpoint, backoff }: Required<Pick<RestSettings, 'endpoint' | 'backoff'>>,
): PriceList {
  const call = signedTargetClient({
    service: 'pricing',
    region: PRICING_REGION,
    host: `api.pricing.${PRICING_REGION}.amazonaws.com`,
    prefix: 'AWSPriceListService',
    credentials: fromEnv(),
    endpoint,
    backoff,
  });
  return listedPrices(
    (operation, input) => pacing.paced(hub, 'pricing', () => call(operation, input)),
    now,
  );
}
