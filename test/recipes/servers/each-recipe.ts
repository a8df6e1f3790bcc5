import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { startStandIn, type StandIn } from '../../../demo/server/stand-in.js';
import type { MeteredEnv } from '../../../e2e/recipes/servers/metered.js';
import { recipes, type RunningRecipe } from './run-recipe.js';

export interface Setting {
  readonly recipe: RunningRecipe;
  readonly standIn: StandIn;
  /** An environment in which the recipe works. */
  readonly working: MeteredEnv;
}

/**
 * States the contract once for all recipes, each running against the stand-in. Before each test the environment is one that works.
 * A file that calls this puts users.ts in the place of session.ts: `vi.mock` concerns one file.
 */
export function eachRecipe(state: (setting: Setting) => void): void {
  describe.each(Object.entries(recipes))('the %s recipe', (_, start) => {
    const setting = {} as { -readonly [Name in keyof Setting]: Setting[Name] };

    beforeAll(async () => {
      [setting.recipe, setting.standIn] = await Promise.all([start(), startStandIn({ kind: 'node-turn' })]);
      const { secretKey, origin } = setting.standIn;
      setting.working = { METERED_APP_NAME: 'demo', METERED_SECRET_KEY: secretKey, METERED_BASE_URL: origin };
      // Two servers and the bundle of a Worker, on a machine that runs other tests.
    }, 60_000);
    beforeEach(() => {
      setting.standIn.faults.clear();
      setting.standIn.requests.clear();
      setting.recipe.configure(setting.working);
    });
    afterAll(() => Promise.all([setting.recipe.stop(), setting.standIn.stop()]));

    state(setting);
  });
}
