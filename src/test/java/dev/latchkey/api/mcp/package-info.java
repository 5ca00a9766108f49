/** The Model Context Protocol, as clients of each era speak it. */
@NullMarked
package dev.latchkey.api.mcp;

import org.jspecify.annotations.NullMarked;
