import { defineConfig } from 'vitest/config';

/** The tests that a mutant must fail: those of decisions, of what Slack sends and of policy, none of which serves anything. */
export default defineConfig({
  test: {
    include: [
      'test/domain/**/*.test.ts',
      'test/slack/**/*.test.ts',
      'test/adapters/yaml/*.test.ts',
    ],
    testTimeout: 30_000,
  },
});
