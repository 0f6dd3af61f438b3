package dev.hearth.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says how to tell which of several clients is the cache's. */
final class AmbiguousRedissonClientFailureAnalyzer extends AbstractFailureAnalyzer<AmbiguousRedissonClientException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, AmbiguousRedissonClientException cause) {
        return new FailureAnalysis(
                "There are " + cause.beans().size() + " beans of type org.redisson.api.RedissonClient, "
                        + String.join(", ", cause.beans())
                        + ", and nothing says which of them Hearth's second-level cache is to use.",
                "Mark one of them as @Primary, or those that are not for the cache as"
                        + " @Bean(defaultCandidate = false). Or have Hearth make a client of its own: set hearth.redis.url,"
                        + " for example to redis://localhost:6379.",
                cause);
    }
}
