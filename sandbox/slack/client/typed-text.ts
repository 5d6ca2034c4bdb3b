import { APP, CHANNELS, PEOPLE } from '../workspace.ts';

interface Name {
  readonly sigil: '@' | '#';
  readonly id: string;
  readonly name: string;
}

const NAMES: readonly Name[] = [
  ...PEOPLE.map(({ id, key }): Name => ({ sigil: '@', id, name: key })),
  { sigil: '@', id: APP.userId, name: APP.userName },
  ...CHANNELS.map(({ id, name }): Name => ({ sigil: '#', id, name })),
];

/** Message text as Slack stores it: `&`, `<` and `>` escaped, names of people and channels made mentions. */
export function messageText(typed: string): string {
  const safe = typed
    .split(/(<[@#][A-Z0-9]+(?:\|[^>]*)?>)/)
    .map((part, index) => (index % 2 === 1 ? part : escaped(part)))
    .join('');
  return linked(safe, ({ sigil, id }) => `<${sigil}${id}>`);
}

/** Slash command text with `should_escape`: names become `<@U…|name>` and `<#C…|name>`; the rest stays as typed. */
export function commandText(typed: string): string {
  return linked(typed, ({ sigil, id, name }) => `<${sigil}${id}|${name}>`);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function linked(text: string, link: (name: Name) => string): string {
  return text.replace(/(^|[^\w<])([@#][\w-]+)/g, (whole, before: string, word: string) => {
    const found = NAMES.find(({ sigil, name }) => `${sigil}${name}` === word.toLowerCase());
    return found === undefined ? whole : `${before}${link(found)}`;
  });
}
