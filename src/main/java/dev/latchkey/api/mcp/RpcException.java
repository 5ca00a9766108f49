package dev.latchkey.api.mcp;

import org.jspecify.annotations.Nullable;

/** A call that cannot be read as one of the protocol; thrown only while parsing. */
final class RpcException extends RuntimeException {
    private final transient RpcError error;
    private final transient @Nullable Object id;

    RpcException(RpcError error) {
        this(error, null);
    }

    private RpcException(RpcError error, @Nullable Object id) {
        super(error.message(), null, false, false);
        this.error = error;
        this.id = id;
    }

    /** The same about a message whose id could be read. */
    RpcException answering(@Nullable Object id) {
        return new RpcException(error, id);
    }

    RpcError error() {
        return error;
    }

    /** Of the message that is wrong; absent where it could not be read. */
    @Nullable
    Object id() {
        return id;
    }
}
