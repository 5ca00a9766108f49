/**
 * The one catalogue of everything that can go wrong at the edge ({@link dev.latchkey.api.problem.ProblemType}), and its
 * two forms: {@code application/problem+json} (RFC 9457) for programs, a page for browsers. Start with
 * {@link dev.latchkey.api.problem.Problems}. Errors of the framework end here too, so that no caller ever meets another
 * shape. It decides no rules of the product: those arrive as a {@link dev.latchkey.api.problem.Problem}.
 */
@NullMarked
package dev.latchkey.api.problem;

import org.jspecify.annotations.NullMarked;
