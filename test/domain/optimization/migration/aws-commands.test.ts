import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awsCommands } from '#domain/optimization/migration/aws-commands.ts';
import {
  MaintenanceSettings,
  UNKNOWN_MACHINE,
} from '#domain/optimization/migration/maintenance-settings.ts';
import { migrationPlan } from '#domain/optimization/migration/migration-plan.ts';
import { migrationText } from '#domain/optimization/migration/migration-text.ts';
import { comment, quoted } from '#domain/optimization/migration/shell.ts';
import { lastSights, shownBy, sightsOf } from '#domain/optimization/migration/sights.ts';
import type { Recommendation, Step } from '#domain/optimization/recommendation.ts';
import { ACCOUNT, anInstance, NOW, REGION } from '../../../builders.ts';
import { aRecommendation, HOST, MACHINE, OTHER_MACHINE, steps } from '../follow/builders.ts';

const RUNNING = { running: true, hosts: new Map([['new-host-1', 'HOST_1']]) };
const STOPPED = { ...RUNNING, running: false };
const CONFIGURATION = `arn:aws:license-manager:${REGION}:${ACCOUNT}:license-configuration:lic-1`;
const IN = `--region '${REGION}'`;
const STOP = [
  `aws ec2 stop-instances ${IN} --instance-ids '${MACHINE}'`,
  `aws ec2 wait instance-stopped ${IN} --instance-ids '${MACHINE}'`,
];
const START = [
  `aws ec2 start-instances ${IN} --instance-ids '${MACHINE}'`,
  `aws ec2 wait instance-running ${IN} --instance-ids '${MACHINE}'`,
];

describe('a step as commands', () => {
  it.each<[string, Step, readonly string[]]>([
    ['stop', steps.stop(), STOP],
    ['start', steps.start(), START],
    [
      'move onto a host',
      steps.move(HOST),
      [
        ...STOP,
        `aws ec2 modify-instance-placement ${IN} --instance-id '${MACHINE}' --tenancy 'host' --host-id '${HOST}'`,
        ...START,
      ],
    ],
    [
      'move onto a new host',
      steps.move('new-host-1'),
      [
        ...STOP,
        `aws ec2 modify-instance-placement ${IN} --instance-id '${MACHINE}' --tenancy 'host' --host-id "$HOST_1"`,
        ...START,
      ],
    ],
    [
      'move off a host',
      steps.move(null),
      [
        ...STOP,
        `aws ec2 modify-instance-placement ${IN} --instance-id '${MACHINE}' --tenancy 'default'`,
        ...START,
      ],
    ],
    [
      'resize',
      steps.resize('r6i.xlarge', MACHINE, { coreCount: 2, threadsPerCore: 1 }),
      [
        ...STOP,
        `aws ec2 modify-instance-attribute ${IN} --instance-id '${MACHINE}' --instance-type 'Value=r6i.xlarge'`,
        `aws ec2 modify-instance-cpu-options ${IN} --instance-id '${MACHINE}' --core-count '2' --threads-per-core '1'`,
        ...START,
      ],
    ],
    [
      'associate',
      steps.associate([CONFIGURATION], [`${CONFIGURATION}b`]),
      [
        `aws license-manager update-license-specifications-for-resource ${IN} --resource-arn 'arn:aws:ec2:${REGION}:${ACCOUNT}:instance/${MACHINE}' --add-license-specifications 'LicenseConfigurationArn=${CONFIGURATION}' --remove-license-specifications 'LicenseConfigurationArn=${CONFIGURATION}b'`,
      ],
    ],
    [
      'associate with nothing',
      steps.associate([]),
      [
        `aws license-manager update-license-specifications-for-resource ${IN} --resource-arn 'arn:aws:ec2:${REGION}:${ACCOUNT}:instance/${MACHINE}'`,
      ],
    ],
    [
      'allocate',
      steps.allocate(),
      [
        `HOST_1=$(aws ec2 allocate-hosts ${IN} --instance-family 'r6i' --availability-zone 'us-east-1a' --quantity '1' --auto-placement 'off' --query 'HostIds[0]' --output 'text')`,
        'echo "HOST_1=$HOST_1"',
      ],
    ],
    [
      'release',
      steps.release(),
      [
        `[ "$(aws ec2 release-hosts ${IN} --query 'length(Unsuccessful)' --output 'text' --host-ids '${HOST}')" = 0 ]`,
      ],
    ],
    [
      'by hand',
      steps.edition(),
      [`# By hand: change-edition on ${MACHINE} to sql-server/standard`],
    ],
    [
      'by hand, to nothing',
      steps.edition(MACHINE, null),
      [`# By hand: change-edition on ${MACHINE}`],
    ],
  ])('%s', (_what, step, commands) => {
    expect(awsCommands(step, RUNNING)).toEqual(commands);
  });

  it('leaves a stopped machine stopped, and says where CPU options are the default', () => {
    expect(awsCommands(steps.resize(), STOPPED)).toEqual([
      `aws ec2 modify-instance-attribute ${IN} --instance-id '${MACHINE}' --instance-type 'Value=r6i.xlarge'`,
      '# CPU options: as the type has them by default',
    ]);
  });

  it.each([
    ['us-east-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
  ])('waits for a conversion, in %s too', (region, partition) => {
    const [create, wait, check] = awsCommands({ ...steps.convert(), region }, STOPPED);

    expect(create).toBe(
      `TASK=$(aws license-manager create-license-conversion-task-for-resource --region '${region}' --resource-arn 'arn:${partition}:ec2:${region}:${ACCOUNT}:instance/${MACHINE}' --source-license-context 'UsageOperation=RunInstances:0800' --destination-license-context 'UsageOperation=RunInstances:0002' --query 'LicenseConversionTaskId' --output 'text')`,
    );
    expect(wait).toMatch(
      /^while \[ .*--license-conversion-task-id "\$TASK"\)" = IN_PROGRESS \]; do sleep 30; done$/,
    );
    expect(check).toMatch(/= SUCCEEDED \]$/);
  });

  it('names a host that may have come back as another by what is known of it', () => {
    const hosts = new Map([[HOST, 'HOST_2']]);

    expect(awsCommands(steps.move(HOST), { running: false, hosts })[0]).toContain(
      `--host-id "\${HOST_2:-${HOST}}"`,
    );
  });

  it('holds a new host’s id in a variable of its own', () => {
    const [allocate] = awsCommands(steps.allocate(HOST), { running: true, hosts: new Map() });

    expect(allocate).toMatch(/^HOST=\$/);
  });

  const EVIL = "x'; rm -rf ~ #\n`$(reboot)`";
  it.each<[string, Step]>([
    ['an instance', steps.stop(EVIL)],
    ['an instance to start', steps.start(EVIL)],
    ['a type', steps.resize(EVIL)],
    ['a host', steps.move(EVIL)],
    ['a host that nobody allocates', steps.move('new-host-9')],
    ['a configuration', steps.associate([EVIL])],
    ['a configuration to leave', steps.associate([], [EVIL])],
    ['a usage operation', steps.convert(EVIL)],
    ['a zone', steps.allocate('new-host-1', EVIL)],
    ['a host to release', steps.release(EVIL)],
    ['a Region', { ...steps.stop(), region: EVIL }],
    ['an account', { ...steps.stop(), account: EVIL }],
  ])('is a comment where %s is not what AWS calls one', (_what, step) => {
    const [line, ...others] = awsCommands(step, RUNNING);

    expect(others).toEqual([]);
    expect(line).toMatch(/^# Not written as a command: [^\n]*$/);
  });

  it('says what is done by hand on one line', () => {
    expect(awsCommands({ ...steps.raiseLimit(EVIL) }, RUNNING)).toEqual([
      expect.stringMatching(/^# By hand: [^\n]*$/),
    ]);
  });
});

describe('quoting', () => {
  it('gives the shell back what it was given', () => {
    const words = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(words, { minLength: 20, maxLength: 20 }), (all) => {
        const script = `printf '%s\\0' ${all.map(quoted).join(' ')}`;

        expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(
          all.map((word) => `${word}\0`).join(''),
        );
      }),
      { numRuns: 5, examples: [[Array.from({ length: 20 }, () => '\'; echo $HOME `id` \\ " \n')]] },
    );
  });

  it('keeps a comment on its line', () => {
    expect(comment('a\r\nb\u2028c\u202ed\u0000e')).toBe('# a b c d e');
  });
});

function textOf(
  recommendations: readonly Recommendation[],
  windows: object = {},
  by: string | null = null,
): string {
  const machines = new Map([
    [OTHER_MACHINE, { ...UNKNOWN_MACHINE, maintenance: 'when `id` <@U1>\n# ran' }],
  ]);
  const migration = migrationPlan(recommendations, {
    now: NOW,
    windows: MaintenanceSettings.parse(windows),
    by,
    machines,
  });
  return migration.kind === 'planned' ? migrationText(migration.plan) : migration.kind;
}

describe('a plan as text', () => {
  const zone = aRecommendation({
    steps: [steps.allocate(), steps.move('new-host-1'), steps.release(HOST)],
    rollback: [steps.allocate(HOST), steps.move(HOST), steps.release('new-host-1')],
  });

  it('says what is done when, in which account, and how it is undone', () => {
    const text = textOf([zone], { production: ['sat 22:00-04:00 Europe/Berlin'] }, '2026-11-25');

    expect(text).toContain('To be done by 2026-11-25.');
    expect(text).toContain(
      'From 2026-11-28 21:00 UTC, about 20 minutes. This is after the day by which it has to be done.\nAfter batch 1.\nMachines: `i-0000000000000000a`.',
    );
    expect(text).toContain(
      `[ "$(aws sts get-caller-identity --query Account --output text)" = '${ACCOUNT}' ]`,
    );
    expect(text).toContain(`- host of \`${MACHINE}\`: \`new-host-1\``);
    expect(text.match(/^Roll-back:$/gm)).toHaveLength(3);
  });

  it('asks for hosts that another batch allocated', () => {
    const scripts = textOf([zone]).match(/```sh\n[\s\S]*?```/g) ?? [];

    expect(scripts).toHaveLength(6);
    const needed = `: "\${HOST_1:?Set it to the host that was allocated}"`;
    expect(scripts.map((script) => script.includes(needed))).toEqual([
      false, // allocated here
      true, // given back
      true, // moved to
      false, // moved back, to what is there or came back
      false, // the old one given back
      false, // allocated again
    ]);
    expect(scripts[3]).toContain(`"\${HOST_2:-${HOST}}"`);
    expect(scripts[4]).toContain(`--host-ids '${HOST}'`);
    expect(scripts[5]).toContain('HOST_2=$(');
  });

  it('asks for no host that nobody allocates', () => {
    const text = textOf([aRecommendation({ steps: [steps.move('new-host-9')], rollback: [] })]);

    expect(text).toContain('# Not written as a command: move of new-host-9');
    expect(text).not.toContain('HOST_');
  });

  it('is a script that shells read', () => {
    const scripts = textOf([zone]).match(/```sh\n([\s\S]*?)```/g) ?? [];
    for (const script of scripts) {
      execFileSync('sh', ['-n'], { input: script.replace(/^```sh\n|```$/g, '') });
    }
    expect(scripts.length).toBeGreaterThan(0);
  });

  it('says which windows cannot be read, and lets them say nothing else', () => {
    const text = textOf([
      aRecommendation({ steps: [steps.resize('r6i.large', OTHER_MACHINE)], rollback: [] }),
    ]);

    expect(text).toContain(
      "- The window of `i-0000000000000000b` cannot be read: `when 'id' <@U1> # ran`",
    );
    expect(text).toContain('No maintenance window can be read and is long enough');
    expect(text).not.toContain('Roll-back');
  });

  it('leaves out what there is nothing to say of', () => {
    const text = textOf([
      aRecommendation({ steps: [{ ...steps.stop() }, steps.associate([])], rollback: [] }),
    ]);

    expect(text).not.toContain('To be done by');
    expect(text).not.toContain('After batch');
    expect(textOf([aRecommendation({ steps: [steps.resize()], rollback: [] })])).not.toContain(
      'Before:',
    );
    expect(textOf([aRecommendation({ steps: [steps.associate([])], rollback: [] })])).not.toContain(
      'After:',
    );
  });
});

describe('what must be seen', () => {
  it.each<[string, Step, readonly string[], readonly string[]]>([
    ['start', steps.start(), ['state stopped'], ['state running']],
    ['stop', steps.stop(), ['state running'], ['state stopped']],
    ['convert', steps.convert('b', 'a'), ['usage-operation a'], ['usage-operation b']],
    [
      'resize',
      steps.resize('r6i.xlarge', MACHINE, { coreCount: 2, threadsPerCore: 1 }),
      [],
      ['instance-type r6i.xlarge', 'cpu-options 2 cores, 1 threads each'],
    ],
    ['move', steps.move(HOST), ['host-state available'], ['tenancy host', `host ${HOST}`]],
    ['move off', steps.move(null), [], ['tenancy default']],
    [
      'associate',
      steps.associate(['a'], ['b']),
      [],
      ['license-configuration a', 'no-license-configuration b'],
    ],
    ['allocate', steps.allocate(), [], ['host-state available']],
    ['release', steps.release(), ['instances-on-host 0'], ['host-state released']],
    ['by hand', steps.edition(), [], ['done-by-hand sql-server/standard']],
    ['by hand, to nothing', steps.edition(MACHINE, null), [], ['done-by-hand change-edition']],
  ])('%s', (_what, step, before, after) => {
    const words = (sights: ReturnType<typeof sightsOf>['before']) =>
      sights.map(({ see, is }) => `${see} ${is}`);

    expect(words(sightsOf(step).before)).toEqual(before);
    expect(words(sightsOf(step).after)).toEqual(after);
  });

  it('in the end is the last of each, and of hosts only those that had an id', () => {
    const all = [
      steps.resize('r6i.large'),
      steps.move(HOST),
      steps.resize('r6i.xlarge'),
      steps.associate(['a']),
      steps.edition(),
      steps.move('new-host-1', OTHER_MACHINE),
    ];

    expect(lastSights(all).map(({ see, of, is }) => `${see} ${of} ${is}`)).toEqual([
      `instance-type ${MACHINE} r6i.xlarge`,
      `tenancy ${MACHINE} host`,
      `host ${MACHINE} ${HOST}`,
      `tenancy ${OTHER_MACHINE} host`,
    ]);
  });

  it.each([
    ['state', 'running'],
    ['instance-type', 'r6i.large'],
    ['cpu-options', '1 cores, 2 threads each'],
    ['tenancy', 'host'],
    ['host', HOST],
    ['usage-operation', 'RunInstances:0800'],
    ['license-configuration', null],
    ['no-license-configuration', null],
    ['host-state', null],
    ['instances-on-host', null],
    ['done-by-hand', null],
  ] as const)('is shown by an instance: %s', (see, is) => {
    const instance = anInstance({
      state: 'running',
      instanceType: 'r6i.large',
      cpuOptions: { coreCount: 1, threadsPerCore: 2 },
      tenancy: 'host',
      hostId: HOST,
      usageOperation: 'RunInstances:0800',
    });

    expect(shownBy(instance, see)).toBe(is);
  });

  it('is nothing where CPU options are not said', () => {
    expect(shownBy(anInstance({ cpuOptions: null }), 'cpu-options')).toBeNull();
  });
});
