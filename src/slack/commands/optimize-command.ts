import { CalendarDate, isPast } from '#domain/calendar-date.ts';
import { nearest } from '#domain/nearest.ts';
import {
  DEFAULT_SCENARIO,
  type OptimizationGoal,
  Scenario,
} from '#domain/optimization/scenario.ts';
import { AccountId } from '#domain/scope.ts';
import {
  GOAL_WORDS,
  KIND_WORDS,
  longest,
  type NamedProduct,
  type Phrase,
  phrase,
  productWords,
  type Said,
} from '#slack/commands/scope-words.ts';

/** What the words may name beside fixed ones. */
export interface ScopeNames {
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
  /** Ids of the products that policy describes. */
  readonly products: readonly string[];
}

/** What is wrong with a word or two, for whoever typed them. */
export type ScopeProblem =
  | { readonly code: 'unknown'; readonly words: string; readonly nearest: string | null }
  | { readonly code: 'two-goals' }
  | { readonly code: 'past'; readonly date: string }
  | { readonly code: 'bad-date'; readonly words: string }
  | { readonly code: 'unknown-product'; readonly words: string }
  | { readonly code: 'too-many'; readonly words: string };

/** The scenario that all of the words ask for; else what is wrong, and what the others mean. */
export type ParsedScope =
  | { readonly ok: true; readonly scenario: Scenario }
  | {
      readonly ok: false;
      readonly problems: readonly ScopeProblem[];
      /** What the words mean that are understood. */
      readonly understood: Scenario;
    };

/** What is collected while words are read. */
interface Reading {
  readonly goals: OptimizationGoal[];
  readonly scenario: {
    by: string | null;
    keepProduction: boolean;
    noDowntime: boolean;
    readonly accounts: string[];
    readonly without: Scenario['without'][number][];
    readonly buy: Scenario['buy'][number][];
    readonly leave: string[];
  };
  readonly problems: ScopeProblem[];
}

/** So many words are read; nobody types more. */
const MOST_WORDS = 300;
const FILLERS: ReadonlySet<string> = new Set([',', 'and', 'in', 'for', 'account', 'with']);

/** Read the words after `/license optimize`, in any order. Case, quotes and commas do not matter. */
export function parseScope(text: string, names: ScopeNames, now: Date): ParsedScope {
  const all = phrase(text.normalize('NFKC').replaceAll(',', ' , '));
  const words = all.slice(0, MOST_WORDS);
  const reading: Reading = {
    goals: [],
    scenario: {
      by: null,
      keepProduction: false,
      noDowntime: false,
      accounts: [],
      without: [],
      buy: [],
      leave: [],
    },
    problems: [],
  };
  const products = productWords(names.products);
  const accounts = accountWords(names);
  const unknown: string[] = [];
  for (let place = 0; place < words.length; ) {
    const length = read(words.slice(place), { reading, products, accounts, now });
    if (length === 0) unknown.push(words[place] ?? '');
    if (length > 0 || place + 1 === words.length) flush(unknown, reading.problems);
    place += Math.max(1, length);
  }
  flush(all.slice(MOST_WORDS), reading.problems);
  return parsed(reading);
}

/** `32 sql-server enterprise` on each line; `null` where one of them is nothing of the kind. */
export function parsePurchases(
  text: string,
  products: readonly string[],
): readonly Scenario['buy'][number][] | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const read = lines.map((line) =>
    parseScope(`buy ${line}`, { accounts: [], products }, new Date(0)),
  );
  const bought = read.map((one) => (one.ok && isPurchase(one.scenario) ? one.scenario.buy : null));
  return bought.includes(null) ? null : bought.flatMap((some) => some ?? []);
}

/** Whether nothing else was said with it. */
function isPurchase({ buy, ...rest }: Scenario): boolean {
  const { buy: none, ...others } = DEFAULT_SCENARIO;
  return buy.length > none.length && JSON.stringify(rest) === JSON.stringify(others);
}

/** Words beside each other that mean nothing are one problem. */
function flush(unknown: string[], problems: ScopeProblem[]): void {
  if (unknown.length === 0) return;
  const words = unknown.splice(0).join(' ');
  problems.push({ code: 'unknown', words, nearest: nearest(words, KEYWORDS) });
}

/** No names of accounts: not everybody may see all of them. */
const KEYWORDS = [
  ...GOAL_WORDS.map(([words]) => words.join(' ')),
  'without production',
  'no downtime',
  'what if we buy',
  'what if we leave',
];

function parsed({ goals, scenario, problems }: Reading): ParsedScope {
  const [goal, ...others] = new Set(goals);
  const all: ScopeProblem[] = [
    ...(others.length > 0 ? [{ code: 'two-goals' } as const] : []),
    ...problems,
  ];
  const understood = Scenario.parse({
    ...scenario,
    goal,
    accounts: unique(scenario.accounts),
    without: unique(scenario.without),
    leave: unique(scenario.leave),
  });
  return all.length === 0
    ? { ok: true, scenario: understood }
    : { ok: false, problems: all, understood };
}

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}

type Words<Value> = readonly (readonly [Phrase, Value])[];

interface Reader {
  readonly reading: Reading;
  readonly products: Words<NamedProduct>;
  readonly accounts: Words<string>;
  readonly now: Date;
}

/** How many of the words were understood from the first on; none: 0. */
function read(words: Phrase, reader: Reader): number {
  const { scenario, goals } = reader.reading;
  const fixed = longest(words, FIXED);
  if (fixed !== null) return fixed.length + fixed.value(words.slice(fixed.length), reader);
  const account = accountIn(words, reader.accounts);
  if (account !== null) {
    scenario.accounts.push(account.value);
    return account.length;
  }
  const goal = longest(words, GOAL_WORDS);
  if (goal === null) return FILLERS.has(words[0] ?? '') ? 1 : 0;
  goals.push(goal.value);
  return goal.length;
}

function accountWords({ accounts }: ScopeNames): Words<string> {
  return accounts.map(({ id, name }) => [phrase(name), id] as const);
}

function accountIn(words: Phrase, accounts: Words<string>): Said<string> | null {
  const id = AccountId.safeParse(words[0]);
  return id.success ? { value: id.data, length: 1 } : longest(words, accounts);
}

/** Takes what comes after the words of a rule, and says how many words that were. */
type Rule = (rest: Phrase, reader: Reader) => number;

const keepProduction: Rule = (_rest, { reading }) => {
  reading.scenario.keepProduction = true;
  return 0;
};

const noDowntime: Rule = (_rest, { reading }) => {
  reading.scenario.noDowntime = true;
  return 0;
};

const by: Rule = ([word = ''], { reading, now }) => {
  const date = CalendarDate.safeParse(word);
  if (!date.success) reading.problems.push({ code: 'bad-date', words: word });
  else if (isPast(date.data, now)) reading.problems.push({ code: 'past', date: date.data });
  else reading.scenario.by = date.data;
  return word === '' ? 0 : 1;
};

/** `32 sql-server enterprise and 8 windows-server`: each with `and` or a comma before it. */
const buy: Rule = (rest, reader) => {
  let length = bought(rest, reader);
  while (isJoint(rest[length]) && isNumber(rest[length + 1] ?? '')) {
    length += 1 + bought(rest.slice(length + 1), reader);
  }
  return length;
};

function isJoint(word: string | undefined): boolean {
  return word === ',' || word === 'and';
}

function isNumber(word: string): boolean {
  return /^\d+$/.test(word);
}

const BUY_MAXIMUM = 1_000_000;
/** Between the number and the product. */
const MORE: ReadonlySet<string> = new Set(['more', 'licenses', 'licences', 'of']);

function bought(words: Phrase, { reading, products }: Reader): number {
  const digits = words.findIndex((word) => !MORE.has(word));
  const number = words[digits] ?? '';
  const more = words.slice(digits + 1).findIndex((word) => !MORE.has(word));
  const start = isNumber(number) && more >= 0 ? digits + 1 + more : digits;
  const named = isNumber(number) ? longest(words.slice(start), products) : null;
  if (named === null) {
    reading.problems.push({ code: 'unknown-product', words: words.slice(0, 4).join(' ') });
    return Math.min(words.length, 4);
  }
  const edition = longest(words.slice(start + named.length), named.value.editions);
  const units = Number(number);
  const length = start + named.length + (edition?.length ?? 0);
  if (units < 1 || units > BUY_MAXIMUM) {
    reading.problems.push({ code: 'too-many', words: words.slice(0, length).join(' ') });
  } else {
    const { product } = named.value;
    reading.scenario.buy.push({ product, edition: edition?.value ?? null, units });
  }
  return length;
}

const leave: Rule = (rest, { reading, products }) => {
  const named = longest(rest, products);
  if (named === null) {
    reading.problems.push({ code: 'unknown-product', words: rest.slice(0, 2).join(' ') });
    return Math.min(rest.length, 2);
  }
  reading.scenario.leave.push(named.value.product);
  return named.length;
};

/** What stands alone after `without`: the kind is a part of the words that were matched. */
function without(kind: Scenario['without'][number]): Rule {
  return (_rest, { reading }) => {
    reading.scenario.without.push(kind);
    return 0;
  };
}

const FIXED: Words<Rule> = [
  ...rules(keepProduction, 'without production', 'not production', 'keep production'),
  ...rules(noDowntime, 'no downtime', 'without downtime'),
  ...rules(by, 'by', 'until'),
  ...rules(buy, 'what if we buy', 'what if we own', 'if we buy', 'buy'),
  ...rules(leave, 'what if we leave', 'what if we give up', 'if we leave', 'leave', 'give up'),
  ...KIND_WORDS.map(([words, kind]) => [['without', ...words], without(kind)] as const),
];

function rules(rule: Rule, ...texts: readonly string[]): Words<Rule> {
  return texts.map((text) => [phrase(text), rule] as const);
}
