import type { Control } from './control.ts';

const TABLE = 'src/adapters/aws/table-item.ts';
const DANGERS = 'test/domain/requests/must-not-happen.test.ts';
const LAUNCH = 'src/usecases/launch-request.ts';

/** From the decision to what runs. */
export const LAUNCHES: readonly Control[] = [
  {
    id: 'T11',
    what: 'the seal of the plan that is launched',
    file: LAUNCH,
    control: 'sealPlan(plan, sha256) !== approved?.planHash',
    without: 'approved === null',
    tests: ['test/usecases/launch-request.test.ts'],
  },
  {
    id: 'T14',
    what: 'the generation of a launch',
    file: LAUNCH,
    control: 'request === null || request.generation !== job.generation',
    without: 'request === null',
    tests: ['test/usecases/launch-request.test.ts'],
  },
  {
    id: 'T13',
    what: 'the version of a ledger',
    file: TABLE,
    control: 'condition: versioned(ledger.version),\n  };\n}\n\nfunction termsLedgerPut',
    without: 'condition: null,\n  };\n}\n\nfunction termsLedgerPut',
    tests: [
      'test/adapters/memory-table.test.ts',
      'test/adapters/aws/dynamodb-decision-store.test.ts',
    ],
  },
  {
    id: 'T33',
    what: 'nothing is written after it was due',
    file: TABLE,
    control: "? { ...condition, kind: 'not-due' }",
    without: '? condition',
    tests: [
      'test/adapters/memory-table.test.ts',
      'test/adapters/aws/dynamodb-decision-store.test.ts',
    ],
  },
  {
    id: 'N16',
    what: 'the token of a launch',
    file: 'src/adapters/aws/ec2-run.ts',
    control: 'ClientToken: clientToken(ticket),',
    without: '',
    tests: ['test/adapters/aws/ec2-launcher.test.ts'],
  },
  {
    id: 'N24',
    what: 'a request that nobody could approve is refused',
    file: 'src/domain/launch/launch-verdict.ts',
    control: 'canAnybodyApprove(gate, interested, userGroups ?? null)',
    without: 'true',
    tests: ['test/domain/requests/submit.test.ts'],
  },
  {
    id: 'N15',
    what: 'the launch is written with its approval',
    file: 'src/domain/requests/grant.ts',
    control: "{ queue: 'launches', message: { kind: 'launch', requestId: id, generation } },",
    without: '',
    tests: [DANGERS],
  },
  {
    id: 'T12',
    what: 'a plan is judged again just before its launch',
    file: LAUNCH,
    control: '(await judgeAgain(ports, request))',
    without: 'null',
    tests: ['test/usecases/launch-request.test.ts'],
  },
];
