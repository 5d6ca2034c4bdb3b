import { ASSISTANT } from './assistant.ts';
import { BLOCKS_METHODS } from './blocks.ts';
import { CHAT } from './chat.ts';
import { CONVERSATIONS } from './conversations.ts';
import { FILES } from './files.ts';
import type { Method } from './method.ts';
import { PEOPLE_METHODS } from './people.ts';
import { VIEWS } from './views.ts';

/** Every Web API method that is simulated; coverage.ts says why the others are not. */
export const METHODS: Readonly<Record<string, Method>> = {
  ...ASSISTANT,
  ...BLOCKS_METHODS,
  ...CHAT,
  ...CONVERSATIONS,
  ...FILES,
  ...PEOPLE_METHODS,
  ...VIEWS,
};
