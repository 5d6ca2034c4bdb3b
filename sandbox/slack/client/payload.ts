import type { JsonObject } from '../json.ts';
import { APP, type SlackUser, TEAM } from '../workspace.ts';

/** What every interaction payload has in common. */
export function payloadOf(user: SlackUser): JsonObject {
  return {
    user: { id: user.id, username: user.key, name: user.key, team_id: user.teamId },
    team: { id: TEAM.id, domain: TEAM.domain },
    api_app_id: APP.id,
    token: APP.verificationToken,
    enterprise: null,
    is_enterprise_install: false,
  };
}
