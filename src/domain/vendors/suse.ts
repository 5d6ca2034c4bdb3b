import type { RequirementRule, TermsRule } from '#domain/licenses/requirement.ts';
import { linuxRequirement } from '#domain/vendors/linux-subscriptions.ts';

const SOURCE =
  'SUSE subscription terms as commonly reported; no text of the vendor was at hand to verify them';

export const MACHINES: TermsRule = {
  id: 'suse/linux-enterprise/two-machines',
  text: 'One subscription covers one or two virtual machines; an unlimited one covers any number on a pair of sockets.',
  source: SOURCE,
  asOf: '2026-11-22',
  confidence: 'contested',
};

export const SERVERS: TermsRule = {
  id: 'suse/linux-enterprise/socket-pair',
  text: 'One subscription covers one or two sockets of a physical server.',
  source: SOURCE,
  asOf: '2026-11-22',
  confidence: 'contested',
};

export const SOCKETS: TermsRule = {
  id: 'suse/linux-enterprise/sockets',
  text: 'Licenses by the socket count the sockets of the host, whatever runs on it.',
  source: SOURCE,
  asOf: '2026-11-22',
  confidence: 'contested',
};

/** SUSE Linux Enterprise Server that AWS does not bill. */
export const suseRequirement: RequirementRule = linuxRequirement({
  machine: MACHINES,
  server: SERVERS,
  other: {
    metric: 'socket',
    rule: SOCKETS,
    units: ({ first }) => first.first.on.compute.host?.sockets,
  },
});
