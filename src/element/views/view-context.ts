import type { DeveloperActions } from '../developer-tools.js';
import type { ShownSource } from '../option-source.js';
import type { State } from '../state.js';
import type { Translate } from '../strings.js';

/** What the buttons do. */
export interface Actions extends DeveloperActions {
  readonly start: () => void;
  readonly stop: () => void;
  /** Offers the report to the device's share sheet, or copies it. */
  readonly share: () => void;
  /** @param where the place that says whether it was copied */
  readonly copy: (text: string, where: string) => void;
  /** Withdraws what the last press said, because something else has been done since. */
  readonly forgetSaid: () => void;
  /** Has the next run use the servers of a region. */
  readonly useRegion: (region: string) => void;
}

/** What every view needs. */
export interface ViewContext {
  readonly state: State;
  readonly source: ShownSource;
  readonly t: Translate;
  readonly actions: Actions;
}
