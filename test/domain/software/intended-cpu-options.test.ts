import { describe, expect, it } from 'vitest';
import { intendedCpuOptions } from '#domain/software/intended-cpu-options.ts';
import { aTemplate } from '../../builders.ts';

const cpuOptions = { coreCount: 4, threadsPerCore: 1 };
const templates = new Map([['lt-1', aTemplate({ version: 3, cpuOptions })]]);

function launchedFrom(id: string, version: string) {
  return { 'aws:ec2launchtemplate:id': id, 'aws:ec2launchtemplate:version': version };
}

describe('intendedCpuOptions', () => {
  it.each`
    tags                                                                   | intended
    ${{ 'licensing:cpu-options': '4x1' }}                                  | ${cpuOptions}
    ${{ 'licensing:cpu-options': ' 48x2 ', ...launchedFrom('lt-1', '3') }} | ${{ coreCount: 48, threadsPerCore: 2 }}
    ${{ 'licensing:cpu-options': '0x1' }}                                  | ${null}
    ${{ 'licensing:cpu-options': '4 x 1 or so' }}                          | ${null}
    ${{ 'licensing:cpu-options': '4x3' }}                                  | ${null}
    ${launchedFrom('lt-1', '3')}                                           | ${cpuOptions}
    ${launchedFrom('lt-1', '2')}                                           | ${null}
    ${launchedFrom('lt-2', '3')}                                           | ${null}
    ${{}}                                                                  | ${null}
  `('is $intended by $tags', ({ tags, intended }) => {
    expect(intendedCpuOptions({ tags }, templates)).toEqual(intended);
  });
});
