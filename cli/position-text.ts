import type { CountGap, GapCause } from '#domain/licenses/count-gap.ts';
import type {
  GrantedLicense,
  OtherLicenses,
  UserLicenses,
} from '#domain/licenses/other-licenses.ts';
import type {
  MissingSource,
  PositionDimension,
  PositionReport,
  PositionSlice,
} from '#domain/licenses/position-report.ts';
import type { Money } from '#domain/money.ts';
import { productLabel } from '#domain/positioning/licensed-product.ts';
import { plainText, textTable } from './text-table.ts';

/** Resources that a gap names; the JSON document names all. */
const RESOURCES_SHOWN = 5;

/** A position as a person at a terminal reads it: both lines, why they differ, what is missing. */
export function positionText(report: PositionReport, others: OtherLicenses): string {
  const slices = (dimension: PositionDimension) =>
    report.slices.filter((slice) => slice.dimension === dimension);
  const products = slices('product').filter(({ key }, _index, all) => !hasEditions(key, all));
  return [
    ...headline(report),
    ...section('Tracked by License Manager, by pool', trackedTable(slices('pool'))),
    ...section('Asked for by the vendors’ terms, by pool', termsTable(slices('pool'))),
    ...section('Asked for by the vendors’ terms, by product', termsTable(products)),
    ...section('Findings', findingLines(products)),
    ...section('Why counts differ', report.gaps.map(gapLine)),
    ...section('Granted by sellers and other accounts', others.granted.map(grantedLine)),
    ...section('Users who are billed by the month', others.users.map(usersLine)),
    ...section('Not in these figures', report.missing.map(missingLine)),
    '',
    'By these terms as of this date; no legal advice. --json prints every slice, rule and source.',
  ].join('\n');
}

/** A product whose editions are listed beside it would only repeat them. */
function hasEditions(key: string, all: readonly PositionSlice[]): boolean {
  return all.some((other) => other.key.startsWith(`${key}/`));
}

function headline({ asOf, complete }: PositionReport): readonly string[] {
  const when = asOf === null ? 'before the first collection' : `as of ${asOf.toISOString()}`;
  const partial = complete
    ? []
    : ['PARTIAL: something is missing or failed, see below. Totals are not whole.'];
  return [`License position ${when}`, ...partial];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function trackedTable(slices: readonly PositionSlice[]): readonly string[] {
  const rows = slices.flatMap(({ name, tracked }) =>
    tracked.map(({ unit, limit, consumed, counted, held, available, over }) => [
      plainText(name),
      unit,
      limit,
      consumed,
      counted,
      held,
      available,
      over,
    ]),
  );
  const head = ['Pool', 'Unit', 'Limit', 'Consumed', 'Counted', 'Held', 'Available', 'Over'];
  return rows.length === 0 ? [] : textTable(head, rows);
}

function termsTable(slices: readonly PositionSlice[]): readonly string[] {
  const rows = slices.flatMap(({ name, terms }) =>
    terms.map(({ metric, entitled, required, held, available, shortfall, shortfallCost }) => [
      plainText(name),
      metric,
      entitled,
      required,
      held,
      available,
      shortfall,
      shortfall === 0 ? null : moneyText(shortfallCost),
    ]),
  );
  const head = [
    '',
    'Metric',
    'Entitled',
    'Required',
    'Held',
    'Available',
    'Short',
    'Shortfall costs',
  ];
  return rows.length === 0 ? [] : textTable(head, rows);
}

/** Whole units: nobody budgets licenses by the cent. */
function moneyText(money: Money | null): string | null {
  if (money === null) return null;
  return `${Math.round(money.micros / 1_000_000).toLocaleString('en-US')} ${money.currency}`;
}

function findingLines(slices: readonly PositionSlice[]): readonly string[] {
  return slices.flatMap(({ name, terms }) =>
    terms.flatMap(({ findings }) =>
      findings.map(
        ({ severity, text, resources }) =>
          `${severity}: ${plainText(name)}: ${text} (${named(resources)})`,
      ),
    ),
  );
}

const CAUSES: Readonly<Record<GapCause, string>> = {
  untracked: 'installed, and no configuration counts it',
  'not-installed': 'counted, and not installed',
  'double-tracked': 'counted by two configurations',
  'unit-differs': 'counted in another unit than the vendor’s',
  'stopped-but-counted': 'stopped, and still counted',
  'ghost-server': 'counted, and silent for long',
  'copied-image': 'runs a copy of a tracked AMI that lost its association',
  'cpu-options-reset': 'CPU options went back to the default',
  'paid-twice': 'license included in the price, and one of ours counted too',
  'expired-but-counted': 'expired, and still used',
  'license-included-on-host': 'license-included on a licensed Dedicated Host',
  'unknown-type': 'of a type that nothing describes: not counted',
  unexplained: 'License Manager and we count differently, and nothing says why',
};

function gapLine({ cause, product, edition, resources, account, region }: CountGap): string {
  const what = product === null ? '' : `${productLabel({ product, edition })}: `;
  return `${what}${CAUSES[cause]}: ${named(resources.map(resourceText))} in ${account} ${region}`;
}

function resourceText({ id, kind, name }: CountGap['resources'][number]): string {
  const what = name === null ? id : `${id} ${plainText(name)}`;
  return kind === 'container' ? `${what} (derived, not tracked by License Manager)` : what;
}

function grantedLine({
  product,
  issuer,
  status,
  grantStatus,
  validTo,
  usable,
}: GrantedLicense): string {
  const from = issuer === null ? '' : ` from ${plainText(issuer)}`;
  const until = validTo === null ? '' : ` until ${validTo.toISOString().slice(0, 10)}`;
  const words = grantStatus === null ? status : `${status}, grant ${grantStatus}`;
  return `${plainText(product)}${from}: ${usable ? 'usable' : 'NOT usable'}${until} (${words})`;
}

function usersLine({
  product,
  subscribed,
  withoutInstance,
  account,
  region,
}: UserLicenses): string {
  const idle =
    withoutInstance.length === 0
      ? ''
      : `; without an instance: ${named(withoutInstance.map(plainText))}`;
  return `${product}: ${subscribed} subscribed in ${account} ${region}${idle}`;
}

const STATES: Readonly<Record<MissingSource['state'], string>> = {
  off: 'is switched off',
  refused: 'may not be read',
  failed: 'could not be read',
  never: 'was never collected',
  old: 'is old',
};

function missingLine({ account, region, source, state, error, asOf }: MissingSource): string {
  const why = error === null ? '' : ` (${error})`;
  const since = asOf === null ? '' : `, last read ${asOf.toISOString()}`;
  return `${account} ${region}: ${source ?? 'everything'} ${STATES[state]}${why}${since}`;
}

function named(resources: readonly string[]): string {
  const hidden = resources.length - RESOURCES_SHOWN;
  const shown = resources.slice(0, RESOURCES_SHOWN).join(', ');
  return hidden > 0 ? `${shown} and ${hidden} more` : shown;
}
