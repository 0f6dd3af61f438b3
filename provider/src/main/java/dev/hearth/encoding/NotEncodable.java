package dev.hearth.encoding;

/** Thrown inside the encoder where a value turns out not to be encodable; leaves the package as an {@link EncodingException}. */
final class NotEncodable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotEncodable(String message) {
        super(message);
    }
}
