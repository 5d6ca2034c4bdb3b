import * as z from 'zod';
import { DEFAULT_SCENARIO, Scenario } from '#domain/optimization/scenario.ts';
import { clean } from '#slack/views/text.ts';

/** Which part of an answer a button or select is about: checked again on what is stored. */
export interface AnswerTarget {
  readonly runId: string;
  readonly scenario: number | null;
  readonly page: number;
}

const ANSWER = /^(?:[a-z]+\|)?(opt-[0-9a-z]{10})\|([01]?)\|([1-9]\d{0,3})$/;

/** `opt-…|0|2`; with a prefix it is the id of a block. */
export function answerValue({ runId, scenario, page }: AnswerTarget, prefix?: string): string {
  const value = `${runId}|${scenario ?? ''}|${page}`;
  return prefix === undefined ? value : `${prefix}|${value}`;
}

/** What a value or block id names, or `null` for anything that no answer of ours carries. */
export function parseAnswer(value: string | null | undefined): AnswerTarget | null {
  const [, runId, scenario, page] = ANSWER.exec(value ?? '') ?? [];
  if (runId === undefined) return null;
  return { runId, scenario: scenario ? Number(scenario) : null, page: Number(page) };
}

const RECOMMENDATION = /^(rec-[0-9a-z]{10})(?:\|(\d{1,4}))?(?:\|(opt-[0-9a-z]{10}))?$/;

/** Which recommendation, which of its steps, and the answer that it was opened from. */
export interface RecommendationTarget {
  readonly recommendationId: string;
  readonly step: number | null;
  readonly runId: string | null;
}

/** `rec-…|3|opt-…`: ids only; what may be done is decided on what is stored. */
export function recommendationValue({
  recommendationId,
  step,
  runId,
}: RecommendationTarget): string {
  return [recommendationId, step, runId].filter((part) => part !== null).join('|');
}

/** What a value names, or `null` for anything that nothing of ours carries. */
export function parseRecommendation(value: string | null | undefined): RecommendationTarget | null {
  const [, recommendationId, step, runId] = RECOMMENDATION.exec(value ?? '') ?? [];
  if (recommendationId === undefined) return null;
  return {
    recommendationId,
    step: step === undefined ? null : Number(step),
    runId: runId ?? null,
  };
}

/** Ours: several such buttons share a message. */
const LONGEST_VALUE = 800;
/** One, or two to be compared. */
const Scenarios = z.array(Scenario).min(1).max(2);

/** Scenarios as the value of a button, without what nobody asked for; `null` where they would not fit. */
export function scenariosValue(scenarios: readonly Scenario[]): string | null {
  const asked = scenarios.map((scenario) =>
    Object.fromEntries(Object.entries(scenario).filter(([name, value]) => !isDefault(name, value))),
  );
  const text = JSON.stringify(asked, (_key, value: unknown) =>
    typeof value === 'string' ? clean(value) : value,
  );
  return text.length <= LONGEST_VALUE ? text : null;
}

const DEFAULTS = new Map<string, unknown>(Object.entries(DEFAULT_SCENARIO));

function isDefault(name: string, value: unknown): boolean {
  return JSON.stringify(DEFAULTS.get(name)) === JSON.stringify(value);
}

/** The scenarios in a value; `null` for anything else. */
export function parseScenarios(value: string | null | undefined): readonly Scenario[] | null {
  const parsed = Scenarios.safeParse(jsonOf(value ?? ''));
  return parsed.success ? parsed.data : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
