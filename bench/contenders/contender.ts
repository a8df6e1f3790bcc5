declare global {
  interface Window {
    /** What a contender's script leaves in its page: gives a configuration from this Get Credential address. */
    load: (address: string) => Promise<RTCConfiguration>;
  }
}

export type Load = Window['load'];
