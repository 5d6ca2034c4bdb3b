import type { RecommendationStatus } from '#domain/optimization/followed-recommendation.ts';
import type {
  Effort,
  LicenseSaving,
  PriceBasis,
  Recommendation,
  RecommendationKind,
  Risk,
  Savings,
  Subject,
} from '#domain/optimization/recommendation.ts';
import { figure } from '#slack/views/figures.ts';
import { roundPrice } from '#slack/views/money-words.ts';
import { metricAmount, productText } from '#slack/views/product-words.ts';
import { nameText } from '#slack/views/text.ts';

const KINDS = {
  'consolidate-hosts': 'Put machines together on fewer Dedicated Hosts',
  'release-host': 'Release a Dedicated Host that is not needed',
  'refill-host': 'Fill a Dedicated Host that has room',
  'included-on-host': 'Stop paying for licenses in the price on a host that is licensed already',
  'optimize-cpus': 'Switch off vCPUs that licenses pay for and nobody uses',
  rightsize: 'Use a smaller size',
  'change-family': 'Use another instance family',
  'downgrade-edition': 'Use a lower edition',
  'developer-edition': 'Use Developer edition where nothing is production',
  'included-to-byol': 'Bring your own licenses instead of paying in the price',
  'byol-to-included': 'Pay for licenses in the price instead of owning them',
  'vendor-minimum': 'Stop paying the vendor’s minimum for small machines',
  idle: 'Stop a machine that does nothing',
  'standby-waiver': 'Let AWS waive licenses of a standby',
  'spare-entitlement': 'Use licenses that lie idle instead of buying',
  shortfall: 'Cover a shortfall',
  'cpu-options-lost': 'Set CPU options again that a resize lost',
  'host-recovery-blocked': 'Make room for host recovery: a hard limit is in its way',
  'expiring-agreement': 'Decide about an agreement that ends',
  'missing-data': 'Switch on what is needed to see more',
} as const satisfies Record<RecommendationKind, string>;

/** What a kind of recommendation asks for. */
export function kindText(kind: RecommendationKind): string {
  return KINDS[kind];
}

const RISKS = { none: 'no risk', low: 'low risk', medium: 'some risk', high: 'high risk' } as const;

export function riskText(risk: Risk): string {
  return RISKS[risk];
}

const EFFORTS = {
  decision: 'a decision',
  restart: 'a restart',
  migration: 'a move with tests',
  project: 'a project',
} as const satisfies Record<Effort, string>;

export function effortText(effort: Effort): string {
  return EFFORTS[effort];
}

const BASES = {
  observed: 'as Cost Explorer observed it',
  list: 'at AWS’s list prices',
  entitlement: 'at what the entitlements cost',
  unknown: 'no price is known',
} as const satisfies Record<PriceBasis, string>;

/** Where an amount of money comes from. */
export function basisText(basis: PriceBasis): string {
  return BASES[basis];
}

const STATUSES = {
  new: 'New',
  accepted: 'Accepted',
  dismissed: 'Dismissed',
  snoozed: 'Snoozed',
  'in-progress': 'In progress',
  done: 'Done',
  gone: 'No longer so',
} as const satisfies Record<RecommendationStatus, string>;

/** Where a recommendation stands. */
export function statusText(status: RecommendationStatus): string {
  return STATUSES[status];
}

/** `crm-db-1 (i-0…)`, and how many more there are. */
export function subjectsText(subjects: readonly Subject[]): string {
  const [first] = subjects;
  if (first === undefined) return '';
  const more = subjects.length - 1;
  return `${subjectText(first)}${more > 0 ? ` and ${figure(more)} more` : ''}`;
}

function subjectText({ kind, id, name }: Subject): string {
  if (kind === 'product') {
    const [product = '', edition = ''] = id.split('/');
    return name === null ? productText(product, edition || null) : nameText(name, 60);
  }
  return name === null ? nameText(id, 60) : `${nameText(name, 40)} (${nameText(id, 40)})`;
}

/** `saves 1,200 USD a month and 24 core licenses of SQL Server Enterprise`; money only where a price is known. */
export function savingsText(savings: Savings): string {
  const all = gainsOf(savings);
  const saved = all.filter(({ gain }) => gain > 0).map(({ text }) => text);
  const costs = all.filter(({ gain }) => gain < 0).map(({ text }) => text);
  const parts = [
    ...(saved.length === 0 ? [] : [`saves ${saved.join(' and ')}`]),
    ...(costs.length === 0 ? [] : [`takes ${costs.join(' and ')}`]),
  ];
  return parts.length === 0 ? 'saves nothing that is counted' : parts.join(', ');
}

/** So many products are named. */
const PRODUCTS_NAMED = 3;

function gainsOf({ monthly, basis, licenses }: Savings) {
  const money =
    monthly === null || basis === 'unknown' || monthly.micros === 0
      ? []
      : [{ gain: monthly.micros, text: `${roundPrice(absolute(monthly))} a month` }];
  return [
    ...money,
    ...licenses
      .slice(0, PRODUCTS_NAMED)
      .map((one) => ({ gain: one.units, text: licenseText(one) })),
  ];
}

function absolute<Amount extends { readonly micros: number }>(money: Amount): Amount {
  return { ...money, micros: Math.abs(money.micros) };
}

function licenseText({ product, edition, metric, units }: LicenseSaving): string {
  return `${metricAmount(Math.abs(units), metric)} of ${productText(product, edition)}`;
}

/** `low risk · a restart · its owner must look at it first`. */
export function burdenText({ risk, effort, ownerMustValidate }: Recommendation): string {
  return [
    riskText(risk),
    effortText(effort),
    ...(ownerMustValidate ? ['its owner must look at it first'] : []),
  ].join(' · ');
}
