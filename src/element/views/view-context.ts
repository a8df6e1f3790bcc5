import type { State } from '../state.js';
import type { Translate } from '../strings.js';

/** What the buttons do. */
export interface Actions {
  readonly start: () => void;
  readonly stop: () => void;
  /** Offers the report to the device's share sheet, or copies it. */
  readonly share: () => void;
  /** @param where the place that says whether it was copied */
  readonly copy: (text: string, where: string) => void;
}

/** What every view needs. */
export interface ViewContext {
  readonly state: State;
  readonly t: Translate;
  readonly actions: Actions;
}
