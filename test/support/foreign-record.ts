import { openTab } from './loaders.js';
import { inDatabase } from './storage.js';
import { advance, flush, secondMs, settle } from './world.js';

/** Puts something that is no record of ours in our database, under the key `theirs`, and then stores another answer. */
export const storeBesideForeignRecord = async (): Promise<void> => {
  await settle(openTab().loader.load());
  await flush();
  await inDatabase((store) => store.put('rubbish', 'theirs'));
  await settle(openTab({ region: 'eu' }).loader.load());
  await advance(secondMs);
};
