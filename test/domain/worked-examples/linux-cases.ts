import { DEFAULT_SETTINGS, LicensingSettings } from '#domain/estate/licensing-settings.ts';
import { vendorTerms } from '#domain/vendors/vendor-terms.ts';
import { aDeployment, aServer, ofVcpus, times, underTerms, unitsOf } from '../vendors/deployed.ts';
import type { WorkedExample } from './worked-example.ts';

const RHEL = { product: 'red-hat-enterprise-linux', edition: 'server' };
const RED_HAT = 'Red Hat consulting text, in a copy, 2013 and later';
const red = vendorTerms(DEFAULT_SETTINGS).get(RHEL.product);

function socketsNeed(sockets: number): number | undefined {
  const server = aDeployment({ ...RHEL, compute: aServer({ sockets, cores: 8 * sockets }) });
  return red?.licenses(unitsOf(red.requirement([server], underTerms())) ?? 0, 'subscription');
}

/** OpenShift's core pairs as a product of the company's own: so many vCPUs to a subscription. */
function corePairs(vcpusPerPair: number): number | null | undefined {
  const openshift = {
    id: 'openshift',
    name: 'OpenShift Container Platform',
    vendor: 'Red Hat',
    installedAs: ['OpenShift*'],
    counts: 'vcpu',
    unitsPerLicense: vcpusPerPair,
    source: 'Red Hat, Self-managed OpenShift subscription guide',
    asOf: '2025-01-01',
  };
  const terms = vendorTerms(LicensingSettings.parse({ products: [openshift] })).get('openshift');
  const node = aDeployment({ product: 'openshift', edition: null, compute: ofVcpus(8, 1) });
  return unitsOf(terms?.requirement([node], underTerms()) ?? []);
}

/** Examples of Red Hat's licensing, each with its source. */
export const LINUX_CASES: readonly WorkedExample[] = [
  {
    id: 'rhel-sock-6',
    source: RED_HAT,
    published: { value: 3, unit: 'subscriptions' },
    ours: () => socketsNeed(6),
  },
  {
    id: 'rhel-sock-3',
    source: RED_HAT,
    published: { value: 2, unit: 'subscriptions' },
    ours: () => socketsNeed(3),
  },
  {
    id: 'rhel-sock-1',
    source: RED_HAT,
    published: { value: 1, unit: 'subscriptions' },
    ours: () => socketsNeed(1),
  },
  {
    id: 'rhel-6vm',
    source: 'ServiceNowDocs, rh-socket-pair-licensing.md, 2026-03-12',
    published: { value: 3, unit: 'subscriptions' },
    ours: () =>
      red?.licenses(
        unitsOf(red.requirement(times(6, { ...RHEL, compute: aServer({}, 4) }), underTerms())) ?? 0,
        'subscription',
      ),
  },
  {
    id: 'rhel-core-12',
    source: 'ServiceNowDocs, rh-core-based-license.md, 2026-03-12',
    published: { value: 12, unit: 'cores' },
    ours: () =>
      unitsOf(
        red?.requirement(
          times(6, { ...RHEL, compute: aServer({ sockets: 2, cores: 16 }, 2) }),
          underTerms({ metric: 'core' }),
        ) ?? [],
      ),
  },
  {
    id: 'ocp-aws-nosmt',
    source: 'Red Hat, Self-managed OpenShift subscription guide, 2025',
    published: { value: 2, unit: 'core-pairs' },
    ours: () => ({ openshift: corePairs(4), dataFoundation: corePairs(2) }),
    instead: {
      answer: { openshift: 2, dataFoundation: 4 },
      because:
        'The guides of OpenShift and of Data Foundation differ; each is what a custom product’s unitsPerLicense says.',
    },
  },
];
