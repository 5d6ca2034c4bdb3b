import type { Taken, Unrequested, UseCause } from '#domain/follow-ups/follow-up.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import { freeLicenses } from '#domain/licenses/position.ts';
import type { FollowUpCard } from '#ports/notifier.ts';
import { amount, plural, price } from '#slack/views/figures.ts';
import { productText } from '#slack/views/product-words.ts';
import { bold, code, type Line, moment } from '#slack/views/rich-text.ts';
import { nameText } from '#slack/views/text.ts';

const TITLES: Readonly<Record<UseCause, string>> = {
  launch: 'Launched without a request',
  start: 'Started without a request',
  resize: 'Resized and started without a request',
  'host-allocation': 'Dedicated Host allocated without a request',
  'host-release': 'Dedicated Host released without a request',
  'image-association': 'License configurations of an AMI changed',
  'host-association': 'License configurations of a Dedicated Host changed',
  'instance-association': 'License configurations of an instance changed',
};

/** `Launched without a request: 2 × r6i.2xlarge`. */
export function titleOfUse({ cause, resources }: Unrequested): string {
  const [first] = resources;
  const what = first?.type ?? first?.id ?? '';
  const count = resources.length === 1 ? '' : `${resources.length} × `;
  return `${TITLES[cause]}: ${count}${nameText(what, 40)}`;
}

/** What it is, who did it, which licenses, and what it costs where that is known. */
export function factsOfUse(
  use: Unrequested,
  { ledgers }: Pick<FollowUpCard, 'ledgers'>,
  where: Line,
): readonly Line[] {
  const { typeBefore, monthlyCost } = use;
  return [
    [bold('What: '), ...resourceWords(use)],
    ...(typeBefore === null ? [] : [[bold('Before: '), nameText(typeBefore, 40)]]),
    where,
    [bold('Who: '), ...principalWords(use)],
    [bold('When: '), moment(use.at)],
    [bold('Licenses: '), ...licenseWords(use, ledgers)],
    [
      bold('Cost: '),
      monthlyCost === null ? 'not known' : `${price(monthlyCost)} a month at list price`,
    ],
  ];
}

/** A launch may be of hundreds. */
const SHOWN = 8;

function resourceWords({ resources }: Unrequested): Line {
  const shown = resources
    .slice(0, SHOWN)
    .flatMap(({ id, name }, index) => [
      ...(index === 0 ? [] : [', ']),
      code(nameText(id)),
      ...(name === null ? [] : [` ${nameText(name)}`]),
    ]);
  const more = resources.length - SHOWN;
  return more > 0 ? [...shown, ` and ${plural(more, 'other')}`] : shown;
}

function principalWords({ principal }: Unrequested): Line {
  if (principal === null) return ['not known yet; CloudTrail says some minutes later'];
  return [nameText(principal.name), ' ', code(nameText(principal.arn, 200))];
}

function licenseWords(
  { taken, untracked, associable }: Unrequested,
  ledgers: readonly PoolLedger[],
): Line {
  if (untracked.length > 0) {
    const products = untracked.map((product) => productText(product, null)).join(', ');
    return [`${products} by AMI and billing codes, and no license configuration counts it`];
  }
  if (taken.length === 0 && associable.length > 0) {
    return ['A copy of an AMI lost its license configurations, so that nothing counts it'];
  }
  if (taken.length === 0) return ['none yet'];
  return [taken.map((one) => takenWords(one, ledgers)).join('; ')];
}

/** `16 vCPUs of SQL Server Standard (84 left)`. */
function takenWords({ poolId, licenses }: Taken, ledgers: readonly PoolLedger[]): string {
  const ledger = ledgers.find((known) => known.poolId === poolId);
  const name = nameText(ledger?.name ?? poolId);
  const unit = ledger?.countingType ?? 'unknown';
  const free = ledger === undefined ? null : freeLicenses(ledger);
  const left = free === null ? '' : ` (${amount(free, unit)} left)`;
  if (licenses === null) return `of ${name}, how many is not known`;
  if (licenses < 0) return `${amount(-licenses, unit)} of ${name} came free`;
  if (licenses === 0) return `none of ${name} now`;
  return `${amount(licenses, unit)} of ${name}${left}`;
}
