import { afterEach, describe, expect, it, vi } from 'vitest';
import { slackPeople } from '#adapters/slack/slack-people.ts';
import { slackWeb } from '#adapters/slack/slack-web.ts';
import { NotFound, Unavailable } from '#src/errors.ts';
import { type Reply, slackServer } from './slack-server.ts';

type Server = Awaited<ReturnType<typeof slackServer>>;
const open: Server[] = [];

afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const GROUPS = {
  ok: true,
  usergroups: [
    { id: 'S0LICENSES', users: ['U0APPROVE1', 'U0APPROVE2'] },
    { id: 'S0OTHER001', users: ['U0ADMIN001'] },
    { id: 'S0EMPTY001' },
  ],
};

function user(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    id: 'U0APPROVE1',
    team_id: 'T0QUARTER1',
    name: 'approver',
    tz: 'Europe/Berlin',
    profile: { display_name: 'Ada' },
    ...changes,
  };
}

async function peopleOf(info: () => Reply, groups: () => Reply = () => ({ json: GROUPS })) {
  const server = await slackServer(({ path }) => (path.includes('users.info') ? info() : groups()));
  open.push(server);
  const web = slackWeb({ token: async () => 'xoxb-test', apiUrl: server.apiUrl });
  return { ...server, people: slackPeople(web, { teamId: 'T0QUARTER1' }) };
}

const known = (changes?: Readonly<Record<string, unknown>>) => (): Reply => ({
  json: { ok: true, user: user(changes) },
});

describe('who somebody is', () => {
  it('is what Slack says now, with their user groups', async () => {
    const { people } = await peopleOf(known());

    await expect(people.get('U0APPROVE1')).resolves.toEqual({
      id: 'U0APPROVE1',
      displayName: 'Ada',
      outsider: null,
      userGroups: ['S0LICENSES'],
      timeZone: 'Europe/Berlin',
    });
  });

  it.each([
    [{ deleted: true, is_restricted: true }, 'deactivated'],
    [{ is_bot: true }, 'bot'],
    [{ id: 'USLACKBOT' }, 'bot'],
    [{ is_stranger: true, team_id: 'T0OTHER001' }, 'stranger'],
    [{ team_id: 'T0OTHER001' }, 'other-team'],
    [{ is_restricted: true }, 'guest'],
    [{ is_ultra_restricted: true }, 'guest'],
    [{ is_admin: true, is_owner: true }, null],
  ])('with %o is an outsider: %s (T06)', async (changes, outsider) => {
    const { people } = await peopleOf(known(changes));

    expect((await people.get('U0APPROVE1')).outsider).toBe(outsider);
  });

  it('of the same name and e-mail in another workspace is somebody else (N21 T07)', async () => {
    const profile = { display_name: 'Ada', email: 'ada@example.com' };
    const twin = { id: 'U0OTHER001', team_id: 'T0OTHER001', profile };
    const { people } = await peopleOf(known(twin));

    const person = await people.get('U0OTHER001');

    expect(person).toMatchObject({ id: 'U0OTHER001', outsider: 'other-team', userGroups: [] });
    expect(JSON.stringify(person)).not.toContain('ada@');
  });

  it('is asked again after a minute, and not before (N14 T08)', async () => {
    vi.useFakeTimers({ now: 0, toFake: ['Date'] });
    let restricted = false;
    const { people } = await peopleOf(() => known({ is_restricted: restricted })());

    await people.get('U0APPROVE1');
    restricted = true;
    vi.setSystemTime(59_999);
    expect((await people.get('U0APPROVE1')).outsider).toBeNull();
    vi.setSystemTime(60_000);
    expect((await people.get('U0APPROVE1')).outsider).toBe('guest');
  });

  it.each<[string, () => Reply, (() => Reply) | undefined]>([
    ['Slack fails', () => ({ status: 500 }), undefined],
    ['Slack limits the rate', () => ({ status: 429, headers: { 'retry-after': '1' } }), undefined],
    ['Slack answers no user', () => ({ json: { ok: true } }), undefined],
    ['the token lacks a scope', () => ({ json: { ok: false, error: 'missing_scope' } }), undefined],
    ['groups are not to be had', known(), () => ({ json: { ok: false, error: 'missing_scope' } })],
    ['groups cannot be read', known(), () => ({ json: { ok: true, usergroups: 'none' } })],
  ])('is unknown, not guessed, when %s (T08)', async (_why, info, groups) => {
    const { people } = await peopleOf(info, groups);

    await expect(people.get('U0APPROVE1')).rejects.toThrow(Unavailable);
  });

  it('is nobody when Slack knows nobody, and a failure is not remembered', async () => {
    let answer: Reply = { json: { ok: false, error: 'user_not_found' } };
    const { people } = await peopleOf(() => answer);

    await expect(people.get('U0APPROVE1')).rejects.toThrow(NotFound);
    answer = known()();
    await expect(people.get('U0APPROVE1')).resolves.toMatchObject({ id: 'U0APPROVE1' });
  });
});

describe('who is in a user group', () => {
  it('is what Slack says now, of the groups asked for', async () => {
    const { people } = await peopleOf(known());

    expect(await people.members(['S0LICENSES', 'S0EMPTY001', 'S0GONE0001'])).toEqual(
      new Map([
        ['S0LICENSES', ['U0APPROVE1', 'U0APPROVE2']],
        ['S0EMPTY001', []],
      ]),
    );
  });

  it('is not asked where no group is named, and not known while Slack does not answer', async () => {
    const { people } = await peopleOf(known(), () => ({ status: 500 }));

    expect(await people.members([])).toEqual(new Map());
    await expect(people.members(['S0LICENSES'])).rejects.toBeInstanceOf(Unavailable);
  });
});
