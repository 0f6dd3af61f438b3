package dev.hearth.boot.autoconfigure;

import java.util.List;

/** There are several clients, and nothing says which of them is the cache's. */
final class AmbiguousRedissonClientException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final List<String> beans;

    AmbiguousRedissonClientException(List<String> beans) {
        super("There are " + beans.size() + " beans of type RedissonClient, none of them primary: " + beans);
        this.beans = List.copyOf(beans);
    }

    List<String> beans() {
        return beans;
    }
}
