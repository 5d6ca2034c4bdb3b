import type { Clock } from '../../clock.ts';
import { AwsError } from '../wire/service.ts';
import type { Disorder } from './disorder.ts';
import { Queue } from './queue.ts';

/** All queues of all accounts and Regions. */
export class Queues {
  readonly #queues = new Map<string, Queue>();
  readonly #clock: Clock;
  readonly #disorder: Disorder | null;

  constructor(clock: Clock, disorder: Disorder | null = null) {
    this.#clock = clock;
    this.#disorder = disorder;
  }

  /** Creates a queue, or finds the one of that name with these attributes. @throws AwsError QueueNameExists, InvalidParameterValue */
  create(arn: string, raw: Readonly<Record<string, string>>): Queue {
    const name = arn.slice(arn.lastIndexOf(':') + 1);
    const fifo = raw['FifoQueue'] === 'true';
    if (!/^[\w-]{1,80}$/.test(name.replace(/\.fifo$/, '')) || name.endsWith('.fifo') !== fifo) {
      throw new AwsError(
        'InvalidParameterValue',
        `${name} is not a name for a ${fifo ? 'FIFO' : 'standard'} queue: 1 to 80 letters, digits, - and _, ending in .fifo for FIFO only.`,
      );
    }
    const known = this.#queues.get(arn);
    if (known !== undefined) return sameQueue(known, raw);
    const queue = new Queue({
      name,
      arn,
      raw: { ...raw },
      clock: this.#clock,
      disorder: this.#disorder,
      queue: (other) => this.#queues.get(other),
    });
    this.#queues.set(arn, queue);
    return queue;
  }

  /** @throws AwsError QueueDoesNotExist */
  get(arn: string): Queue {
    const queue = this.#queues.get(arn);
    if (queue === undefined) {
      throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    }
    return queue;
  }

  delete(arn: string): void {
    this.get(arn);
    this.#queues.delete(arn);
  }

  list(): readonly Queue[] {
    return [...this.#queues.values()];
  }
}

function sameQueue(queue: Queue, raw: Readonly<Record<string, string>>): Queue {
  if (Object.entries(raw).some(([name, value]) => queue.raw[name] !== value)) {
    throw new AwsError(
      'QueueNameExists',
      'A queue already exists with the same name and a different value for an attribute.',
    );
  }
  return queue;
}
