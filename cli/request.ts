import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { RequestView } from '#api/request-view.ts';
import { CommandOutcome } from '#domain/requests/command-outcome.ts';
import { type ApiClient, apiClient, poll } from './api-client.ts';
import { KeyOption, UrlOption } from './api-options.ts';
import { command } from './command.ts';
import { outcomeText } from './outcome-text.ts';
import { requestText } from './request-text.ts';

/** What `request --json` prints, unless it is stopped. */
export const RequestResult = z.object({
  /** False: it is refused, denied, cancelled, expired or failed. */
  ok: z.boolean(),
  id: z.string(),
  command: CommandOutcome,
  /** `null`: it was refused when it was submitted, or is still queued. */
  request: RequestView.nullable(),
});

const count = (message: string) =>
  z
    .string()
    .regex(/^[1-9]\d{0,4}$/, message)
    .transform(Number)
    .optional();
const text = z.string().optional();

export const request = command({
  name: 'request',
  usage:
    '--account A --region R --pool P (--template T --type T | --start I | --resize I --type T | --scale G) --reason TEXT [--count N] [--cores N] [--threads N] [--host H] [--other-pools P,P] [--license-included] [--until INSTANT] [--for USER] [--retry-of ID] [--wait] [--key KEY] [--url URL]',
  summary:
    'Asks for a launch, a start, a resize or a group’s growth; accounts, pools, templates by name or id',
  operands: [],
  flags: [
    ...['account', 'region', 'pool', 'template', 'start', 'resize', 'scale', 'type', 'host'],
    ...[
      'count',
      'cores',
      'threads',
      'until',
      'for',
      'reason',
      'retry-of',
      'other-pools',
      'key',
      'url',
    ],
  ],
  switches: ['wait', 'license-included'],
  input: z.object({
    '--account': z.string('Write the name or the id of an account'),
    '--region': z.string('Write a Region, such as us-east-1'),
    '--pool': z.string('Write the name or the id of a license pool'),
    '--template': text,
    '--start': text,
    '--resize': text,
    '--scale': text,
    '--type': text,
    '--host': text,
    '--other-pools': text.transform((names) => names?.split(',')),
    '--license-included': z.boolean().default(false),
    '--count': count('Write a whole number from 1 to 100'),
    '--cores': count('Write a whole number from 1'),
    '--threads': count('Write 1 or 2'),
    '--until': text,
    '--for': text,
    '--reason': z.string('Say what it is for'),
    '--retry-of': text,
    '--key': KeyOption,
    '--url': UrlOption,
    '--wait': z.boolean().default(false),
  }),
  async run({ '--key': key, '--url': url, '--wait': wait, ...fields }) {
    const api = apiClient(url);
    const body = Object.fromEntries(
      Object.entries(fields).map(([flag, value]) => [fieldOf(flag), value]),
    );
    const { id, command: sent } = await api.submit(body, key ?? randomUUID());
    const { outcome, view } = await followed(api, id, sent, wait);
    const ok = outcome.outcome !== 'refused' && (view === null || !isOver(view));
    return {
      exitCode: ok ? 0 : 1,
      document: z.encode(RequestResult, { ok, id, command: outcome, request: view }),
      text: [
        `${id}: ${outcomeText('submit', outcome)}`,
        ...(view === null ? [] : [requestText(view)]),
      ].join('\n'),
    };
  },
});

/** `--retry-of` as the body names it: `retryOf`. */
function fieldOf(flag: string): string {
  return flag.slice(2).replaceAll(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}

const SUBMIT_MS = 15_000;

/** Until it is there or refused; with `wait` until it is decided, however long that takes. */
async function followed(api: ApiClient, id: string, sent: string, wait: boolean) {
  const ask = async () => {
    const answer = await api.show(id, sent);
    const outcome = answer?.command ?? { key: sent, outcome: 'pending' as const, why: null };
    return { outcome, view: answer?.request ?? null };
  };
  const isThere = ({ outcome }: Awaited<ReturnType<typeof ask>>) => outcome.outcome !== 'pending';
  const first = await poll(ask, isThere, SUBMIT_MS);
  if (!wait || first.outcome.outcome === 'refused') return first;
  return poll(ask, ({ view }) => view !== null && view.status !== 'pending', Infinity);
}

const OVER: ReadonlySet<RequestView['status']> = new Set([
  'denied',
  'cancelled',
  'expired',
  'failed',
]);

/** Over without what was asked for. */
export function isOver({ status }: RequestView): boolean {
  return OVER.has(status);
}
