package dev.hearth.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.redisson.api.RBatch;
import org.redisson.api.RFuture;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisNoScriptException;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.Codec;
import org.redisson.client.codec.StringCodec;
import org.redisson.codec.CompositeCodec;

/** Sends commands to Redis through the circuit, and waits for them where somebody must. Safe for concurrent use. */
final class Commands {
    private static final Codec FIELDS = new CompositeCodec(StringCodec.INSTANCE, ByteArrayCodec.INSTANCE);

    /* So many answers within a timeout show that Redis is there, and has much to do. */
    private static final int PROGRESS = 64;

    private final RedissonClient client;
    private final ManyValues together;
    private final Circuit circuit;
    private final Duration timeout;
    private final LongConsumer time;
    private final List<Script.Loaded> scripts;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final CombinedReads reads;
    private final LongSupplier nanoTime;

    /**
     * @param cluster whether keys may lie on different servers
     * @param time takes Redis's time, where a script tells it
     * @param nanoTime this machine's clock
     * @param combined hears how many reads travel in one command
     */
    Commands(
            RedissonClient client,
            boolean cluster,
            Circuit circuit,
            Duration timeout,
            UnaryOperator<String> scriptChange,
            LongConsumer time,
            LongSupplier nanoTime,
            IntConsumer combined) {
        this.client = client;
        this.together = ManyValues.together(client);
        ManyValues apart = ManyValues.apart(client);
        this.circuit = circuit;
        this.timeout = timeout;
        this.time = time;
        this.nanoTime = nanoTime;
        this.reads = new CombinedReads(
                cluster, keys -> mget(together, keys), keys -> mget(apart, keys), this::ask, nanoTime, combined);
        this.scripts = Stream.of(Script.values())
                .map(script -> script.load(cluster ? text -> Script.onCluster(scriptChange.apply(text)) : scriptChange))
                .toList();
    }

    /** Passes on Redis's time, in microseconds, as a script has answered it. */
    void told(long micros) {
        time.accept(micros);
    }

    /** This machine's clock. */
    long nanoTime() {
        return nanoTime.getAsLong();
    }

    int inFlight() {
        return inFlight.get();
    }

    boolean available() {
        return circuit.permits();
    }

    /** The values under these keys, and perhaps under others: concurrent reads travel together. */
    CompletableFuture<Map<String, byte[]>> values(Collection<String> keys) {
        return circuit.permits() ? reads.values(keys) : refused();
    }

    /** An entry with its record, and fields of a hash; either may come with others. */
    record EntryAndFields(Map<String, byte[]> values, Map<String, byte[]> fields) {}

    /** An entry with its record, and fields of a hash, asked for at once: concurrent questions travel together. */
    CompletableFuture<EntryAndFields> entryAndFields(EntryAddress at, String hash, Collection<String> fields) {
        /* Redis may read the entry and the fields in either order, and something may happen in between. Both are read after
         * the question was put, and whether a result with this stamp is valid depends on the tables alone: if no change of
         * them is pending, or as late as the stamp, then every change until that moment was committed before the result's
         * session looked, and what it saw is the state at that moment or a later one. */
        return circuit.permits() ? reads.question(new Question(at, hash, fields)) : refused();
    }

    /** What somebody wants to know of an entry and a hash. */
    record Question(EntryAddress at, String hash, Collection<String> fields) {}

    private static <T> CompletableFuture<T> refused() {
        return CompletableFuture.failedFuture(new CircuitOpenException());
    }

    /* What has gathered leaves later than it was asked for, so the circuit is asked again. */
    private CompletableFuture<Map<String, byte[]>> mget(ManyValues way, Collection<String> keys) {
        return circuit.permits() ? watched(way.read(keys)) : refused();
    }

    /* One pipeline is cheaper than two commands, and they than a pipeline of many. */
    private CompletableFuture<EntryAndFields> ask(Collection<Question> questions) {
        return questions.size() == 1 ? askOne(questions.iterator().next()) : askMany(questions);
    }

    private CompletableFuture<EntryAndFields> askOne(Question question) {
        if (!circuit.permits()) {
            return refused();
        }
        EntryAddress at = question.at();
        RBatch batch = client.createBatch();
        RFuture<byte[]> entry =
                batch.<byte[]>getBucket(at.entry(), ByteArrayCodec.INSTANCE).getAsync();
        RFuture<byte[]> record =
                batch.<byte[]>getBucket(at.record(), ByteArrayCodec.INSTANCE).getAsync();
        RFuture<Map<String, byte[]>> fields =
                batch.<String, byte[]>getMap(question.hash(), FIELDS).getAllAsync(Set.copyOf(question.fields()));
        return watched(batch.executeAsync().toCompletableFuture().thenApply(done -> {
            Map<String, byte[]> values = new HashMap<>(4);
            values.put(at.entry(), entry.toCompletableFuture().join());
            values.put(at.record(), record.toCompletableFuture().join());
            return new EntryAndFields(values, fields.toCompletableFuture().join());
        }));
    }

    /** Questions of one hash, in two commands at once. */
    private CompletableFuture<EntryAndFields> askMany(Collection<Question> questions) {
        Set<String> keys = new HashSet<>();
        Set<String> fields = new HashSet<>();
        for (Question question : questions) {
            keys.add(question.at().entry());
            keys.add(question.at().record());
            fields.addAll(question.fields());
        }
        String hash = questions.iterator().next().hash();
        CompletableFuture<Map<String, byte[]>> values = mget(together, keys);
        return values.thenCombine(hmget(hash, fields), EntryAndFields::new);
    }

    private CompletableFuture<Map<String, byte[]>> hmget(String hash, Set<String> fields) {
        return circuit.permits()
                ? watched(client.<String, byte[]>getMap(hash, FIELDS)
                        .getAllAsync(fields)
                        .toCompletableFuture())
                : refused();
    }

    /** Fields of a hash. */
    CompletableFuture<Map<String, byte[]>> fields(String hash, Collection<String> names) {
        return hmget(hash, Set.copyOf(names));
    }

    /** Runs a script on keys of one slot. */
    CompletableFuture<Long> run(Script script, List<Object> keys, Object... arguments) {
        return circuit.permits() ? runNow(script, keys, arguments) : refused();
    }

    /** Runs a script even though the circuit is open: for those who find out whether it can be closed. */
    CompletableFuture<Long> runNow(Script script, List<Object> keys, Object... arguments) {
        return evaluate(script, RScript.ReturnType.LONG, keys, arguments);
    }

    /** Runs a script that answers with text. */
    CompletableFuture<String> ask(Script script, List<Object> keys, Object... arguments) {
        if (!circuit.permits()) {
            return refused();
        }
        return this.<byte[]>evaluate(script, RScript.ReturnType.VALUE, keys, arguments)
                .thenApply(text -> new String(text, StandardCharsets.UTF_8));
    }

    private <T> CompletableFuture<T> evaluate(
            Script script, RScript.ReturnType type, List<Object> keys, Object... arguments) {
        Script.Loaded loaded = scripts.get(script.ordinal());
        Object[] encoded = encode(arguments);
        String slot = (String) keys.get(0);
        RScript evaluator = client.getScript(ByteArrayCodec.INSTANCE);
        CompletableFuture<T> first = evaluator
                .<T>evalShaAsync(slot, RScript.Mode.READ_WRITE, loaded.sha(), type, keys, encoded)
                .toCompletableFuture();
        return watched(first.exceptionallyCompose(failure -> {
            if (unwrap(failure) instanceof RedisNoScriptException) {
                return evaluator
                        .<T>evalAsync(slot, RScript.Mode.READ_WRITE, loaded.text(), type, keys, encoded)
                        .toCompletableFuture();
            }
            return CompletableFuture.failedFuture(failure);
        }));
    }

    /* Under way is also what the answer leads to at once: whoever waits until nothing is, before it closes the connection, would
     * cut off the next command of a chain otherwise. */
    private <T> CompletableFuture<T> watched(CompletableFuture<T> future) {
        long ticket = circuit.ticket();
        inFlight.incrementAndGet();
        CompletableFuture<T> answer = new CompletableFuture<>();
        var unused = future.whenComplete((result, failure) -> {
                    if (failure != null) {
                        circuit.failed(ticket, unwrap(failure));
                    }
                })
                .whenComplete((result, failure) -> {
                    if (failure == null) {
                        answer.complete(result);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                    inFlight.decrementAndGet();
                });
        return answer;
    }

    /**
     * Waits for an answer, one command timeout at the most.
     *
     * @throws RedisUnavailableException if there is none; the circuit is told
     */
    <T> T await(CompletableFuture<T> future) {
        return await(future, () -> 0);
    }

    /**
     * Waits for all of these, for as long as a good number of them is answered within every command timeout.
     *
     * @throws RedisUnavailableException if there is no answer to one of them; the circuit is told where Redis was silent
     */
    void awaitAll(Collection<? extends CompletableFuture<?>> futures) {
        await(CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)), () -> answered(futures));
    }

    private <T> T await(CompletableFuture<T> whole, LongSupplier answered) {
        long before = answered.getAsLong();
        while (true) {
            long ticket = circuit.ticket();
            try {
                return whole.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                throw new RedisUnavailableException(unwrap(e));
            } catch (TimeoutException e) {
                long now = answered.getAsLong();
                if (now - before < PROGRESS) {
                    circuit.failed(ticket, e);
                    throw new RedisUnavailableException(e);
                }
                before = now;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RedisUnavailableException(e);
            }
        }
    }

    private static long answered(Collection<? extends CompletableFuture<?>> futures) {
        return futures.stream().filter(CompletableFuture::isDone).count();
    }

    private static Object[] encode(Object[] arguments) {
        Object[] encoded = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            encoded[i] = arguments[i] instanceof byte[]
                    ? arguments[i]
                    : String.valueOf(arguments[i]).getBytes(StandardCharsets.UTF_8);
        }
        return encoded;
    }

    static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
