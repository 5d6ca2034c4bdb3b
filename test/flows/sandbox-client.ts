import * as z from 'zod';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/sandbox.ts';
import { type LaunchRequest, type Message, State, type View } from './sandbox-state.ts';

const Option = z.looseObject({ text: z.object({ text: z.string() }), value: z.string() });
type Option = z.output<typeof Option>;

const Answer = z.discriminatedUnion('ok', [
  z.looseObject({
    ok: z.literal(true),
    state: State,
    options: z.array(Option).optional(),
    output: z.unknown().optional(),
    result: z.unknown().optional(),
  }),
  z.object({ ok: z.literal(false), error: z.string() }),
]);
type Answered = Extract<z.output<typeof Answer>, { ok: true }>;

const Calls = z.object({
  calls: z.array(
    z.object({
      service: z.string(),
      operation: z.string(),
      account: z.string(),
      region: z.string(),
      input: z.unknown(),
      status: z.number(),
    }),
  ),
});

export interface Fault {
  readonly service: string;
  readonly operation: string;
  readonly effect: 'error' | 'throttle' | 'lose_request' | 'lose_response' | 'delay';
  readonly nth?: number;
  readonly code?: string;
  readonly ms?: number;
}

/** What somebody writes into the request form; what is left out takes the first option, or stays empty. */
export interface FormAnswers {
  /** Selects: the first option whose label contains this. */
  readonly account?: string;
  readonly region?: string;
  readonly pool?: string;
  readonly launch_template?: string;
  readonly instance_type?: string;
  readonly count?: string;
  readonly cores?: string;
  readonly threads?: string;
  readonly for?: string;
  readonly reason?: string;
}

type Values = Record<string, Record<string, unknown>>;
type Place = { readonly account?: string; readonly region?: string; readonly principal?: string };

const SELECTS = ['account', 'region', 'pool', 'launch_template', 'instance_type'] as const;

/** A running sandbox and its people, driven over the control API only. */
export class SandboxClient {
  readonly #url: string;

  constructor(url: string) {
    this.#url = `${url}/sandbox/`;
  }

  async state(): Promise<State> {
    return State.parse(await (await fetch(`${this.#url}state`)).json());
  }

  /** Calls of one service, oldest first. */
  async calls(service: string): Promise<z.output<typeof Calls>['calls']> {
    return Calls.parse(await (await fetch(`${this.#url}calls?service=${service}`)).json()).calls;
  }

  /** @throws Error with the sandbox's own words when it answers `ok: false` */
  async post(name: string, body: unknown): Promise<Answered> {
    const response = await fetch(`${this.#url}${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = Answer.parse(await response.json());
    if (answer.ok) return answer;
    throw new Error(`${name}: ${answer.error}`);
  }

  async command(user: string, text: string, channel = 'licenses'): Promise<State> {
    return (await this.post('command', { user, channel, text })).state;
  }

  async click(user: string, action_id: string, { ts }: Message, channel: string): Promise<State> {
    return (await this.post('action', { user, action_id, channel, message_ts: ts })).state;
  }

  async advance(duration: string): Promise<State> {
    return (await this.post('clock', { advance: duration })).state;
  }

  /** A call that somebody else makes. Answers its output. */
  async aws(service: string, operation: string, input: object, place: Place = {}) {
    return (await this.post('aws', { service, operation, input, ...place })).output;
  }

  async invoke(name: string, event: unknown = {}): Promise<State> {
    return (await this.post('invoke', { function: name, event })).state;
  }

  /** Replaces all faults; none clears them. */
  async faults(...faults: readonly Fault[]): Promise<void> {
    await this.post('faults', faults);
  }

  async home(user: string): Promise<View | undefined> {
    return (await this.post('home', { user })).state.home[user];
  }

  async reset(seed?: string): Promise<void> {
    await this.post('reset', seed === undefined ? {} : { seed });
  }

  /** Opens the request form, fills it in, and sends it off. */
  async request(user: string, answers: FormAnswers = {}): Promise<Submitted> {
    const before = new Set((await this.state()).requests.map(({ id }) => id));
    const view = viewOf(await this.command(user, '/license request'), user);
    const values = await this.fill(user, view, answers);
    const { state } = await this.post('submit', { user, view_id: view.id, values });
    const request = state.requests.find(({ id }) => !before.has(id)) ?? null;
    return { state, request, form: state.views[user] ?? null };
  }

  /** The form's values; selects are asked for their options, each with what is chosen above it. */
  async fill(user: string, { id: view_id }: View, answers: FormAnswers): Promise<Values> {
    const values: Values = {};
    for (const field of SELECTS) {
      const wanted = answers[field] ?? (field === 'pool' ? 'SQL' : '');
      const selected = await this.firstOption(user, view_id, field, wanted);
      await this.post('action', { user, view_id, action_id: field, selected });
      values[field] = { [field]: { type: 'external_select', selected_option: selected } };
    }
    return { ...values, ...typedValues(answers) };
  }

  async firstOption(user: string, view_id: string, action_id: string, value: string) {
    const { options = [] } = await this.post('options', { user, view_id, action_id, value });
    const [first] = options;
    if (first === undefined) throw new Error(`Nothing is offered for ${action_id} "${value}"`);
    return first satisfies Option;
  }

  /** Clicks Deny on a card and gives a reason. */
  async deny(user: string, card: Message, reason: string, channel = 'license-approvals') {
    const { id } = viewOf(await this.click(user, 'deny', card, channel), user);
    const values = { reason: { reason: { type: 'plain_text_input', value: reason } } };
    return (await this.post('submit', { user, view_id: id, values })).state;
  }
}

function typedValues({ for: person, reason = 'Quarter end reporting', ...answers }: FormAnswers) {
  const values: Values = { reason: { reason: { type: 'plain_text_input', value: reason } } };
  const numbers = { count: answers.count ?? '1', cores: answers.cores, threads: answers.threads };
  for (const [field, value] of Object.entries(numbers)) {
    if (value !== undefined) values[field] = { [field]: { type: 'number_input', value } };
  }
  if (person !== undefined) {
    values['for'] = { for: { type: 'users_select', selected_user: person } };
  }
  return values;
}

export interface Submitted {
  readonly state: State;
  /** The request that came of it, if one did. */
  readonly request: LaunchRequest | null;
  /** The form, when it stayed open. */
  readonly form: View | null;
}

/** A sandbox and who drives it. */
export interface Flow {
  readonly client: SandboxClient;
  readonly sandbox: Sandbox;
}

/** Starts a sandbox of its own on free ports. */
export async function openSandbox(options: SandboxOptions = {}): Promise<Flow> {
  const sandbox = await startSandbox(options);
  return { client: new SandboxClient(sandbox.url), sandbox };
}

function viewOf({ views }: State, user: string): View {
  const view = views[user];
  if (view === undefined) throw new Error(`No view is open for ${user}`);
  return view;
}
