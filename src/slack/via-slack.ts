/** How everything that Slack delivers comes in: no AWS principal vouches for it. */
export const VIA_SLACK = { route: 'slack', principal: null } as const;
