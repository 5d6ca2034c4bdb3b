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
    /** The account that owns it, or `amazon` and the like; `null`: not said. */
    owner: z.string().nullable().default(null),
    /** The AMI that it was copied from. */
    copiedFrom: z.string().nullable().default(null),
    licenseConfigurationArns: z.array(z.string()).readonly(),
  })
  .readonly();
export type MachineImage = z.output<typeof MachineImage>;
