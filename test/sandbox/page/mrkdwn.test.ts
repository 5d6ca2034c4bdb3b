import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMrkdwn } from '../../../sandbox/page/model/mrkdwn.ts';
import { plainWords } from '../../../sandbox/page/model/plain-words.ts';

const NOW = new Date('2026-11-22T12:00:00Z');

describe('parseMrkdwn', () => {
  it.each([
    ['*bold* and _slanted_', ['bold', 'text', 'italic']],
    ['snake_case_name, 2*3*4', ['text']],
    ['~gone~ `*code*`', ['strike', 'text', 'code']],
    ['```a\n*b*```', ['pre']],
    ['<@U0REQUEST1> <#C0LICENSES> <!here>', ['mention', 'text', 'mention', 'text', 'mention']],
    ['<https://example.com|a page>', ['link']],
    ['<!date^1795305600^{date}|then>', ['date']],
    ['&gt; quoted\nnot quoted', ['quote', 'text']],
    ['&lt;@U0ADMIN001&gt; &lt;!channel&gt;', ['text']],
    ['arn:aws:ec2:us-east-1:1:instance/i-1', ['text']],
  ])('reads %j', (markup, kinds) => {
    expect(parseMrkdwn(markup).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('takes nothing that is escaped for markup of Slack’s', () => {
    const escaped = fc.string().map((text) => {
      return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    });
    fc.assert(
      fc.property(escaped, (markup) => {
        const kinds = new Set(parseMrkdwn(markup).map(({ kind }) => kind));
        return !kinds.has('mention') && !kinds.has('link') && !kinds.has('date');
      }),
    );
  });

  it('loses no plain word', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9 .,/()=-]*$/), (words) => {
        return plainWords(words, NOW) === words;
      }),
    );
  });
});

describe('plainWords', () => {
  it('reads markup out as people see it', () => {
    expect(plainWords('*Approved* by <@U0APPROVE1> &amp; :tada: <#C0LICENSES>', NOW)).toBe(
      'Approved by @Alex Morgan & 🎉 #licenses',
    );
  });
});
