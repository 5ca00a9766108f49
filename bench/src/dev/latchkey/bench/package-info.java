/**
 * The load benchmark: starts the real jar, does the product's whole job many times, checks that it was done, and
 * compares the speed with yardsticks taken in the same run. Start with {@link dev.latchkey.bench.LoadBenchmark};
 * {@code bench/README.md} tells how to run it and what is measured. Runs from source with the product's jar on the class
 * path, for the SQLite driver and the mail library alone.
 */
package dev.latchkey.bench;
