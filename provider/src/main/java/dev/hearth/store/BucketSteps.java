package dev.hearth.store;

import dev.hearth.config.RegionSettings;
import dev.hearth.statistics.PutRefusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The steps of a region that take many entries of one bucket in one command. Safe for concurrent use. */
final class BucketSteps {
    private static final int MOST_LOOKED_AT = 500;

    private final RegionSettings settings;
    private final Commands commands;

    BucketSteps(RegionSettings settings, Commands commands) {
        this.settings = settings;
        this.commands = commands;
    }

    /**
     * Publishes values of one bucket; answers an outcome for each.
     *
     * @param at at least one
     * @param bodies in the order of their addresses
     */
    CompletableFuture<List<PutOutcome>> put(List<EntryAddress> at, Stamp stamp, List<byte[]> bodies, PutMode mode) {
        List<Object> arguments = new ArrayList<>(List.of(
                stamp.micros(),
                stamp.identity(),
                settings.timeToLive().toMillis(),
                RegionStore.micros(settings.fenceHorizon()),
                mode.argument()));
        for (int i = 0; i < at.size(); i++) {
            arguments.add(Integer.toUnsignedLong(at.get(i).hash()));
            arguments.add(bodies.get(i));
        }
        EntryAddress first = at.get(0);
        return commands.ask(Script.PUT_MANY, keys(List.of(first.record(), first.fences()), at), arguments.toArray())
                .handle((digits, failure) -> IntStream.range(0, at.size())
                        .mapToObj(i -> failure == null
                                ? PutOutcome.of(digits.charAt(i) - '0')
                                : new PutOutcome(PutRefusal.UNAVAILABLE))
                        .toList());
    }

    /**
     * Those entries, of any bucket, that could be served now by a node that knows the server by this identity, and for half
     * of their time to live at least.
     */
    CompletableFuture<Set<EntryAddress>> present(Collection<EntryAddress> wanted, byte[] identity, byte[] mapping) {
        Map<Integer, List<EntryAddress>> byBucket = new HashMap<>();
        wanted.forEach(at ->
                byBucket.computeIfAbsent(at.bucket(), key -> new ArrayList<>()).add(at));
        List<CompletableFuture<List<EntryAddress>>> answers = byBucket.values().stream()
                .flatMap(BucketSteps::parts)
                .map(at -> look(at, identity, mapping))
                .toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    Set<EntryAddress> present = new HashSet<>();
                    answers.forEach(answer -> present.addAll(answer.join()));
                    return present;
                });
    }

    /* Redis does nothing else while it looks. */
    private static Stream<List<EntryAddress>> parts(List<EntryAddress> all) {
        return IntStream.iterate(0, from -> from < all.size(), from -> from + MOST_LOOKED_AT)
                .mapToObj(from -> all.subList(from, Math.min(all.size(), from + MOST_LOOKED_AT)));
    }

    private CompletableFuture<List<EntryAddress>> look(List<EntryAddress> at, byte[] identity, byte[] mapping) {
        return commands.ask(
                        Script.LOOK,
                        keys(List.of(at.get(0).record()), at),
                        identity,
                        mapping,
                        settings.timeToLive().toMillis() / 2)
                .thenApply(digits -> IntStream.range(0, at.size())
                        .filter(i -> digits.charAt(i) == '1')
                        .mapToObj(at::get)
                        .toList());
    }

    private static List<Object> keys(List<String> first, List<EntryAddress> at) {
        List<Object> keys = new ArrayList<>(first);
        at.forEach(entry -> keys.add(entry.entry()));
        return keys;
    }
}
