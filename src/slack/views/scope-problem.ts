import { DEFAULT_SCENARIO } from '#domain/optimization/scenario.ts';
import type { ParsedScope, ScopeNames, ScopeProblem } from '#slack/commands/optimize-command.ts';
import { LIMITS } from '#slack/views/limits.ts';
import { type Message, message } from '#slack/views/message.ts';
import { bullets, code, type Line, lines, spoken } from '#slack/views/rich-text.ts';
import { scenarioText } from '#slack/views/scenario-words.ts';
import { joined, nameText } from '#slack/views/text.ts';

/** What is wrong with the words of a question, what was understood, and what can be said. */
export function scopeProblemMessage(
  { problems, understood }: Extract<ParsedScope, { readonly ok: false }>,
  { accounts }: ScopeNames,
): Message {
  const wrong = problems.slice(0, LIMITS.cardListItems).map(problemLine);
  const none: Line = ['Nothing was asked.'];
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  const rest: Line[] =
    JSON.stringify(understood) === JSON.stringify(DEFAULT_SCENARIO)
      ? []
      : [[`Understood: ${scenarioText(understood, names)}.`]];
  return message(joined([...wrong, none].map(spoken), ' '), [
    lines(...wrong, none, ...rest),
    ...bullets('What I understand, in any order', WORDS.map(wordLine)),
  ]);
}

function problemLine(problem: ScopeProblem): Line {
  switch (problem.code) {
    case 'unknown': {
      const meant: Line =
        problem.nearest === null ? [] : [' Did you mean ', code(problem.nearest), '?'];
      return ['I do not understand ', code(nameText(problem.words, 80)), '.', ...meant];
    }
    case 'two-goals':
      return ['That names two goals; please name one. An answer has buttons to compare goals.'];
    case 'past':
      return ['The day ', code(problem.date), ' is over. Please name a later one.'];
    case 'bad-date':
      return [
        'After ',
        code('by'),
        ' comes a day such as ',
        code('2027-03-31'),
        given(problem.words),
      ];
    case 'unknown-product':
      return [
        'I know no product in ',
        code(nameText(problem.words, 80)),
        '. Please write such as ',
        code('what if we buy 32 sql-server enterprise'),
        '.',
      ];
    case 'too-many':
      return ['Please name from 1 to 1,000,000 licenses: ', code(nameText(problem.words, 80)), '.'];
  }
}

function given(words: string): string {
  return words === '' ? '.' : `, not ${nameText(words, 40)}.`;
}

const WORDS = [
  ['cost, licenses, least change, own only', 'the goal'],
  ['erp-production or 222233334444', 'an account, by its name or id; several are fine'],
  ['without production', 'machines of production stay as they are'],
  ['no downtime', 'nothing stands still'],
  ['by 2027-03-31', 'done by that day'],
  ['without rightsize', 'a kind of change is left out'],
  ['what if we buy 32 sql-server enterprise', 'as if so many more were owned'],
  ['what if we leave windows', 'as if nothing of it were licensed any more'],
] as const;

function wordLine([words, means]: (typeof WORDS)[number]): Line {
  return [code(words), `: ${means}`];
}
