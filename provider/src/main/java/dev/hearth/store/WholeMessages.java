package dev.hearth.store;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.redisson.client.NettyHook;
import org.redisson.client.handler.CommandPubSubDecoder;
import org.redisson.config.Config;

/** Hands what comes on a subscription over to Redisson in whole replies, one at a time. For one connection. */
final class WholeMessages extends ByteToMessageDecoder {
    /* Redisson 4.7 loses messages of a subscription that lives on. Where the reply to one of its pings, a whole message and the
     * beginning of another are read in one piece, it has not noted yet that the ping is over when it comes back for the rest,
     * and takes the other message for a second reply, which it passes over (CommandDecoder, "isExecuted"). Nothing of the
     * kind happens to a reply that comes alone. What is lost all the same, by a client that is not ours for example, shows by
     * the numbers of the messages (see common.lua). */
    private static final int UNFINISHED = -1;
    private static final int LINE_END = 2;

    /** Has this done to all subscriptions of the client that is made of the configuration, beside what its own hook does. */
    static void install(Config config) {
        config.setNettyHook(new Hook(config.getNettyHook()));
    }

    private record Hook(NettyHook applications) implements NettyHook {
        @Override
        public void afterBoostrapInitialization(Bootstrap bootstrap) {
            applications.afterBoostrapInitialization(bootstrap);
        }

        @Override
        public void afterChannelInitialization(Channel channel) {
            applications.afterChannelInitialization(channel);
            ChannelPipeline pipeline = channel.pipeline();
            ChannelHandlerContext decoder = pipeline.context(CommandPubSubDecoder.class);
            if (decoder != null) {
                pipeline.addBefore(decoder.name(), "hearth-whole-messages", new WholeMessages());
            }
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        int end = end(in);
        if (end != UNFINISHED) {
            out.add(in.readRetainedSlice(end - in.readerIndex()));
        }
    }

    /** Where the reply ends that begins with what can be read; {@link #UNFINISHED} if that has not come yet. */
    private static int end(ByteBuf in) {
        int at = in.readerIndex();
        // Replies may hold others, each of which counts among those that are still to come.
        for (long left = 1; left > 0; left--) {
            int line = at < in.writerIndex() ? in.indexOf(at, in.writerIndex(), (byte) '\n') : UNFINISHED;
            if (line < 0) {
                return UNFINISHED;
            }
            switch (in.getByte(at)) {
                case '$', '=', '!' -> {
                    long length = number(in, at + 1);
                    long end = line + 1 + (length < 0 ? 0 : length + LINE_END);
                    if (end > in.writerIndex()) {
                        return UNFINISHED;
                    }
                    at = (int) end;
                }
                case '*', '>', '~' -> {
                    left += Math.max(0, number(in, at + 1));
                    at = line + 1;
                }
                case '%' -> {
                    left += 2 * Math.max(0, number(in, at + 1));
                    at = line + 1;
                }
                case '|' -> {
                    // Attributes stand in front of a reply.
                    left += 2 * Math.max(0, number(in, at + 1)) + 1;
                    at = line + 1;
                }
                default -> at = line + 1;
            }
        }
        return at;
    }

    private static long number(ByteBuf in, int from) {
        boolean negative = in.getByte(from) == '-';
        long number = 0;
        for (int at = negative ? from + 1 : from; Character.isDigit(in.getByte(at)); at++) {
            number = number * 10 + Character.digit(in.getByte(at), 10);
        }
        return negative ? -number : number;
    }
}
