import * as fc from 'fast-check';

// A mutant is dead at the first counterexample; looking for the smallest takes longer than the rest of the run.
fc.configureGlobal({ endOnFailure: true });
