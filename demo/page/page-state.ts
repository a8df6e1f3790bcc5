import type { Form } from '../app-address.js';
import type { PageConfig, Scenario } from '../page-config.js';

/** Everything that the page shows around the element. */
export interface PageState {
  readonly config: PageConfig;
  readonly mode: 'customer' | 'developer';
  readonly form: Form;
  /** Whether servers can be loaded: with the form, from the demo's server, or with `config.json`. */
  readonly isReady: boolean;
  readonly opensForm: boolean;
  readonly remembers: boolean;
  readonly trouble: Scenario | undefined;
  readonly isBusy: boolean;
  readonly hasReport: boolean;
  /** What is wrong with the link or with the form. */
  readonly notice: string;
  /** Says where the servers of the run are requested; empty for a result from a link. */
  readonly host: string;
  /** What the element cannot know about its result. */
  readonly remark: string;
  readonly said: string;
}

export interface PageActions {
  readonly edit: (change: Partial<Form>) => void;
  /** Called when the user leaves the app field or the key field. */
  readonly tidy: () => void;
  readonly remember: (remembers: boolean) => void;
  readonly submit: () => void;
  readonly simulate: (trouble: Scenario | undefined) => void;
  readonly copyLink: () => void;
}
