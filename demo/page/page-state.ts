import type { Form } from '../app-address.js';
import type { PageConfig, Scenario } from '../page-config.js';

/** All that the page shows around the element. */
export interface PageState {
  readonly config: PageConfig;
  readonly mode: 'customer' | 'developer';
  readonly form: Form;
  /** Servers are known to load: from the form, from the server of the demo, or from `config.json`. */
  readonly isReady: boolean;
  readonly opensForm: boolean;
  readonly remembers: boolean;
  readonly trouble: Scenario | undefined;
  readonly isBusy: boolean;
  readonly hasReport: boolean;
  /** What is wrong with the link or with the form. */
  readonly notice: string;
  /** Where the servers of the run are requested; empty for a result that came by link. */
  readonly host: string;
  /** What the element cannot know of its result. */
  readonly remark: string;
  readonly said: string;
}

export interface PageActions {
  readonly edit: (change: Partial<Form>) => void;
  /** When the field of the app or of the key is left. */
  readonly tidy: () => void;
  readonly remember: (remembers: boolean) => void;
  readonly submit: () => void;
  readonly simulate: (trouble: Scenario | undefined) => void;
  readonly copyLink: () => void;
}
