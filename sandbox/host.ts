import { givenEvent } from './aws/events/given-event.ts';
import type { Clock } from './clock.ts';
import type { Host } from './control/host.ts';
import { requestSummaries } from './deployment/requests.ts';
import type { RunningDeployment } from './deployment/run-deployment.ts';

const DECISIONS = /-decisions\.fifo$/;

/** What the control API needs, played on whichever deployment runs now. */
export function createHost(
  running: () => RunningDeployment,
  { clock, ...rest }: Pick<Host, 'replaceFaults' | 'reset'> & { readonly clock: Clock },
): Host {
  return {
    ...rest,
    advanceClock: (ms) => running().timeline.advance(ms),
    invoke: (name, event) => running().functions.invoke(name, event),
    async deliverEvent(event) {
      const { account, region } = running().deployment.place;
      const time = new Date(clock.now()).toISOString();
      running().buses.put(givenEvent(event, { account, region, time }));
    },
    callAws({ account, region, principal, ...call }) {
      return running().aws.call({
        ...call,
        ...(account === undefined ? {} : { account }),
        ...(region === undefined ? {} : { region }),
        ...(principal === undefined ? {} : { principal }),
      });
    },
    settle: () => running().functions.settle(),
    requests: async () => requestSummaries(running().items()),
    queues: async () => queueCounts(running()),
    model: () => 'off',
  };
}

/** How many messages wait or are in flight: decisions, other work, and what was set aside. */
function queueCounts({ queues, deployment }: RunningDeployment) {
  const worked = new Set(
    deployment.functions.flatMap(({ queues: sources }) => sources.map(({ arn }) => arn)),
  );
  const counts = { decisions: 0, jobs: 0, dead: 0 };
  for (const queue of queues.list()) {
    const { visible, inFlight, delayed } = queue.counts();
    const kind = !worked.has(queue.arn) ? 'dead' : DECISIONS.test(queue.arn) ? 'decisions' : 'jobs';
    counts[kind] += visible + inFlight + delayed;
  }
  return counts;
}
