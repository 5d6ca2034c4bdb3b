import { describe, expect, it } from 'vitest';
import { redHatRequirement } from '#domain/vendors/red-hat.ts';
import { suseRequirement } from '#domain/vendors/suse.ts';
import {
  aCompute,
  aDeployment,
  answers,
  aServer,
  findingsOf,
  ofVcpus,
  onHost,
  times,
  underTerms,
  unitsOf,
} from './deployed.ts';

const RHEL = { product: 'red-hat-enterprise-linux', edition: 'server' };
const SLES = { product: 'suse-linux-enterprise', edition: 'server' };
const UNLIMITED = { switches: { linuxUnlimitedOnHost: true } };

describe.each([
  { name: 'Red Hat', linux: RHEL, rule: redHatRequirement },
  { name: 'SUSE', linux: SLES, rule: suseRequirement },
])('$name subscriptions', ({ linux, rule }) => {
  it.each`
    compute                               | units   | because
    ${ofVcpus(2)}                         | ${0.5}  | ${'a virtual machine is half'}
    ${ofVcpus(96)}                        | ${0.5}  | ${'its size makes no difference'}
    ${aServer({}, 4)}                     | ${0.5}  | ${'so is one outside AWS'}
    ${aServer({ sockets: 1, cores: 8 })}  | ${1}    | ${'a server takes one at least'}
    ${aServer({ sockets: 3, cores: 24 })} | ${2}    | ${'pairs of sockets round up'}
    ${{ ...aServer(), host: null }}       | ${null} | ${'the server is not known'}
  `('ask for $units: $because', ({ compute, units }) => {
    const asked = rule([aDeployment({ ...linux, compute })], underTerms());

    expect(unitsOf(asked)).toBe(units);
    expect(asked[0]?.metric).toBe('subscription');
    expect(findingsOf(asked)).toEqual(units === null ? ['size-unknown'] : []);
  });

  it.each`
    compute      | terms        | numbers
    ${onHost(8)} | ${{}}        | ${{ default: 3.5, 'linuxUnlimitedOnHost=true': 1 }}
    ${onHost(8)} | ${UNLIMITED} | ${{ default: 1, 'linuxUnlimitedOnHost=false': 3.5 }}
  `('answers $numbers for seven VMs on a host', ({ compute, terms, numbers }) => {
    expect(answers(rule, times(7, { ...linux, compute }), underTerms(terms))).toEqual(numbers);
  });

  it.each([onHost(8, { host: null }), ofVcpus(8), aServer({}, 8)])(
    'stay halves where no host is known or ours (%#)',
    (compute) => {
      const deployments = [aDeployment({ ...linux, compute })];

      expect(answers(rule, deployments, underTerms(UNLIMITED))).toEqual({ default: 0.5 });
    },
  );
});

describe('Red Hat by cores', () => {
  const terms = underTerms({ metric: 'core' });

  it.each`
    compute                            | vms  | units   | because
    ${ofVcpus(8)}                      | ${2} | ${8}    | ${'two threads are one core'}
    ${aServer({ cores: 16 }, 2)}       | ${6} | ${12}   | ${'the cores of the machines'}
    ${aServer({ cores: 16 }, 4)}       | ${6} | ${16}   | ${'no more than their server has'}
    ${aServer({ cores: 16 })}          | ${1} | ${16}   | ${'those of a server'}
    ${aCompute({ activeVcpus: null })} | ${1} | ${null} | ${'not known'}
    ${{ ...aServer(), host: null }}    | ${1} | ${null} | ${'not known outside AWS'}
  `('asks for $units: $because', ({ compute, vms, units }) => {
    const asked = redHatRequirement(times(vms, { ...RHEL, compute }), terms);

    expect(unitsOf(asked)).toBe(units);
    expect(asked[0]).toMatchObject({
      metric: 'core',
      rule: { id: 'red-hat/enterprise-linux/cores' },
    });
  });
});

describe('SUSE by sockets', () => {
  const terms = underTerms({ metric: 'socket' });

  it.each`
    compute       | metric            | units
    ${onHost(8)}  | ${'socket'}       | ${2}
    ${ofVcpus(8)} | ${'subscription'} | ${1.5}
  `('asks for $units ($metric)', ({ compute, metric, units }) => {
    const asked = suseRequirement(times(3, { ...SLES, compute }), terms);

    expect(unitsOf(asked)).toBe(units);
    expect(asked[0]?.metric).toBe(metric);
  });
});
