import { describe, expect, it } from 'vitest';
import { formatDate } from '../../../sandbox/page/model/dates.ts';

const NOW = new Date(2026, 10, 22, 12, 0);

describe('formatDate', () => {
  it.each([
    ['{date_short_pretty} {time}', new Date(2026, 10, 22, 9, 30), /^Today 9:30/],
    ['{date_short_pretty}', new Date(2026, 10, 21, 23, 0), /^Yesterday$/],
    ['by {date_pretty}', new Date(2026, 10, 23, 1, 0), /^by tomorrow$/],
    ['{date_short}', new Date(2026, 8, 1), /Sep.*1.*2026/],
    ['{ago}', new Date(2026, 10, 22, 9, 0), /^3 hours ago$/],
    ['{no_such_token}', NOW, /^\{no_such_token\}$/],
  ])('%s', (format, date, expected) => {
    expect(formatDate(format, date, NOW)).toMatch(expected);
  });
});
