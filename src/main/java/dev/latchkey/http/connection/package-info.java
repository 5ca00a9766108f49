/**
 * What one connection may cost the others: how long its caller may take, how far ahead it may ask, how many there may be
 * ({@link dev.latchkey.http.connection.Connections}), and what every answer carries. It works below the framework, on
 * Netty's channels; start with {@link dev.latchkey.http.connection.ConnectionSetUp}. What a request asks for is none of
 * its business.
 */
@NullMarked
package dev.latchkey.http.connection;

import org.jspecify.annotations.NullMarked;
