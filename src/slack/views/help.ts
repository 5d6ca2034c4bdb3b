import type { Message } from '#slack/views/message.ts';
import { message } from '#slack/views/message.ts';
import { bold, bullets, code, type Line, lines } from '#slack/views/rich-text.ts';
import { mrkdwn } from '#slack/views/text.ts';

/** What `/license` understands, with what it does: the first words are what people type. */
export const SUBCOMMANDS = [
  { verb: 'usage', form: 'usage', does: 'how many licenses every pool has left' },
  {
    verb: 'usage',
    form: 'usage <name>',
    does: 'one pool: what is left, what is held, who uses it',
  },
  {
    verb: 'usage',
    form: 'usage account:<name> tag:<key>=<value> sort:name',
    does: 'only an account, only what carries a tag (owner:<value> for its owner), in another order',
  },
  { verb: 'who', form: 'who <name>', does: 'every resource that uses a pool, with its owner' },
  { verb: 'request', form: 'request', does: 'ask for a launch that needs licenses' },
  {
    verb: 'request',
    form: 'request <type> x<count> <pool>',
    does: 'the same, with the form filled in',
  },
  {
    verb: 'request',
    form: 'request start <instance>',
    does: 'ask to start a stopped instance that needs licenses',
  },
  {
    verb: 'request',
    form: 'request resize <instance> <type>',
    does: 'ask for another instance type or other CPU options',
  },
  {
    verb: 'request',
    form: 'request scale <group> x<count>',
    does: 'ask for more instances in an Auto Scaling group',
  },
  {
    verb: 'request',
    form: 'request again <request>',
    does: 'the form of a request that ended, filled in as it was',
  },
  {
    verb: 'requests',
    form: 'requests',
    does: 'what waits for your decision, and where your own requests stand',
  },
  { verb: 'history', form: 'history <request>', does: 'everything that happened to a request' },
  {
    verb: 'optimize',
    form: 'optimize',
    does: 'the cheapest way to run what runs that keeps to the terms, with proof',
  },
  {
    verb: 'optimize',
    form: 'optimize <goal> <account> by <date> without production',
    does: 'the same for a goal (cost, licenses, least change, own only), some accounts, with limits, or what if we buy 32 sql-server enterprise',
  },
  {
    verb: 'import',
    form: 'import',
    does: 'what the company owns, from a CSV file; for administrators',
  },
  { verb: 'help', form: 'help', does: 'this list' },
] as const;

/** What `/license` alone and `/license help` answer. */
export function helpMessage(): Message {
  return message(
    mrkdwn`I answer how many licenses are left, take launch requests and find savings. Try /license usage or /license request.`,
    [
      lines([bold('I look after software licenses on AWS.')]),
      ...bullets(
        'What you can type',
        SUBCOMMANDS.map(({ form, does }): Line => [code(`/license ${form}`), `: ${does}`]),
      ),
      lines([
        'For example ',
        code('/license usage SQL Server Standard'),
        ' or ',
        code('/license request r6i.2xlarge x2 SQL Server Standard'),
        '.',
      ]),
    ],
  );
}

/** What an unknown subcommand answers: what was not understood, the nearest one, an example. */
export function unknownCommandMessage(verb: string, nearest: string | null): Message {
  const example = EXAMPLES[nearest ?? 'help'] ?? EXAMPLES['help'];
  const suggestion = nearest === null ? 'This lists what I know: ' : 'Did you mean this? ';
  return message(
    mrkdwn`I do not know /license ${verb.slice(0, 40)}. ${suggestion}/license ${example ?? 'help'}`,
    [
      lines(
        ['I do not know ', code(`/license ${verb.slice(0, 40)}`), '.'],
        [suggestion, code(`/license ${example ?? 'help'}`)],
      ),
    ],
  );
}

const EXAMPLES: Readonly<Record<string, string>> = {
  usage: 'usage SQL Server Standard',
  who: 'who SQL Server Standard',
  request: 'request r6i.2xlarge x2 SQL Server Standard',
  requests: 'requests',
  history: 'history req-4f9k2m81ab',
  optimize: 'optimize licenses no downtime',
  import: 'import',
  help: 'help',
};

/** What `/license who` without a name answers. */
export function missingNameMessage(): Message {
  return message(
    mrkdwn`Please name a pool, for example /license who SQL Server Standard. /license usage lists all pools.`,
    [
      lines(
        ['Please name a pool, for example ', code('/license who SQL Server Standard')],
        [code('/license usage'), ' lists all pools.'],
      ),
    ],
  );
}

/** What `/license history` or `/license request again` without a request's id answers. */
export function missingRequestMessage(command: 'history' | 'request again'): Message {
  const example = `/license ${command} req-4f9k2m81ab`;
  return message(
    mrkdwn`Please name a request by its id, for example ${example}. /license requests lists yours.`,
    [
      lines(
        ['Please name a request by its id, for example ', code(example)],
        [code('/license requests'), ' lists yours.'],
      ),
    ],
  );
}
