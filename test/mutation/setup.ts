import * as fc from 'fast-check';

// A mutant is killed by the first counterexample; shrinking it would take longer than the rest of the run.
fc.configureGlobal({ endOnFailure: true });
