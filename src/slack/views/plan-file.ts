import type { PlanFile } from '#ports/optimization-answers.ts';
import { type Message, message } from '#slack/views/message.ts';
import { bold, code, lines, spoken } from '#slack/views/rich-text.ts';

/** Stands above the file of a plan, which is in its thread. */
export function planFileMessage({ name, title }: PlanFile): Message {
  const line = [
    bold(title),
    '. The file ',
    code(name),
    ' in the thread has its steps in order, with what they wait for, the commands, and how to undo them. Nothing is done by it.',
  ];
  return message(spoken(line), [lines(line)]);
}

/** To who asks for a plan that is not there. */
export function noPlanFileMessage(): Message {
  const line = [
    'There is no plan to export: the answer is no longer there, or it recommends nothing. Please ask again: ',
    code('/license optimize'),
    '.',
  ];
  return message(spoken(line), [lines(line)]);
}
