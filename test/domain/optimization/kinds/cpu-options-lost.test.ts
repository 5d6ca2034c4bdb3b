import { describe, expect, it } from 'vitest';
import { cpuOptionsLost } from '#domain/optimization/kinds/cpu-options-lost.ts';
import { anInstance, aShard, aTemplate } from '../../../builders.ts';
import { aContext, aMachine, measured, proposed } from './machine-builders.ts';

const FEWER = { coreCount: 4, threadsPerCore: 1 };
const FROM_TEMPLATE = {
  'aws:ec2launchtemplate:id': 'lt-1',
  'aws:ec2launchtemplate:version': '3',
};
const TEMPLATE = aTemplate({ launchTemplateId: 'lt-1', version: 3, cpuOptions: FEWER });

/** So many others of the same type and image, named alike. */
function sisters(count: number, changes: Partial<ReturnType<typeof anInstance>> = {}) {
  return Array.from({ length: count }, (_none, index) =>
    anInstance({
      instanceId: `i-sister${index}`,
      instanceType: 'r6i.4xlarge',
      cpuOptions: FEWER,
      name: `erp-sql-1${index}`,
      ...changes,
    }),
  );
}

describe('cpuOptionsLost', () => {
  it('goes back to what the launch template says', () => {
    const machine = aMachine({ instance: { tags: FROM_TEMPLATE } });
    const kind = cpuOptionsLost([aShard({ launchTemplates: [aTemplate(), TEMPLATE] })]);

    const [change] = kind.changes(machine, machine.setup, aContext());

    expect(kind.kind).toBe('cpu-options-lost');
    expect(change).toMatchObject({
      kind: 'cpu-options-lost',
      to: { ...machine.setup, cpuOptions: FEWER },
      gate: [],
      risk: 'low',
      effort: 'restart',
      ownerMustValidate: false,
    });
    expect(change?.evidence[0]).toMatchObject({ source: 'launch-templates', value: 'lt-1' });
    expect(change?.evidence.at(-1)).toMatchObject({ measure: 'resize' });
  });

  it('goes back to what at least two like it have', () => {
    const machine = aMachine({ instance: { name: 'ERP-SQL-07' }, evidence: { utilization: null } });
    const kind = cpuOptionsLost([aShard({ instances: [machine.instance, ...sisters(2)] })]);

    const [change] = kind.changes(machine, machine.setup, aContext());

    expect(change).toMatchObject({ to: { cpuOptions: FEWER }, risk: 'medium' });
    expect(change?.evidence[0]).toMatchObject({
      source: 'instances',
      measure: 'cpu-options-alike',
      value: 2,
    });
  });

  it('knows those from the same template whatever their names, and takes options as sold for none', () => {
    const tags = { 'aws:ec2launchtemplate:id': 'lt-9' };
    const machine = aMachine({
      instance: { tags, name: null, cpuOptions: { coreCount: 8, threadsPerCore: 2 } },
    });
    const others = sisters(2, { tags, name: 'x' });

    expect(proposed(cpuOptionsLost([aShard({ instances: others })]), machine)?.cpuOptions).toEqual(
      FEWER,
    );
  });

  it.each`
    instances                                                                                                                                               | why
    ${sisters(1)}                                                                                                                                           | ${'one other is not enough'}
    ${[...sisters(2), anInstance({ instanceId: 'i-9', instanceType: 'r6i.4xlarge', name: 'erp-sql-99', cpuOptions: { coreCount: 5, threadsPerCore: 1 } })]} | ${'they disagree'}
    ${[...sisters(2), ...sisters(1, { instanceId: 'i-9', cpuOptions: null })]}                                                                              | ${'one has every vCPU on'}
    ${sisters(2, { cpuOptions: null })}                                                                                                                     | ${'all have every vCPU on'}
    ${sisters(2, { instanceType: 'r6i.2xlarge' })}                                                                                                          | ${'they are of another type'}
    ${sisters(2, { imageId: 'ami-other' })}                                                                                                                 | ${'they are of another image'}
    ${sisters(2, { name: 'crm-sql-11' })}                                                                                                                   | ${'they are called otherwise'}
    ${sisters(2, { name: 'erp-sql' })}                                                                                                                      | ${'they have no number'}
    ${sisters(2, { cpuOptions: { coreCount: 8, threadsPerCore: 2 } })}                                                                                      | ${'theirs are the defaults'}
    ${sisters(2, { cpuOptions: { coreCount: 9, threadsPerCore: 1 } })}                                                                                      | ${'the type takes no such options'}
  `('says nothing where $why', ({ instances }) => {
    const machine = aMachine({ instance: { name: 'erp-sql-07' } });

    expect(proposed(cpuOptionsLost([aShard({ instances })]), machine)).toBeNull();
  });

  it.each`
    template                             | tags                                                         | why
    ${{ ...TEMPLATE, version: 4 }}       | ${FROM_TEMPLATE}                                             | ${'it came from another version'}
    ${{ ...TEMPLATE, cpuOptions: null }} | ${FROM_TEMPLATE}                                             | ${'the template has no CPU options'}
    ${TEMPLATE}                          | ${{}}                                                        | ${'it came from no template'}
    ${TEMPLATE}                          | ${{ ...FROM_TEMPLATE, 'aws:ec2launchtemplate:version': '' }} | ${'no version is known'}
  `('says nothing by a template where $why', ({ template, tags }) => {
    const kind = cpuOptionsLost([aShard({ launchTemplates: [template] })]);

    expect(proposed(kind, aMachine({ instance: { tags } }))).toBeNull();
  });

  it.each`
    changes                                                        | setup                                                  | why
    ${{}}                                                          | ${{ instanceType: 'r6i.8xlarge' }}                     | ${'the setup is of another type'}
    ${{}}                                                          | ${{ running: false }}                                  | ${'it would be stopped'}
    ${{}}                                                          | ${{ cpuOptions: { coreCount: 6, threadsPerCore: 1 } }} | ${'it has CPU options'}
    ${{ evidence: { utilization: measured(60) } }}                 | ${{}}                                                  | ${'they would not carry the load'}
    ${{ scope: { account: '999988887777', region: 'us-east-1' } }} | ${{}}                                                  | ${'nothing is known of its account'}
  `('says nothing where $why', ({ changes, setup }) => {
    const machine = aMachine({ instance: { tags: FROM_TEMPLATE }, ...changes });
    const kind = cpuOptionsLost([aShard({ launchTemplates: [TEMPLATE] })]);

    expect(kind.changes(machine, { ...machine.setup, ...setup }, aContext())).toEqual([]);
  });
});
