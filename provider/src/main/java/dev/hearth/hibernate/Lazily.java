package dev.hearth.hibernate;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is made when it is first asked for. Two threads may both make it; one is kept by chance. */
final class Lazily<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private volatile @Nullable T value;

    private Lazily(Supplier<T> maker) {
        this.maker = maker;
    }

    static <T> Supplier<T> once(Supplier<T> maker) {
        return new Lazily<>(maker);
    }

    @Override
    public T get() {
        T known = value;
        if (known == null) {
            known = value = maker.get();
        }
        return known;
    }
}
