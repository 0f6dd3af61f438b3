package dev.hearth.test;

/**
 * Listens to what a {@link FaultProxy} passes on. Called from the proxy's threads: for one connection one call at a
 * time, each direction in order; for different connections concurrently. The bytes are valid only during the call.
 */
interface WireTap {
    /** The client has sent bytes; they have not reached the server yet. */
    void toServer(int connection, byte[] bytes, int length);

    /** Bytes from the server are about to be given to the client. */
    void toClient(int connection, byte[] bytes, int length);

    /** Nothing more comes from this connection. */
    void closed(int connection);
}
