import { z } from 'zod';
import type { Problem } from '../block-kit/problem.ts';
import { blockProblems, viewProblems } from '../block-kit/validate.ts';
import { isObject } from '../json.ts';
import { SlackError } from '../slack-error.ts';
import { json, method } from './method.ts';

const Subject = json(z.unknown()).optional();

const validate = method(
  'special',
  z.object({ blocks: Subject, message: Subject, view: Subject }),
  ({ blocks, message, view }) => {
    if ([blocks, message, view].filter((subject) => subject !== undefined).length !== 1) {
      const wording = 'must provide exactly one of `blocks`, `message` and `view`';
      throw new SlackError('invalid_arguments', [{ pointer: '', message: wording }]);
    }
    if (blocks !== undefined) refuse('invalid_blocks', blockProblems(blocks, 'message', ''));
    if (message !== undefined) {
      const inMessage = isObject(message) ? message['blocks'] : message;
      refuse('invalid_message', blockProblems(inMessage, 'message'));
    }
    if (view !== undefined) {
      const home = isObject(view) && view['type'] === 'home';
      refuse('invalid_view', viewProblems(view, home ? 'home' : 'modal', ''));
    }
    return {};
  },
);

function refuse(code: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new SlackError(code, problems);
}

export const BLOCKS_METHODS = { 'blocks.validate': validate };
