package dev.hearth.store;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.redisson.Redisson;
import org.redisson.api.RBuckets;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.handler.State;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.client.protocol.decoder.MultiDecoder;
import org.redisson.command.CommandAsyncExecutor;
import org.redisson.config.NameMapper;

/** The values under many keys, in one command to each server. Safe for concurrent use. */
interface ManyValues {
    /** The values that there are. */
    CompletableFuture<Map<String, byte[]>> read(Collection<String> keys);

    /** How a client reads them where one command can: from a single server, or from one slot of a Cluster. */
    static ManyValues together(RedissonClient client) {
        return client instanceof Redisson redisson ? new OneCommand(redisson.getCommandExecutor()) : apart(client);
    }

    /** How a client reads them wherever each of them lies. */
    static ManyValues apart(RedissonClient client) {
        return new OfRedisson(client.getBuckets(ByteArrayCodec.INSTANCE));
    }

    /** By what Redisson has for it, which knows where each key lies. */
    record OfRedisson(RBuckets buckets) implements ManyValues {
        @Override
        public CompletableFuture<Map<String, byte[]>> read(Collection<String> keys) {
            return buckets.<byte[]>getAsync(keys.toArray(String[]::new)).toCompletableFuture();
        }
    }

    /**
     * By a command of our own. Redisson's encodes every key into a buffer of its own, and makes three maps of the answer: a
     * quarter of the time of 500 values from a server nearby. On a Cluster it looks for the slot of each of them besides.
     */
    record OneCommand(CommandAsyncExecutor executor) implements ManyValues {
        private static final String MGET = "MGET";

        @Override
        public CompletableFuture<Map<String, byte[]>> read(Collection<String> keys) {
            String[] names = keys.toArray(String[]::new);
            NameMapper mapper = executor.getServiceManager().getNameMapper();
            Object[] encoded = new Object[names.length];
            for (int i = 0; i < names.length; i++) {
                encoded[i] = mapper.map(names[i]).getBytes(StandardCharsets.UTF_8);
            }
            return executor.<Map<String, byte[]>, Map<String, byte[]>>readAsync(
                            mapper.map(names[0]),
                            ByteArrayCodec.INSTANCE,
                            new RedisCommand<>(MGET, new ByName(names)),
                            encoded)
                    .toCompletableFuture();
        }
    }

    /** The values of an answer, which come in the order of the keys. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record ByName(String[] names) implements MultiDecoder<Map<String, byte[]>> {
        @Override
        public Map<String, byte[]> decode(List<Object> values, State state) {
            Map<String, byte[]> found = new HashMap<>(2 * names.length);
            for (int i = 0; i < names.length; i++) {
                if (values.get(i) instanceof byte[] value) {
                    found.put(names[i], value);
                }
            }
            return found;
        }
    }
}
