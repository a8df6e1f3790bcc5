import { IceConnectivityElement } from './element/ice-connectivity-element.js';

export { IceConnectivityElement };
export type { CustomerStringKey, DeveloperStringKey } from './element/string-keys.js';
export type { IceStrings, StringKey } from './element/strings.js';
export type { BlockedWay, IceEnvironment, IceLoad, IceOutcome, IceProgress, IceReport, WebRtcState } from './element/types.js';

declare global {
  interface HTMLElementTagNameMap {
    'ice-connectivity': IceConnectivityElement;
  }
  interface HTMLElementEventMap {
    'ice-progress': CustomEvent<import('./element/types.js').IceProgress>;
    'ice-report': CustomEvent<import('./element/types.js').IceReport>;
  }
}

// In Node, and while a server renders, there is no registry. A second copy of this module leaves the first one's element in place.
if (globalThis.customElements && !customElements.get('ice-connectivity')) {
  customElements.define('ice-connectivity', IceConnectivityElement);
}
