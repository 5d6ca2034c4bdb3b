import type { Entitlement } from '#domain/licenses/entitlement.ts';
import { termsShareLeft } from '#domain/licenses/pool-order.ts';
import type { TermsLine } from '#domain/licenses/position-report.ts';
import type { PoolFigures } from '#ports/notifier.ts';
import { figure, price } from '#slack/views/figures.ts';
import { LIMITS } from '#slack/views/limits.ts';
import { context, type MessageBlock } from '#slack/views/message.ts';
import { metricAmount, productText } from '#slack/views/product-words.ts';
import { bold, bullets, code, type Line, lines } from '#slack/views/rich-text.ts';
import { mrkdwn, nameText } from '#slack/views/text.ts';

/** What is left by the vendor's terms: the scarcest line, in its own unit; `null`: not known. */
export function scarcestTerms({ terms }: PoolFigures): TermsLine | null {
  const known = terms.filter((line) => termsShareLeft(line) < Number.MAX_VALUE);
  return known.toSorted((a, b) => termsShareLeft(a) - termsShareLeft(b))[0] ?? null;
}

/** `16 core licenses short`, `24 core licenses free`. */
export function termsFree({ available, metric, shortfall }: TermsLine): string {
  if (shortfall !== null && shortfall > 0) return `${metricAmount(shortfall, metric)} short`;
  return available === null ? 'not known' : `${metricAmount(available, metric)} free`;
}

/** Products of one pool that are shown, and answers to open questions for each. */
const SHOWN = 4;

/** The second line of a position: what is owned, what the vendor asks for, and what else it could be. */
export function termsBlocks({ terms: all }: PoolFigures): MessageBlock[] {
  const terms = all.toSorted((a, b) => termsShareLeft(a) - termsShareLeft(b)).slice(0, SHOWN);
  if (terms.length === 0) {
    return [
      lines([
        bold('By the vendor’s terms: '),
        'not known. ',
        code('/license import'),
        ' tells me what you own.',
      ]),
    ];
  }
  const rules = new Map(
    terms.flatMap((line) => line.rules.map((rule) => [rule.id, rule] as const)),
  );
  return [
    lines(...terms.flatMap(termsLines)),
    ...bullets('What the terms ask to look at', findingLines(terms)),
    context(
      mrkdwn`By these terms as of their date, no legal advice: ${[...rules.values()]
        .slice(0, LIMITS.cardListItems)
        .map(({ id, asOf }) => `${nameText(id)} (${nameText(asOf, 10)})`)
        .join(', ')}`,
    ),
  ];
}

function termsLines(line: TermsLine): Line[] {
  const { product, edition, metric, entitled, required, held, shortfall, shortfallCost } = line;
  const owned =
    entitled === null ? 'not known what is owned' : `entitled to ${metricAmount(entitled, metric)}`;
  const asked =
    required === null
      ? `required at least ${figure(line.requiredAtLeast)}, because some sizes are not known`
      : `required ${figure(required)}`;
  const cost = shortfallCost === null ? '' : `, about ${price(shortfallCost)} at your last price`;
  const result =
    shortfall !== null && shortfall > 0 ? ` ${figure(shortfall)} short${cost}.` : available(line);
  return [
    [
      bold(`${productText(product, edition)} by the vendor’s terms: `),
      `${owned}, ${asked}, held ${figure(held)}.`,
      bold(result),
    ],
    ...line.alternatives
      .slice(0, SHOWN)
      .map(
        ({ switch: name, setting, required: other }): Line => [
          `   With ${nameText(name)} = ${nameText(setting)} it would be ${metricAmount(other, metric)}.`,
        ],
      ),
  ];
}

function available(line: TermsLine): string {
  return line.available === null ? '' : ` ${figure(line.available)} free.`;
}

const SIGNS = { violation: '⛔', warning: '⚠️', note: 'ℹ️' } as const;

function findingLines(terms: readonly TermsLine[]): readonly Line[] {
  const findings = new Map(
    terms.flatMap((line) => line.findings.map((finding) => [finding.text, finding] as const)),
  );
  return [...findings.values()]
    .toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity))
    .slice(0, SHOWN)
    .map(({ severity, text, resources }) => [
      `${SIGNS[severity]} ${nameText(text, 200)} `,
      code(namedSome(resources)),
    ]);
}

const ORDER: readonly TermsLine['findings'][number]['severity'][] = [
  'violation',
  'warning',
  'note',
];
const NAMED = 3;

/** The first few of many. */
export function namedSome(names: readonly string[]): string {
  const shown = names
    .slice(0, NAMED)
    .map((name) => nameText(name, 64))
    .join(', ');
  const hidden = names.length - NAMED;
  return hidden > 0 ? `${shown} and ${figure(hidden)} more` : shown;
}

/** When what is owned ends: the agreements that the pool draws on, the next end first. */
export function entitlementLines(entitlements: readonly Entitlement[]): readonly Line[] {
  return entitlements
    .toSorted((a, b) => ends(a).localeCompare(ends(b)))
    .slice(0, LIMITS.cardListItems)
    .map(({ contract, quantity, metric, expiresOn, maintainedUntil }) => [
      `${nameText(contract)}: ${metricAmount(quantity, metric)}`,
      ...(expiresOn === null ? [] : [`, ends ${expiresOn}`]),
      ...(maintainedUntil === null ? [] : [`, maintained until ${maintainedUntil}`]),
    ]);
}

function ends({ expiresOn, maintainedUntil }: Entitlement): string {
  return expiresOn ?? maintainedUntil ?? '9999';
}
