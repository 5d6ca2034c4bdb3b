import { describe } from 'vitest';
import { memoryCards } from '../fakes/memory-cards.ts';
import { memoryLicenseRegisters } from '../fakes/memory-license-registers.ts';
import { memoryPolicies } from '../fakes/memory-policies.ts';
import { memoryReplayKeys } from '../fakes/memory-replay-keys.ts';
import { memorySnapshots } from '../fakes/memory-snapshots.ts';
import { cardsContract } from './cards.contract.ts';
import { licenseRegistersContract } from './license-registers.contract.ts';
import { policiesContract } from './policies.contract.ts';
import { replayKeysContract } from './replay-keys.contract.ts';
import { snapshotsContract } from './snapshots.contract.ts';

describe('in memory', () => {
  cardsContract(async () => memoryCards());
  replayKeysContract(async () => memoryReplayKeys());
  snapshotsContract(async () => memorySnapshots());
  licenseRegistersContract(async () => {
    const registers = memoryLicenseRegisters();
    return { registers, commit: async (move) => registers.move(move) };
  });
  policiesContract(async () => {
    const policies = memoryPolicies();
    return { policies, publisher: policies, settle: async () => {} };
  });
});
