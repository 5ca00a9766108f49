package dev.latchkey.api.mcp;

/** A call that cannot be read as one of the protocol; thrown only while parsing. */
final class RpcException extends RuntimeException {
    private final transient RpcError error;

    RpcException(RpcError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    RpcError error() {
        return error;
    }
}
