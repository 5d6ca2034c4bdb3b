import { describe, expect, it } from 'vitest';
import { requestCard } from '#slack/views/request-card.ts';
import { NO_FIELDS, requestFormView } from '#slack/views/request-form.ts';
import { aPlan } from '../builders.ts';
import { aRequest } from './builders.ts';

describe('the end of a launch', () => {
  it('is the end of a day in UTC, as the form says', () => {
    const { blocks } = requestFormView(NO_FIELDS, { metadata: '', viewKey: null });

    expect(blocks.find(({ block_id }) => block_id === 'until')).toMatchObject({
      hint: { text: expect.stringContaining('when this day ends in UTC') },
    });
  });

  it('is shown on the card at the reader’s own date and time', () => {
    const until = new Date('2027-01-01T00:00:00Z');
    const request = aRequest({ plan: aPlan({ until }) });

    const card = requestCard({ request, ledgers: [], audience: 'requester', mayOverride: false });

    expect(JSON.stringify(card.blocks)).toContain(
      JSON.stringify({
        type: 'date',
        timestamp: until.getTime() / 1000,
        format: '{date_short_pretty} {time}',
        fallback: '2027-01-01 00:00 UTC',
      }),
    );
  });
});
