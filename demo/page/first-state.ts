import type { PageConfig } from '../page-config.js';
import { canLoad, firstForm, linkFor } from './form.js';
import { keptKey } from './kept-key.js';
import type { PageAddress } from './page-address.js';
import type { PageState } from './page-state.js';

/** Returns the state of the page when it opens. */
export function firstState(config: PageConfig, address: PageAddress): PageState {
  const kept = config.mode === 'static' && !config.hidesForm ? keptKey() : undefined;
  const form = firstForm(kept ? [kept, config] : [config], {
    ...(config.region && { region: config.region }),
    ...linkFor(config, address),
  });
  const isReady = canLoad(form, config);
  return {
    config,
    mode: address.mode === 'customer' || address.mode === 'developer' ? address.mode : usualModeOf(config),
    form,
    isReady,
    opensForm: !isReady,
    remembers: kept !== undefined,
    trouble: undefined,
    isBusy: false,
    hasReport: false,
    notice: '',
    host: '',
    remark: '',
    said: '',
  };
}

/** Returns the mode for the address of the page: empty for the usual mode. */
export function modeInAddress({ config, mode }: PageState): string {
  return mode === usualModeOf(config) ? '' : mode;
}

/** The mode if the address has none. */
function usualModeOf({ mode }: PageConfig): PageState['mode'] {
  return mode === 'static' ? 'customer' : 'developer';
}
