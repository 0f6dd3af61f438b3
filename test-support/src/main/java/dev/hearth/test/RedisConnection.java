package dev.hearth.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plain connection to a Redis server, so that a test sees what lies there without the client under test. Not safe
 * for concurrent use. Every I/O failure, an unanswered command after 10 seconds included, is an
 * {@link UncheckedIOException}.
 */
public final class RedisConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final RespBuffer answers = new RespBuffer();
    private final byte[] chunk = new byte[8192];

    private RedisConnection(Socket socket) {
        this.socket = socket;
    }

    static RedisConnection open(RedisEndpoint endpoint) {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), TIMEOUT_MILLIS);
        } catch (IOException e) {
            throw closing(socket, e);
        }
        RedisConnection connection = new RedisConnection(socket);
        String credentials = URI.create(endpoint.url()).getUserInfo();
        if (credentials != null) {
            connection.authenticate(credentials);
        }
        return connection;
    }

    private void authenticate(String credentials) {
        int colon = credentials.indexOf(':');
        String user = colon < 1 ? "default" : credentials.substring(0, colon);
        call("AUTH", user, credentials.substring(colon + 1));
    }

    /**
     * Sends one command and waits for its answer.
     *
     * @param words the command and its arguments: {@code byte[]} as they are, anything else as its text in UTF-8
     * @return a {@code String} for a status, {@code byte[]} for a bulk, {@code Long}, a {@code List} of these, or null
     * @throws IllegalStateException if Redis answers with an error
     */
    public @Nullable Object call(Object... words) {
        return callAll(List.<Object[]>of(words)).get(0);
    }

    /** As {@link #call} for many commands that are sent together; after an error, the connection is of no more use. */
    public List<@Nullable Object> callAll(List<Object[]> commands) {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        commands.forEach(words -> sent.writeBytes(encode(words)));
        List<@Nullable Object> received = new ArrayList<>(commands.size());
        try {
            socket.getOutputStream().write(sent.toByteArray());
            for (int i = 0; i < commands.size(); i++) {
                received.add(plain(answer()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return received;
    }

    private Object answer() throws IOException {
        Object answer = answers.poll();
        while (answer == RespBuffer.INCOMPLETE || answer instanceof RespBuffer.Push) {
            int length = socket.getInputStream().read(chunk);
            if (length < 0) {
                throw new EOFException("Redis closed the connection");
            }
            answers.append(chunk, length);
            answer = answers.poll();
        }
        return answer;
    }

    /** As {@link #call}, with a bulk answer read as UTF-8 and any other as its text. */
    public @Nullable String text(Object... words) {
        Object answer = call(words);
        return answer instanceof byte[] bulk ? new String(bulk, UTF_8) : answer == null ? null : answer.toString();
    }

    /** As {@link #call}, for a command that answers a number. */
    public long number(Object... words) {
        Object answer = call(words);
        if (answer instanceof Long number) {
            return number;
        }
        throw new IllegalStateException(words[0] + " did not answer a number, but " + answer);
    }

    /** The keys that match a glob pattern, in no order. */
    public List<String> keys(String pattern) {
        if (call("KEYS", pattern) instanceof List<?> keys) {
            return keys.stream().map(key -> new String((byte[]) key, UTF_8)).toList();
        }
        throw new IllegalStateException("KEYS did not answer a list");
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] encode(Object... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("*" + words.length + "\r\n").getBytes(UTF_8));
        for (Object word : words) {
            byte[] bytes = word instanceof byte[] raw ? raw : word.toString().getBytes(UTF_8);
            out.writeBytes(("$" + bytes.length + "\r\n").getBytes(UTF_8));
            out.writeBytes(bytes);
            out.writeBytes(new byte[] {'\r', '\n'});
        }
        return out.toByteArray();
    }

    private static @Nullable Object plain(Object answer) {
        if (answer instanceof RespBuffer.Failure failure) {
            throw new IllegalStateException(failure.message());
        }
        if (answer instanceof List<?> items) {
            List<@Nullable Object> plain = new ArrayList<>(items.size());
            for (Object item : items) {
                plain.add(plain(item));
            }
            return plain;
        }
        return answer == RespBuffer.NIL ? null : answer;
    }

    private static UncheckedIOException closing(Socket socket, IOException failure) {
        try {
            socket.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return new UncheckedIOException(failure);
    }
}
