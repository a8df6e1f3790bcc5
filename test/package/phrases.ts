/** Words that show a sentence to be translated, each with one that a native writer would write. */
export interface Phrase {
  readonly pattern: RegExp;
  readonly translated: string;
  readonly native: string;
}

export const phrases: readonly Phrase[] = [
  {
    pattern: /\b(?:it|package|library|file|which) brings\b/i,
    translated: 'It brings ky and idb-keyval.',
    native: 'It has two dependencies: ky and idb-keyval.',
  },
  {
    pattern:
      /\basks? (?:the|an?|its|their|your|that|this) (?:source|endpoint|server|storage|TURN server|real service)\b|\basking (?:the|anybody|again)\b/i,
    translated: 'It asks the endpoint again.',
    native: 'It makes another request.',
  },
  { pattern: /\bg(?:ives?|iving|ave) back\b/i, translated: 'It gives back a promise.', native: 'It returns a promise.' },
  { pattern: /\banew\b/i, translated: 'It is drawn anew for each answer.', native: 'It is chosen at random for each response.' },
  { pattern: /\bmeanwhile\b/i, translated: 'Meanwhile, calls are served.', native: 'Calls are still served during that time.' },
  { pattern: /\b(?:some|every|any)body\b/i, translated: 'Everybody who opens the page sees it.', native: 'Visitors can see it.' },
  {
    pattern: /\bfor whoever\b|\bwhoever (?:tests|wants|asks|reads|starts|calls|has)\b|\bwhoever's\b/i,
    translated: 'For whoever tests again.',
    native: 'For another test.',
  },
  {
    pattern: /\bwhere (?:nothing|nobody|none|no \w+ (?:is|are|may|has|have)|there (?:is|are) (?:no|none))\b/i,
    translated: 'Where nothing may wait, use peek().',
    native: 'If you cannot await, use peek().',
  },
  { pattern: /\bsaid no\b/i, translated: 'Never after it said no.', native: 'Never after a refusal.' },
  { pattern: /\bgoes on for\b/i, translated: 'The request goes on for the others.', native: 'The request continues for the others.' },
  { pattern: /\b(?:is|are|be) told (?:as|so|that)\b/i, translated: 'That is told as an error.', native: 'That is reported as an error.' },
  { pattern: /\bone's own\b/i, translated: "A route of one’s own, or one's own server.", native: 'A route on your server.' },
  {
    pattern: /\b(?:which|that|it|route|endpoint|server|script) wants (?:an?|the|its|no|`)/i,
    translated: 'An endpoint that wants a key.',
    native: 'An endpoint that needs a key.',
  },
  {
    pattern: /\b(?:known|no|whole) life\b|\blife is known\b/i,
    translated: 'It defaults to the known life of a response.',
    native: 'It defaults to the known lifetime of a response.',
  },
  { pattern: /\bbefore your eyes\b/i, translated: 'The call dies before your eyes.', native: 'You can watch the call drop.' },
  { pattern: /\b(?:lies?|lying) beside\b/i, translated: 'The licence lies beside it.', native: 'The licence is next to it.' },
  {
    pattern: /\bby (?:then|hand) it takes as long\b|\btakes? as long as by hand\b/i,
    translated: 'By hand it takes as long.',
    native: 'Handwritten code takes as long.',
  },
  {
    pattern: /\bas (?:it is )?meant that way\b|\bis meant that way\b/i,
    translated: 'Get Credential is meant that way.',
    native: 'This is by design.',
  },
  {
    pattern:
      /\b(?:credential|key|password|pair)s?(?: which| that)? (?:dies?|died|is dead)\b|\b(?:its|whose|the) (?:\w+ )?credential(?:'s|’s)? life\b/i,
    translated: 'The call ends when its credential dies.',
    native: 'The call ends when its credential expires.',
  },
  {
    pattern: /\b(?:stands?|stood) (?:still|in the (?:dashboard|list|Metered dashboard)|beside)\b/i,
    translated: 'The key stands in the dashboard, and the page stood still.',
    native: 'The key is in the dashboard, and the page was paused.',
  },
  { pattern: /\bsays? nothing of\b/i, translated: 'That says nothing of your calls.', native: 'That says nothing about your calls.' },
  { pattern: /\banswers? (?:comes?|came)\b/i, translated: 'No answers come any more.', native: 'Messages are no longer answered.' },
  { pattern: /\bwhat to do (?:if|where) not\b/i, translated: 'It says what to do if not.', native: 'It says what to do if they cannot.' },
  { pattern: /\bholds? the (?:result|report|key)\b/i, translated: 'The link holds the result.', native: 'The link contains the result.' },
  { pattern: /\bnot once at\b/i, translated: 'Call it before each call, not once at start-up.', native: 'Call it before each connection.' },
];

/** Returns the phrases that a text has, each with the line that it stands in. */
export function phrasesIn(text: string): string[] {
  const lines = text.split('\n');
  return phrases.flatMap(({ pattern }) =>
    lines.filter((line) => pattern.test(line)).map((line) => `${pattern.exec(line)![0]}: ${line.trim()}`),
  );
}
