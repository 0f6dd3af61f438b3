package dev.hearth.near;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.test.RedisEndpoint;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A subscription to one channel, from which a test takes messages when it wants to. Not safe for concurrent use. */
public final class RawSubscription implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    public RawSubscription(RedisEndpoint redis, String channel) {
        try {
            socket = new Socket(redis.host(), redis.port());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
            send("SUBSCRIBE", channel);
            answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was published since the last call, in order and without the numbers that stand in front. */
    public List<String> heard() {
        return heardAsPublished().stream()
                .map(message -> message.substring(message.indexOf(' ') + 1))
                .toList();
    }

    /** What was published since the last call, in order: the server answers behind every message that it has sent. */
    public List<String> heardAsPublished() {
        List<String> heard = new ArrayList<>();
        try {
            send("PING");
            List<String> answer = answer();
            while (answer.get(0).equals("message")) {
                heard.add(answer.get(2));
                answer = answer();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return heard;
    }

    private void send(String... words) throws IOException {
        StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            command.append('$')
                    .append(word.length())
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
        socket.getOutputStream().write(command.toString().getBytes(UTF_8));
    }

    private List<String> answer() throws IOException {
        int items = Integer.parseInt(line().substring(1));
        List<String> answer = new ArrayList<>(items);
        for (int i = 0; i < items; i++) {
            String line = line();
            answer.add(line.startsWith("$") ? bulk(Integer.parseInt(line.substring(1))) : line.substring(1));
        }
        return answer;
    }

    private String bulk(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        line();
        return new String(bytes, UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("Redis closed the subscription");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
