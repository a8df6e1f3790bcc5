let port = 0;

/**
 * The ports that Fetch blocks and that make Firefox's RTCPeerConnection throw, whatever the scheme; measured on Firefox 153.
 * Written as steps from one to the next, which is half as long: 0, 1, 7, 9, 11 … 6697, 10080.
 *
 * Source: https://fetch.spec.whatwg.org/#port-blocking
 */
export const blockedPorts: readonly number[] =
  // Pure, so that a bundle which needs none of this leaves it out.
  /* @__PURE__ */ '0 1 6 2 2 2 2 2 2 1 1 1 1 2 12 5 1 10 16 8 2 8 8 6 1 1 1 5 1 1 2 2 2 2 4 12 2 2 4 18 18 210 38 38 47 1 1 1 11 4 1 1 8 8 6 2 7 24 14 35 353 1 3 2 724 1 3 326 1610 386 145 870 1 939 566 99 1 1 1 1 10 18 3383'
    .split(' ')
    .map((step) => (port += +step));
