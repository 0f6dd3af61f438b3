package dev.hearth.encoding;

import com.esotericsoftware.kryo.util.Pool;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The engines of one session factory that nobody uses at the moment. Safe for concurrent use. */
final class Engines {
    /* A thread that decodes many entries one after the other gets the same engine every time, without the pool's locks. */
    private final AtomicReference<@Nullable ValueEngine> last = new AtomicReference<>();

    /* As many as threads can work at once; a thread that finds none makes another, which is dropped afterwards. */
    private final Pool<ValueEngine> others =
            new Pool<>(true, false, 2 * Runtime.getRuntime().availableProcessors()) {
                @Override
                protected ValueEngine create() {
                    return new ValueEngine();
                }
            };

    ValueEngine obtain() {
        ValueEngine engine = last.getAndSet(null);
        return engine == null ? others.obtain() : engine;
    }

    /** Takes an engine back, whatever became of what it was used for. */
    void free(ValueEngine engine) {
        engine.release();
        if (!last.compareAndSet(null, engine)) {
            others.free(engine);
        }
    }
}
