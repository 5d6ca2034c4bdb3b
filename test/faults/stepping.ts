import type { Step } from './schedule.ts';

/** Calls that leave something behind: their answer may be lost after that. */
const EFFECTS = /^(commit|launch|undo|stop|decide|answer|collect|sent|store|put)/;

/** A port every call of which is a point, and two when it has an effect: before it and after it. */
export function stepping<Port extends object>(port: Port, step: Step): Port {
  return new Proxy(port, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (...given: readonly unknown[]): Promise<unknown> => {
        await step();
        const answer: unknown = await Reflect.apply(method, target, given);
        if (EFFECTS.test(String(name))) await step();
        return answer;
      };
    },
  });
}

/** A port whose reads now and then give what they gave before: eventually consistent. */
export function sometimesStale<Port extends object>(
  port: Port,
  random: (below: number) => number,
): Port {
  const lastAnswers = new Map<string | symbol, unknown>();
  return new Proxy(port, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (...given: readonly unknown[]): Promise<unknown> => {
        const before = lastAnswers.get(name);
        if (before !== undefined && random(4) === 0) return before;
        const answer: unknown = await Reflect.apply(method, target, given);
        lastAnswers.set(name, answer);
        return answer;
      };
    },
  });
}
