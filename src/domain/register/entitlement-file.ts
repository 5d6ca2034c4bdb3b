import { Entitlement, entitlementKey } from '#domain/licenses/entitlement.ts';
import { metricUnit } from '#domain/licenses/metric-unit.ts';
import type { Money } from '#domain/money.ts';
import { type Column, column, type RegisterFile } from '#domain/register/column.ts';
import { versionedLabel } from '#domain/register/product-label.ts';
import {
  AMOUNT_OF_MONEY,
  CURRENCY,
  choice,
  DAY,
  EDITION,
  list,
  METRIC,
  PRODUCT,
  TEXT,
  WHOLE,
} from '#domain/register/readers.ts';
import { SWITCH_COLUMNS, switchesIn } from '#domain/register/switch-columns.ts';

const KIND = choice(
  {
    perpetual: 'perpetual',
    'perpetual license': 'perpetual',
    subscription: 'subscription',
    'subscription license': 'subscription',
  },
  'perpetual or subscription',
);

const PROGRAM = choice(
  {
    EA: 'EA',
    'Enterprise Agreement': 'EA',
    MPSA: 'MPSA',
    'Open Value': 'Open Value',
    CSP: 'CSP',
    'Cloud Solution Provider': 'CSP',
    SPLA: 'SPLA',
    OEM: 'OEM',
    retail: 'retail',
    ULA: 'ULA',
    'Unlimited License Agreement': 'ULA',
    'Passport Advantage': 'Passport Advantage',
    other: 'other',
  },
  'EA, MPSA, Open Value, CSP, SPLA, OEM, retail, ULA, Passport Advantage or other',
);

const required = true;

const COLUMNS: readonly Column<Entitlement>[] = [
  column('Contract', TEXT, ({ contract }) => contract, {
    also: ['contract number', 'agreement', 'agreement number', 'purchase order'],
    required,
  }),
  column('Product', PRODUCT, ({ product }) => product, {
    also: ['product name', 'software'],
    required,
  }),
  column('Edition', EDITION, ({ edition }) => edition),
  column('Version', TEXT, ({ version }) => version, { also: ['product version'] }),
  column('Metric', METRIC, ({ metric }) => metric, {
    also: ['license metric', 'licensed by', 'unit'],
    required,
  }),
  column('Quantity', WHOLE, ({ quantity }) => quantity, {
    also: ['qty', 'licenses', 'license count', 'units'],
    required,
  }),
  column('Kind', KIND, ({ kind }) => kind, {
    also: ['license kind', 'license type', 'type'],
    required,
  }),
  column('Program', PROGRAM, ({ program }) => program, {
    also: ['licensing program', 'channel'],
  }),
  column('Purchase date', DAY, ({ purchasedOn }) => purchasedOn, {
    key: 'purchasedOn',
    also: ['purchased', 'purchased on', 'bought', 'order date', 'start date'],
    required,
  }),
  column('Maintained until', DAY, ({ maintainedUntil }) => maintainedUntil, {
    key: 'maintainedUntil',
    also: [
      'maintenance until',
      'maintenance end',
      'software assurance',
      'software assurance until',
      'software assurance end',
      'sa until',
      'support until',
      'support end',
    ],
  }),
  column('Expiry', DAY, ({ expiresOn }) => expiresOn, {
    key: 'expiresOn',
    also: ['expires', 'expires on', 'expiry date', 'expiration', 'expiration date', 'end date'],
  }),
  column('Unit price', AMOUNT_OF_MONEY, ({ unitPrice }) => amountText(unitPrice), {
    key: 'unitPrice',
    also: ['price', 'price per unit', 'unit cost'],
  }),
  column('Maintenance price', AMOUNT_OF_MONEY, (item) => amountText(item.maintenancePrice), {
    key: 'maintenancePrice',
    also: ['maintenance', 'maintenance cost', 'annual maintenance', 'support price'],
  }),
  column(
    'Currency',
    CURRENCY,
    (item) => (item.unitPrice ?? item.maintenancePrice)?.currency ?? '',
    {
      also: ['currency code', 'iso currency'],
    },
  ),
  column('Owner', TEXT, ({ owner }) => owner, { also: ['responsible', 'contact', 'team'] }),
  column('Accounts', list(/[\s,;|]/u), ({ accounts }) => accounts.join(' '), {
    also: ['account', 'account id', 'account ids', 'aws account', 'aws accounts'],
  }),
  column('Pools', list(/[|\n]/), ({ pools }) => pools.join(' | '), {
    also: ['pool', 'license pools', 'license configuration', 'license configurations'],
  }),
  ...SWITCH_COLUMNS,
];

/** What the company owns: one row for each line of a contract. */
export const ENTITLEMENT_FILE: RegisterFile<Entitlement> = {
  kind: 'entitlements',
  columns: COLUMNS,
  schema: Entitlement,
  assemble: (values) => ({
    ...Object.fromEntries(FIELDS.map((field) => [field, values[field]])),
    unitPrice: money(values['unitPrice'], values['currency']),
    maintenancePrice: money(values['maintenancePrice'], values['currency']),
    switches: switchesIn(values),
  }),
  keyOf: entitlementKey,
  keyNames: 'contract, product, edition, version, metric and purchase date',
  describe: (item) => [
    versionedLabel(item),
    `${item.contract} of ${item.purchasedOn}`,
    `${item.quantity} ${metricUnit(item.quantity, item.metric)}`,
  ],
};

const FIELDS = COLUMNS.map(({ key }) => key).filter(
  (key) => key !== 'currency' && !SWITCH_COLUMNS.some((column) => column.key === key),
);

function money(micros: unknown, currency: unknown): unknown {
  return micros === null || micros === undefined ? null : { micros, currency: currency ?? '' };
}

/** Exact, without zeros that say nothing. */
function amountText(amount: Money | null): string {
  if (amount === null) return '';
  const fraction = String(amount.micros % 1_000_000)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return `${Math.floor(amount.micros / 1_000_000)}${fraction && '.'}${fraction}`;
}
