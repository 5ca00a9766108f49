/**
 * The product's whole stories on the real jar: in a browser, over IMAP, through crashes and on two nodes.
 *
 * <p>Start reading at {@code BrowserJourneyIT}. docs/testing.md says how to run them, also the long ones.
 */
@NullMarked
package dev.latchkey.journey;

import org.jspecify.annotations.NullMarked;
