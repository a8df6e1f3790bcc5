type Tag = HTMLOrSVGScriptElement;

/**
 * Returns a function that tells whether a tag is this one again: the same file and options, after this one has left the page. Turbo and its
 * like run the tags of each body that they swap in: https://github.com/hotwired/turbo-rails/issues/291
 *
 * The function can be seen from outside, and what it compares cannot.
 */
export function rememberTag(first: Tag): (tag: Tag) => boolean {
  const identity = identityOf(first);
  // The tag itself would keep the whole body that it stood in.
  const reference = new WeakRef(first);
  return (tag) => identityOf(tag) === identity && !reference.deref()?.isConnected;
}

/** A nonce may change with each page, so it does not count. */
function identityOf(tag: Tag): string {
  return JSON.stringify([(tag as HTMLScriptElement).src, tag.dataset]);
}
