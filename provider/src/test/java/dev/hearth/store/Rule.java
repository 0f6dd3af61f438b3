package dev.hearth.store;

import static dev.hearth.store.Actor.Kind.BULK;
import static dev.hearth.store.Actor.Kind.EVICT;
import static dev.hearth.store.Actor.Kind.OUTSIDE_EVICT;
import static dev.hearth.store.Actor.Kind.OUTSIDE_REGION_EVICT;
import static dev.hearth.store.Actor.Kind.READER;
import static dev.hearth.store.Actor.Kind.READER_FROM_THE_FUTURE;
import static dev.hearth.store.Actor.Kind.WRITER;
import static dev.hearth.store.Scene.Fault.FAILOVER;
import static dev.hearth.store.Scene.Fault.LOST_FENCES;
import static dev.hearth.store.Scene.Fault.REPEATED_LOCK;
import static dev.hearth.store.Scene.Fault.RESTORED;
import static dev.hearth.store.Scene.Fault.STALLS;
import static dev.hearth.store.Scene.Fault.STANDING_CLOCK;
import static dev.hearth.store.Scene.Slip.READS_IGNORE_BULK_LOCKS;

import java.util.List;

/**
 * The rules that the scripts keep, each with the edit of their texts that knocks it out and a scene that shows the harm.
 * Where several lines keep one rule, so that each alone can go without harm, all of them go.
 */
enum Rule {
    LOADS_FROM_BEFORE_THE_FENCE_ARE_REFUSED(
            Scene.of(READER, WRITER), "if stamp <= fence(fences, hash, t, r.stripes) then return 8 end", ""),
    LOADS_FROM_BEFORE_THE_GENERATION_ARE_REFUSED(
            Scene.of(READER, BULK), "if stamp <= r.generation then return nil, 5 end", ""),
    LOADS_ARE_REFUSED_UNDER_A_LOCK(Scene.of(READER, WRITER), "if #e.holds > 0 then return 7 end", ""),
    /* Either nothing enters under a bulk lock, or nothing is read under it. */
    LOADS_ARE_REFUSED_UNDER_A_BULK_LOCK(
            Scene.of(READER, BULK).with(READS_IGNORE_BULK_LOCKS), "if #r.locks > 0 then return nil, 6 end", ""),
    LOADS_FROM_BEYOND_THE_HORIZON_ARE_REFUSED(
            Scene.of(READER, WRITER), "if stamp < t - horizon then return nil, 4 end", ""),
    STAMPS_AHEAD_OF_TIME_ARE_REFUSED(
            Scene.of(READER_FROM_THE_FUTURE, WRITER), "if stamp > t then return nil, 3 end", ""),
    STAMPS_OF_ANOTHER_SERVER_ARE_REFUSED(
            Scene.of(READER, WRITER).with(FAILOVER), "if r.identity ~= identity then return nil, 2 end", ""),

    A_LOCK_TAKES_THE_PLACE_OF_THE_VALUE(
            Scene.of(READER, WRITER), "write_lock(KEYS[1], e, t, tonumber(ARGV[4]))\nif KEYS[4]", "if KEYS[4]"),
    A_LAPSED_HOLD_IS_A_FENCE(Scene.of(READER, WRITER), "if lapsed == 0 then return end", "if true then return end"),
    A_LOCK_OUTLIVES_ITS_HOLDS_BY_THE_HORIZON(Scene.of(READER, WRITER), "(last - t + horizon)", "(last - t)"),

    A_RELEASE_ADVANCES_THE_FENCE(Scene.of(READER, WRITER), "advance(KEYS[3], hash, t)\nif outcome", "if outcome"),
    A_RELEASE_OF_A_LOST_HOLD_REMOVES_WHAT_STANDS(
            Scene.of(READER, WRITER).with(STALLS),
            "else\n  redis.call('DEL', KEYS[1])\n  outcome = 3\nend",
            "else\n  return 3\nend"),
    A_RELEASE_OF_A_LOST_HOLD_MAKES_THE_OTHERS_CONCURRENT(
            Scene.of(WRITER, WRITER).with(STALLS),
            "  if #rest > 0 then\n    e.concurrent = true",
            "  if #rest > 0 then\n    e.concurrent = e.concurrent or mine"),
    CONCURRENT_WRITERS_DO_NOT_PUBLISH(Scene.of(WRITER, WRITER), "if e.concurrent then outcome = 2\n      elseif", "if"),
    WHOEVER_HELD_TOO_IS_REMEMBERED(
            Scene.of(WRITER, WRITER),
            new Edits.Edit("elseif #others > 0 and not mine then\n  e.concurrent = true\n", ""),
            new Edits.Edit("  if #rest > 0 then\n    e.concurrent = true", "  if #rest > 0 then"),
            new Edits.Edit("concurrent == '1' or (lapsed > 0 and #live > 0)", "concurrent == '1'")),
    A_RELEASE_KNOWS_ITS_LOCK(
            Scene.of(WRITER, WRITER).with(STALLS, REPEATED_LOCK),
            "elseif e.first ~= tonumber(ARGV[5]) then outcome = 3\n",
            ""),
    THE_STAMPS_OF_LOCKS_DIFFER(
            Scene.of(WRITER, WRITER).with(STALLS, REPEATED_LOCK, STANDING_CLOCK),
            "local stamp = advance(KEYS[3], hash, t)",
            "local stamp = t"),
    A_RELEASE_PUBLISHES_IN_THE_GENERATION_OF_ITS_LOCK(Scene.of(WRITER, BULK), " or r.generation ~= e.generation", ""),
    A_LOCK_TAKEN_UNDER_A_BULK_LOCK_HAS_NO_GENERATION(
            Scene.of(READER, WRITER, BULK).with(STANDING_CLOCK),
            "r and #r.locks == 0 and r.generation or 0",
            "r and r.generation or 0"),

    A_BULK_LOCK_BEGINS_A_GENERATION(
            Scene.of(READER, BULK).with(READS_IGNORE_BULK_LOCKS),
            "t + tonumber(ARGV[5]), t)\nr.generation = math.max(t, r.generation + 1)",
            "t + tonumber(ARGV[5]), t)"),
    A_BULK_UNLOCK_BEGINS_A_GENERATION(
            Scene.of(READER, BULK),
            "r.locks = without(r.locks, ARGV[4], t)\nr.generation = math.max(t, r.generation + 1)",
            "r.locks = without(r.locks, ARGV[4], t)"),
    A_LAPSED_BULK_LOCK_IS_A_GENERATION(Scene.of(READER, BULK), "r.generation = math.max(r.generation, lapsed)", ""),
    A_REGION_EVICTION_BEGINS_A_GENERATION(
            Scene.of(READER, OUTSIDE_REGION_EVICT),
            "tonumber(ARGV[3]))\nr.generation = math.max(t, r.generation + 1)",
            "tonumber(ARGV[3]))"),

    AN_EVICTION_LEAVES_THE_LOCK(Scene.of(READER, WRITER, EVICT), "if locked then", "if false then"),
    AN_EVICTION_MAKES_HOLDERS_CONCURRENT(
            Scene.of(WRITER, OUTSIDE_EVICT), "if locked then\n  e.concurrent = true", "if locked then"),
    AN_EVICTION_ADVANCES_THE_FENCE(
            Scene.of(READER, OUTSIDE_EVICT),
            "advance(KEYS[3], hash, t)\ntell('E', KEYS[1], nil, KEYS[1])\nreturn locked",
            "return locked"),

    A_REGION_BEGUN_ANEW_IS_ANOTHER_GENERATION(
            Scene.of(READER, WRITER).with(LOST_FENCES),
            "r.identity = identity\n  r.generation = math.max(t, r.generation + 1)",
            "r.identity = identity"),
    A_REGION_OF_ANOTHER_SERVER_IS_BEGUN_ANEW(
            Scene.of(READER, WRITER).with(RESTORED),
            "if r and fenced and r.identity == identity then return r, r.folded end",
            "if r and fenced then r.identity = identity; return r, true end"),
    A_REGION_WITHOUT_FENCES_TAKES_NOTHING(
            Scene.of(READER, WRITER).with(LOST_FENCES),
            "if stripes_of(fences) == 0 then return nil end",
            "if stripes_of(fences) == 0 then redis.call('SETRANGE', fences, 255, '\\0') end"),
    LOST_FENCES_LEAVE_BULK_LOCKS_IN_FORCE(
            Scene.of(READER, BULK).with(LOST_FENCES),
            "r = r or { generation = 0",
            "r = fenced and r or { generation = r and r.generation or 0");

    private final Scene scene;
    private final List<Edits.Edit> edits;

    Rule(Scene scene, String from, String to) {
        this(scene, new Edits.Edit(from, to));
    }

    Rule(Scene scene, Edits.Edit... edits) {
        this.scene = scene;
        this.edits = List.of(edits);
    }

    /** Where knocking the rule out does harm. */
    Scene scene() {
        return scene;
    }

    Edits knockedOut() {
        return new Edits(this, edits);
    }
}
