import type { Money } from '#domain/money.ts';
import type {
  EstateFigures,
  HostFill,
  OptimizationResult,
} from '#domain/optimization/optimization-result.ts';
import type { Recommendation, Subject } from '#domain/optimization/recommendation.ts';
import { productLabel } from '#domain/positioning/licensed-product.ts';
import { explainedLines, subjectText } from './explained-recommendation.ts';
import {
  FIXED_WORDS,
  GAP_WORDS,
  GOAL_WORDS,
  KIND_WORDS,
  NO_PLAN_WORDS,
} from './optimization-words.ts';
import { plainText, textTable } from './text-table.ts';
import { wrappedText } from './wrapped-text.ts';

export interface TextOptions {
  /** With everything that each recommendation rests on, how it is done and undone, and what hosts hold. */
  readonly explain: boolean;
  readonly accountNames: ReadonlyMap<string, string>;
}

/** What an optimization came to, as a person at a terminal reads it in 100 columns. */
export function optimizationText(
  result: OptimizationResult,
  { explain, accountNames }: TextOptions,
): string {
  const { plan, beside } = result;
  const advice = beside.filter(({ kind }) => kind !== 'missing-data');
  const gaps = beside.filter(({ kind }) => kind === 'missing-data');
  const nameOf = (account: string) => plainText(accountNames.get(account) ?? account);
  return [
    ...headline(result),
    ...section('Recommended; the amounts add up', tableOf(plan, 1)),
    ...section('Worth a look; counted nowhere above', tableOf(advice, plan.length + 1)),
    ...section('Licenses of your own, drawn', licenseTable(result)),
    ...section('One license more would save, a month', result.unitValues.map(unitValueLine)),
    ...(explain ? explained(result, [...plan, ...advice]) : []),
    ...list('Stay as they are', fixedLines(result)),
    ...list('Not known, and what to do to see more', gapLines(gaps, nameOf)),
    '',
    'At list prices, by these terms as of this date; no legal advice. Nothing was changed.',
    explain
      ? '--json prints everything.'
      : '--explain says what each rests on, how it is done and undone; --json prints everything.',
  ].join('\n');
}

function headline(result: OptimizationResult): readonly string[] {
  const { scenario, asOf, before, after, machines, fixed, seconds } = result;
  const by = scenario.by === null ? '' : `, by ${scenario.by}`;
  const title = `Optimization for ${GOAL_WORDS[scenario.goal]}${by}, as of ${asOf.toISOString()}`;
  const searched = `searched for ${seconds.toFixed(1)} s.`;
  const compared = `${count(machines, 'machine')} compared, ${fixed.length} stay as they are; ${searched}`;
  if (machines === 0) {
    const left = fixed.length === 0 ? 'Nothing licensed runs there' : 'Nothing could be compared';
    return [
      title,
      '',
      `${left}: of ${count(fixed.length, 'machine')} none has another way to run.`,
    ];
  }
  if (after === null) return [title, '', noPlanLine(result), compared];
  return [title, '', ...amounts(before.monthly, after.monthly), boundLine(result), compared];
}

function amounts(before: Money, after: Money): readonly string[] {
  const saved = { ...before, micros: before.micros - after.micros };
  const part = before.micros === 0 ? 0 : saved.micros / before.micros;
  const width = dollars(before).length;
  return [
    `You pay         ${dollars(before)} a month`,
    `You would pay   ${dollars(after).padStart(width)} a month`,
    saved.micros < 0
      ? `Which is more   ${dollars({ ...saved, micros: -saved.micros }).padStart(width)} a month (${percent(-part)})`
      : `You would save  ${dollars(saved).padStart(width)} a month (${percent(part)})`,
  ];
}

function boundLine({ proven, gap, lowerBound }: OptimizationResult): string {
  if (proven) return 'Proven: of what was compared, nothing is better to this goal.';
  const least = dollars(lowerBound);
  return `Proven: with no more changes nothing costs less than ${least}; within ${percent(gap)} of the best.`;
}

function noPlanLine({ noPlan }: OptimizationResult): string {
  if (noPlan === null) return 'There is no plan.';
  const { code, subject, missing } = noPlan;
  const about = subject === null ? '' : ` (${subjectText(subject)})`;
  const short = missing === null ? '' : `: ${count(Math.ceil(missing), 'license')} missing`;
  return `There is no plan: ${NO_PLAN_WORDS[code]}${about}${short}.`;
}

const HEAD = ['', 'What', 'Which', 'USD a month', 'Licenses', 'Risk', 'Effort'];

function tableOf(found: readonly Recommendation[], first: number): readonly string[] {
  const rows = found.map(({ kind, subjects, savings, risk, effort }, index) => [
    first + index,
    KIND_WORDS[kind],
    cut(subjectsText(subjects), 28),
    savings.monthly === null ? null : Math.round(savings.monthly.micros / 1_000_000),
    savings.licenses.reduce((sum, { units }) => sum + units, 0) || null,
    risk,
    effort,
  ]);
  return rows.length === 0 ? [] : textTable(HEAD, rows);
}

function subjectsText([first, ...others]: readonly Subject[]): string {
  if (first === undefined) return '';
  const more = others.length === 0 ? '' : ` +${others.length}`;
  return `${cut(first.name ?? first.id, 28 - more.length)}${more}`;
}

function licenseTable({ before, after }: OptimizationResult): readonly string[] {
  const lines = new Map(
    [...before.licenses, ...(after?.licenses ?? [])].map((line) => [lineKey(line), line]),
  );
  const unitsIn = (figures: EstateFigures | null, key: string) =>
    figures?.licenses.find((line) => lineKey(line) === key);
  const rows = [...lines].map(([key, line]) => {
    const [now, then] = [unitsIn(before, key), unitsIn(after, key)];
    return [
      cut(productLabel(line), 40),
      line.metric,
      now?.units ?? 0,
      after === null ? null : (then?.units ?? 0),
      (after === null ? now : then)?.missing ?? 0,
    ];
  });
  return rows.length === 0 ? [] : textTable(['', 'Metric', 'Now', 'Then', 'Not owned'], rows);
}

function lineKey({ product, edition, metric }: EstateFigures['licenses'][number]): string {
  return JSON.stringify([product, edition, metric]);
}

function unitValueLine({ product, edition, monthly }: OptimizationResult['unitValues'][number]) {
  return `${plainText(productLabel({ product, edition }))}: ${dollars(monthly)}`;
}

function explained(
  { before, after }: OptimizationResult,
  found: readonly Recommendation[],
): readonly string[] {
  return [
    ...section(
      'Dedicated Hosts now',
      before.hosts.map((host) => fillLine(host, [])),
    ),
    ...section(
      'Dedicated Hosts then',
      (after?.hosts ?? []).map((host) => fillLine(host, movedTo(host, found))),
    ),
    ...found.flatMap((one, index) => ['', ...explainedLines(index + 1, one)]),
  ];
}

const BAR = 20;

function fillLine(host: HostFill, moved: readonly string[]): string {
  const { ref, family, availabilityZone, cores, usedCores, machines, spare } = host;
  const full = Math.min(BAR, Math.round((BAR * usedCores) / cores));
  const bar = `[${'#'.repeat(full)}${'.'.repeat(BAR - full)}]`;
  const load = spare ? 'kept free' : count(machines, 'machine');
  const line = `${bar} ${usedCores} of ${cores} cores  ${family} ${availabilityZone} ${ref}  ${load}`;
  return moved.length === 0 ? line : `${line}\n    comes there: ${named(moved)}`;
}

/** A host's machines that are there already need no step. */
function movedTo({ ref }: HostFill, found: readonly Recommendation[]): readonly string[] {
  return found.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.do === 'move' && step.hostId === ref ? step.instanceId : [])),
  );
}

function fixedLines({ fixed }: OptimizationResult): readonly string[] {
  return [...Map.groupBy(fixed, ({ why }) => why)].map(([why, group]) => {
    const ids = named(group.map(({ instanceId }) => instanceId));
    return `${count(group.length, 'machine')}: ${FIXED_WORDS[why] ?? why} (${ids})`;
  });
}

/** What is missing for the same reason in several places is one line. */
function gapLines(
  gaps: readonly Recommendation[],
  nameOf: (account: string) => string,
): readonly string[] {
  return [...Map.groupBy(gaps, gapText)].map(([text, group]) => {
    const places = group.map(({ account, region }) => `${nameOf(account)} ${region}`);
    return `${text} (${named(places)})`;
  });
}

function gapText({ subjects, evidence, steps }: Recommendation): string {
  const said = (measure: string) => evidence.find((item) => item.measure === measure)?.value;
  const error = said('error');
  const enable = steps.flatMap((step) => (step.do === 'by-hand' ? (step.to ?? []) : []));
  const todo = enable.length === 0 ? '' : `: enable ${enable.join(', ')}`;
  const why = error === undefined ? '' : `, ${plainText(String(error))}`;
  return `${subjects.map(subjectText).join(', ')} ${GAP_WORDS[String(said('state'))] ?? 'is missing'}${why}${todo}`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

/** The same for sentences, which may be long. */
function list(title: string, texts: readonly string[]): readonly string[] {
  return texts.length === 0
    ? []
    : ['', title, ...texts.flatMap((text) => wrappedText('  - ', text))];
}

/** At most so many are named; --json names all. */
const NAMED = 3;

function named(ids: readonly string[]): string {
  const hidden = ids.length - NAMED;
  const shown = ids.slice(0, NAMED).join(', ');
  return hidden > 0 ? `${shown} and ${hidden} more` : shown;
}

function cut(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`;
}

function count(number: number, what: string): string {
  return `${number.toLocaleString('en-US')} ${what}${number === 1 ? '' : 's'}`;
}

function percent(part: number): string {
  return `${(part * 100).toFixed(part !== 0 && Math.abs(part) < 0.01 ? 2 : 1)} %`;
}

/** Whole units: nobody budgets by the cent. */
function dollars({ micros, currency }: Money): string {
  return `${Math.round(micros / 1_000_000).toLocaleString('en-US')} ${currency}`;
}
