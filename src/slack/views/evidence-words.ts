import { InventorySource } from '#domain/estate/inventory.ts';
import type { EvidenceItem, GateCheck } from '#domain/optimization/recommendation.ts';
import { figure, plural } from '#slack/views/figures.ts';
import { code, type Line } from '#slack/views/rich-text.ts';
import { sourceName } from '#slack/views/source-words.ts';
import { nameText, utc } from '#slack/views/text.ts';

const MEASURES: ReadonlyMap<string, string> = new Map([
  ['cpu-p995', 'CPU at the 99.5th percentile'],
  ['cpu-maximum', 'CPU at most'],
  ['memory-p995', 'Memory at the 99.5th percentile'],
  ['days-measured', 'Measured for'],
  ['active-vcpus', 'Active vCPUs'],
  ['enterprise-features', 'Features of the Enterprise edition in use'],
  ['instances-on-host', 'Instances on the host'],
  ['free-vcpus', 'Free vCPUs on the host'],
  ['free-licenses', 'Free licenses'],
  ['usage-operation', 'What the price includes'],
  ['performance-risk', 'Performance risk that AWS sees'],
  ['recommended-type', 'Type that AWS recommends'],
  ['would-show', 'Would show'],
  ['agreement-ends-on', 'Agreement ends on'],
]);

/** `CPU at the 99.5th percentile: 12 %, over 30 days (CloudWatch utilization, as of …)`. */
export function evidenceLine({
  source,
  measure,
  value,
  unit,
  lookBackDays,
  asOf,
}: EvidenceItem): Line {
  const words = MEASURES.get(measure) ?? sentence(nameText(measure, 40).replaceAll('-', ' '));
  const over = lookBackDays === null ? '' : `, over ${plural(Math.round(lookBackDays), 'day')}`;
  const when = asOf === null ? '' : `, as of ${utc(asOf)}`;
  return [`${words}: ${valueText(value, unit)}${over} (${sourceText(source)}${when})`];
}

function valueText(value: EvidenceItem['value'], unit: string | null): string {
  if (typeof value === 'string') return nameText(value, 200);
  const number = figure(Math.round(value * 100) / 100);
  if (unit === null) return number;
  return unit === 'percent' ? `${number} %` : `${number} ${unitText(value, unit)}`;
}

function unitText(value: number, unit: string): string {
  const one = nameText(unit, 20).replaceAll('-', ' ');
  return value === 1 ? one : `${one}s`;
}

function sourceText(source: string): string {
  const known = InventorySource.safeParse(source);
  return known.success ? sourceName(known.data) : nameText(source, 80);
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** A condition of bringing licenses, whether it holds, and where it is written. */
export function gateLine({ holds, text, rule, source }: GateCheck): Line {
  const mark = holds === null ? '❔ Somebody has to say: ' : holds ? '✅ ' : '⛔ ';
  return [
    mark,
    `${nameText(text, 300)} (`,
    code(nameText(rule, 60)),
    `, ${nameText(source, 120)})`,
  ];
}
