import * as z from 'zod';

/** An AMI that a launch may use, with the license configurations associated with it. */
export const MachineImage = z
  .object({
    imageId: z.string(),
    name: z.string(),
    state: z.string(),
    architecture: z.string(),
    platformDetails: z.string(),
    usageOperation: z.string(),
    licenseConfigurationArns: z.array(z.string()).readonly(),
  })
  .readonly();
export type MachineImage = z.output<typeof MachineImage>;
