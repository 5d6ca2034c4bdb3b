import type { FormPurpose } from '#domain/jobs/form-purpose.ts';
import { UsageSort, type UsageView, WHOLE_VIEW } from '#domain/licenses/usage-view.ts';
import { nearest } from '#domain/nearest.ts';
import { SUBCOMMANDS } from '#slack/views/help.ts';

/** What the request form starts with, as far as the command said. */
export interface LaunchPrefill {
  readonly instanceType: string | null;
  readonly count: number | null;
  /** Part of a pool's name. */
  readonly pool: string | null;
}

/** For where nothing was typed. */
export const NO_PREFILL: LaunchPrefill = { instanceType: null, count: null, pool: null };

/** What somebody typed after `/license`. */
export type LicenseCommand =
  | { readonly verb: 'help' }
  | { readonly verb: 'usage'; readonly query: string | null; readonly view: UsageView }
  | { readonly verb: 'who'; readonly query: string | null; readonly view: UsageView }
  | { readonly verb: 'request'; readonly prefill: LaunchPrefill }
  /** `null`: it does not say of which request. */
  | { readonly verb: 'form'; readonly purpose: FormPurpose | null }
  | { readonly verb: 'requests' }
  /** What comes after it, as it was typed. */
  | { readonly verb: 'optimize'; readonly scope: string }
  | { readonly verb: 'import' }
  | { readonly verb: 'history'; readonly requestId: string | null }
  | { readonly verb: 'unknown'; readonly word: string; readonly nearest: string | null };

const VERBS = [...new Set(SUBCOMMANDS.map(({ verb }) => verb))];
const QUOTES = /["'`“”„‘’«»]/gu;
const INSTANCE = /^i-[0-9a-f]{8,17}$/;
const INSTANCE_TYPE = /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/;
const COUNT = /^(?:[x×](\d{1,4})|(\d{1,4})[x×])$/u;
const REQUEST_ID = /^(?:req-)?([0-9a-z]{10})$/;

/** Read a command. Case, quotes and further spaces do not matter. */
export function parseLicenseCommand(text: string): LicenseCommand {
  const words = text.normalize('NFKC').replaceAll(QUOTES, ' ').trim().split(/\s+/u);
  const [first = '', ...rest] = words;
  const word = first.toLowerCase();
  switch (word) {
    case '':
    case 'help':
      return { verb: 'help' };
    case 'usage':
    case 'who':
      return { verb: word, ...parseView(rest) };
    case 'request':
      return parseRequest(rest);
    case 'requests':
    case 'import':
      return { verb: word };
    case 'optimize':
      return { verb: 'optimize', scope: rest.join(' ') };
    case 'history':
      return { verb: 'history', requestId: requestId(rest) };
    default:
      return { verb: 'unknown', word: first, nearest: nearest(word, VERBS) };
  }
}

const MAX_QUERY = 200;
/** Auto Scaling's own. */
const MAX_GROUP_NAME = 255;

/** `sql standard account:erp tag:Application=crm sort:name`: filters may stand anywhere, the rest is the name. */
function parseView(words: readonly string[]): { query: string | null; view: UsageView } {
  let view = WHOLE_VIEW;
  const name: string[] = [];
  for (const word of words) {
    const filter = filterOf(word);
    if (filter === null) name.push(word);
    else view = { ...view, ...filter };
  }
  return { query: name.join(' ').slice(0, MAX_QUERY) || null, view };
}

const FILTER = /^(account|owner|tag|sort):(.{1,256})$/isu;
const TAG = /^([^=]{1,128})=(.{1,256})$/su;

function filterOf(word: string): Partial<UsageView> | null {
  const [, name = '', value = ''] = FILTER.exec(word) ?? [];
  switch (name.toLowerCase()) {
    case 'account':
      return { account: value };
    case 'owner':
      return { tag: { key: null, value } };
    case 'tag': {
      const [, key, tagValue] = TAG.exec(value) ?? [];
      return key === undefined || tagValue === undefined ? null : { tag: { key, value: tagValue } };
    }
    case 'sort': {
      const sort = UsageSort.safeParse(value.toLowerCase());
      return sort.success ? { sort: sort.data } : null;
    }
    default:
      return null;
  }
}

/** `start <instance>`, `resize <instance> [type]`, `scale <group> [x<count>]`, `again <request>`, or what the form starts with. */
function parseRequest(words: readonly string[]): LicenseCommand {
  const [first = '', ...rest] = words;
  const kind = first.toLowerCase();
  switch (kind) {
    case 'start':
    case 'resize': {
      const named = rest.map((word) => word.toLowerCase().slice(0, MAX_QUERY));
      const instanceType = named.find((word) => INSTANCE_TYPE.test(word)) ?? null;
      const others = named.filter((word) => word !== instanceType);
      // What is no id is said to be unknown in the form.
      const instanceId = others.find((word) => INSTANCE.test(word)) ?? others[0] ?? null;
      return { verb: 'form', purpose: { kind, instanceId, instanceType } };
    }
    case 'scale': {
      const count = countIn(rest);
      const name = rest.filter((word) => !COUNT.test(word.toLowerCase())).join(' ');
      const autoScalingGroupName = name.slice(0, MAX_GROUP_NAME) || null;
      return { verb: 'form', purpose: { kind, autoScalingGroupName, count } };
    }
    case 'again': {
      const id = requestId(rest);
      return {
        verb: 'form',
        purpose: id === null ? null : { kind, requestId: id, alternative: null },
      };
    }
    default:
      return { verb: 'request', prefill: parsePrefill(words) };
  }
}

/** `<type> x<count> <pool>`, in any order and each optional: what is neither type nor count names the pool. */
function parsePrefill(words: readonly string[]): LaunchPrefill {
  const instanceType = words.find((word) => INSTANCE_TYPE.test(word.toLowerCase()));
  const count = words.find((word) => COUNT.test(word.toLowerCase()));
  const pool = words.filter((word) => word !== instanceType && word !== count).join(' ');
  return {
    instanceType: instanceType?.toLowerCase() ?? null,
    count: countIn(words),
    pool: pool.slice(0, MAX_QUERY) || null,
  };
}

function countIn(words: readonly string[]): number | null {
  const count = words.find((word) => COUNT.test(word.toLowerCase()));
  return count === undefined ? null : Math.max(1, Number(count.replaceAll(/\D/g, '')));
}

function requestId(words: readonly string[]): string | null {
  const [, digits] = REQUEST_ID.exec(words.join('').toLowerCase()) ?? [];
  return digits === undefined ? null : `req-${digits}`;
}
