import { arnPattern, wildcard } from './pattern.ts';

/** Condition keys of one call, names in lower case; a key with several values is multivalued. */
export type ConditionContext = ReadonlyMap<string, readonly string[]>;

/** Condition keys as plain data, made ready to be looked up. */
export function conditionContext(
  keys: Readonly<Record<string, string | readonly string[]>>,
): ConditionContext {
  return new Map(
    Object.entries(keys).map(([key, value]) => [
      key.toLowerCase(),
      typeof value === 'string' ? [value] : value,
    ]),
  );
}

/** Says whether the call meets a statement's whole Condition element. */
export type Condition = (context: ConditionContext) => boolean;

/** Makes the test for one value in a policy. */
type Comparison = (policyValue: string) => (value: string) => boolean;

interface Operator {
  readonly compare: Comparison;
  /** `StringNotEquals` and the like: none of the policy's values may match, and an absent key passes. */
  readonly negated: boolean;
}

const equals: Comparison = (wanted) => (value) => value === wanted;
const equalsIgnoringCase: Comparison = (wanted) => (value) =>
  value.toLowerCase() === wanted.toLowerCase();
const like: Comparison = (pattern) => wildcard(pattern, { ignoreCase: false });
const number = comparison(Number);
const date = comparison((text) => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text)));

const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: { compare: equals, negated: false },
  StringNotEquals: { compare: equals, negated: true },
  StringEqualsIgnoreCase: { compare: equalsIgnoringCase, negated: false },
  StringNotEqualsIgnoreCase: { compare: equalsIgnoringCase, negated: true },
  StringLike: { compare: like, negated: false },
  StringNotLike: { compare: like, negated: true },
  ArnEquals: { compare: arnPattern, negated: false },
  ArnLike: { compare: arnPattern, negated: false },
  ArnNotEquals: { compare: arnPattern, negated: true },
  ArnNotLike: { compare: arnPattern, negated: true },
  Bool: { compare: equalsIgnoringCase, negated: false },
  NumericEquals: number((value, wanted) => value === wanted),
  NumericNotEquals: { ...number((value, wanted) => value === wanted), negated: true },
  NumericLessThan: number((value, wanted) => value < wanted),
  NumericLessThanEquals: number((value, wanted) => value <= wanted),
  NumericGreaterThan: number((value, wanted) => value > wanted),
  NumericGreaterThanEquals: number((value, wanted) => value >= wanted),
  DateLessThan: date((value, wanted) => value < wanted),
  DateLessThanEquals: date((value, wanted) => value <= wanted),
  DateGreaterThan: date((value, wanted) => value > wanted),
  DateGreaterThanEquals: date((value, wanted) => value >= wanted),
};

function comparison(read: (text: string) => number) {
  return (holds: (value: number, wanted: number) => boolean): Operator => ({
    negated: false,
    compare: (policyValue) => {
      const wanted = read(policyValue);
      if (Number.isNaN(wanted)) throw new TypeError(`"${policyValue}" cannot be compared.`);
      return (value) => holds(read(value), wanted);
    },
  });
}

type Quantifier = 'ForAllValues' | 'ForAnyValue' | null;

/**
 * Compiles a Condition element: operator, then key, then one value or several.
 *
 * @throws {TypeError} for an operator that the sandbox does not know.
 */
export function compileCondition(
  element: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
): Condition {
  const tests = Object.entries(element).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => compileTest(operator, key.toLowerCase(), values)),
  );
  return (context) => tests.every((test) => test(context));
}

function compileTest(name: string, key: string, policyValues: readonly string[]): Condition {
  const { quantifier, base, ifExists } = parseOperator(name);
  if (base === 'Null') {
    const absent = policyValues.includes('true');
    return (context) => context.has(key) !== absent;
  }
  const operator = OPERATORS[base];
  if (operator === undefined)
    throw new TypeError(`The sandbox does not know the condition operator ${name}.`);
  const matchers = policyValues.map(operator.compare);
  const passes = (value: string) => matchers.some((matches) => matches(value)) !== operator.negated;
  const absent =
    ifExists || quantifier === 'ForAllValues' || (operator.negated && quantifier === null);
  const every = quantifier === 'ForAllValues' || (operator.negated && quantifier === null);
  return (context) => {
    const values = context.get(key);
    if (values === undefined || values.length === 0) return absent;
    return every ? values.every(passes) : values.some(passes);
  };
}

function parseOperator(name: string): { quantifier: Quantifier; base: string; ifExists: boolean } {
  const parts = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name);
  const quantifier = parts?.[1];
  return {
    quantifier: quantifier === 'ForAllValues' || quantifier === 'ForAnyValue' ? quantifier : null,
    base: parts?.[2] ?? name,
    ifExists: parts?.[3] !== undefined,
  };
}
