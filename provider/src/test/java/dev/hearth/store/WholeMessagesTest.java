package dev.hearth.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replies as Redis writes them, in both versions of its protocol, cut anywhere. */
final class WholeMessagesTest {
    private static final List<String> REPLIES = List.of(
            "*3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$5\r\nhello\r\n",
            "*2\r\n$4\r\npong\r\n$0\r\n\r\n",
            "+OK\r\n",
            "-ERR no such thing\r\n",
            ":17\r\n",
            "$-1\r\n",
            "*-1\r\n",
            "*0\r\n",
            "*3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n",
            "$9\r\n*2\r\n$1\r\n\r\r\n",
            ">3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$7\r\nGr\u00f6\u00dfe\r\n",
            "%2\r\n+first\r\n:1\r\n+second\r\n*2\r\n#t\r\n_\r\n",
            "~2\r\n,1.5\r\n(12345678901234567890\r\n",
            "=7\r\ntxt:abc\r\n",
            "!5\r\nERR x\r\n",
            "|1\r\n+ttl\r\n:3600\r\n$5\r\nvalue\r\n");

    @Test
    void eachReplyComesAloneWhereverTheirBytesAreCut() {
        byte[] all = String.join("", REPLIES).getBytes(UTF_8);
        for (int size = 1; size <= all.length; size++) {
            assertThat(read(all, size)).as("in pieces of %d bytes", size).isEqualTo(REPLIES);
        }
    }

    private static List<String> read(byte[] all, int size) {
        EmbeddedChannel channel = new EmbeddedChannel(new WholeMessages());
        for (int from = 0; from < all.length; from += size) {
            channel.writeInbound(Unpooled.copiedBuffer(all, from, Math.min(size, all.length - from)));
        }
        List<String> replies = new ArrayList<>();
        for (ByteBuf reply = channel.readInbound(); reply != null; reply = channel.readInbound()) {
            replies.add(reply.toString(UTF_8));
            reply.release();
        }
        channel.finishAndReleaseAll();
        return replies;
    }
}
