import { instanceFamily } from '#domain/estate/instance-type.ts';
import type { MachineKind } from '#domain/optimization/kind.ts';
import { sizesByFamily } from '#domain/optimization/kinds/instance-families.ts';
import { changeOfType, groundsOf, onType } from '#domain/optimization/kinds/sizes.ts';

/** The smallest size of the same family that carries the load. */
export const rightsize: MachineKind = {
  kind: 'rightsize',
  changes(machine, setup, context) {
    const from = context.types.get(setup.instanceType);
    const grounds = groundsOf(machine, context);
    if (from === undefined || grounds === null || !setup.running) return [];
    const sizes = sizesByFamily(context.types).get(instanceFamily(from.name)) ?? [];
    for (const type of sizes) {
      if (type.defaultVcpus >= from.defaultVcpus) return [];
      const to = onType(machine, setup, type, grounds);
      if (to !== null) return [changeOfType('rightsize', to, type, grounds, machine)];
    }
    return [];
  },
};
