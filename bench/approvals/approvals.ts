import type { Row } from '../row.ts';
import { type Storm, storm } from './storm.ts';

const REQUESTS = 1000;
const FREE = [0, 1, 7, 50, 999];

/** As many requests as there are approvers' clicks at once, on one pool with too few licenses: both rows. */
export async function approvals(): Promise<readonly Row[]> {
  const storms: Storm[] = [];
  for (const free of FREE) storms.push(await storm(REQUESTS, free));
  const what = '1,000 simultaneous approvals of waiting requests on one pool';
  return [
    {
      what: `${what}: all decided`,
      unit: 'ms',
      measured: Math.max(...storms.map(({ milliseconds }) => milliseconds)),
      must: 30_000,
      aim: 15_000,
      samples: {},
      remarks: [
        'signed clicks through functions/slack, decided by one consumer in batches of ten; DynamoDB read 5, write and transaction 20, SQS 20, Slack 150 ms',
        ...storms.map(
          ({ free, milliseconds, approved, unfitting }) =>
            `${free} free: ${approved} approved, ${unfitting} told that it does not fit, in ${(milliseconds / 1000).toFixed(1)} s`,
        ),
      ],
    },
    {
      what: `${what}: oversold, launched twice, lost, or not as many as fit`,
      unit: 'count',
      measured: storms.reduce((sum, one) => sum + wrongs(one), 0),
      must: 0,
      aim: 0,
      samples: {},
      remarks: ['launched afterwards by functions/launch, every tenth job twice'],
    },
  ];
}

function wrongs(storm: Storm): number {
  const { free, approved, unfitting, oversold, launchedTwice, lost } = storm;
  const undecided = REQUESTS - approved - unfitting;
  return Math.abs(approved - free) + Math.abs(undecided) + oversold + launchedTwice + lost;
}
