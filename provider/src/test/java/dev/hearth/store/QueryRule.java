package dev.hearth.store;

import static dev.hearth.store.QueryActor.Kind.OUTSIDE_CLEAR;
import static dev.hearth.store.QueryActor.Kind.OUTSIDE_REGION_EVICT;
import static dev.hearth.store.QueryActor.Kind.OUTSIDE_SETTLE;
import static dev.hearth.store.QueryActor.Kind.QUERY;
import static dev.hearth.store.QueryActor.Kind.QUERY_FROM_THE_FUTURE;
import static dev.hearth.store.QueryActor.Kind.WRITER;
import static dev.hearth.store.QueryScene.Fault.FAILOVER;
import static dev.hearth.store.QueryScene.Fault.LOST_TABLES;
import static dev.hearth.store.QueryScene.Fault.RESTORED;
import static dev.hearth.store.QueryScene.Slip.READS_RUN_AHEAD;

import java.util.List;

/**
 * The rules that the scripts of query results and tables keep, each with the edit of their texts that knocks it out and a
 * scene that shows the harm. Where several lines keep one rule, so that each alone can go without harm, all of them go.
 */
enum QueryRule {
    AN_ANNOUNCEMENT_IS_PENDING(QueryScene.of(QUERY, WRITER), "if expiry then rest = join(rest, id, expiry, t) end", ""),
    AN_ANNOUNCEMENT_NAMES_EVERY_TABLE(
            QueryScene.of(QUERY, WRITER).over(), "for i = first, #ARGV do mark", "for i = first, first do mark"),
    ANNOUNCEMENTS_OF_OTHERS_STAY_PENDING(
            QueryScene.of(QUERY, WRITER, WRITER),
            "local rest, found = without(announced or '', id, t)",
            "local rest, found = '', false"),
    A_SETTLE_ADVANCES_THE_STAMP(
            QueryScene.of(QUERY, WRITER),
            "digits(math.max(t, stamp + 1)) .. rest",
            "digits(expiry and math.max(t, stamp + 1) or stamp) .. rest"),
    A_SETTLE_NAMES_EVERY_TABLE(
            QueryScene.of(QUERY, OUTSIDE_SETTLE).over(),
            "for i = first, #ARGV do announced",
            "for i = first, first do announced"),
    A_SETTLE_OF_NO_TRANSACTION_ADVANCES_THE_STAMP(
            QueryScene.of(QUERY, OUTSIDE_SETTLE),
            "for i = first, #ARGV do announced",
            "for i = first, id == '' and 0 or #ARGV do announced"),
    STAMPS_ARE_THE_SERVERS_TIME(
            QueryScene.of(QUERY, WRITER),
            "mark(tables, ARGV[i], t, id) and",
            "mark(tables, ARGV[i], t - 3000000000, id) and"),
    LOST_TABLES_ARE_OLDER_THAN_NOTHING(
            QueryScene.of(QUERY, WRITER).with(LOST_TABLES),
            "  stamp = math.max(t, stamp + 1)\n  redis.call('HSET', tables, '#'",
            "  stamp = stamp + 1\n  redis.call('HSET', tables, '#'"),
    TABLES_BEGUN_ANEW_KEEP_THEIR_ANNOUNCEMENTS(
            QueryScene.of(QUERY, WRITER).with(FAILOVER),
            "  redis.call('HSET', tables, '#', 'F'",
            "  redis.call('DEL', tables)\n  redis.call('HSET', tables, '#', 'F'"),
    A_CLEARING_RAISES_THE_FLOOR(QueryScene.of(QUERY, OUTSIDE_CLEAR), "math.max(t, floor + 1)", "floor"),

    /* Either such a result is not published, or it leaves with what is forged, or it is not read. */
    STAMPS_AHEAD_OF_TIME_ARE_REFUSED(
            QueryScene.of(QUERY_FROM_THE_FUTURE, WRITER).with(READS_RUN_AHEAD),
            new Edits.Edit("if stamp > t then return 3 end", ""),
            new Edits.Edit("drop_all(KEYS[2], ahead)", "")),
    STAMPS_OF_ANOTHER_SERVER_ARE_REFUSED(
            QueryScene.of(QUERY, WRITER).with(FAILOVER), "if r.identity ~= ARGV[2] then return 2 end", ""),
    RESULTS_FROM_BEFORE_THE_GENERATION_ARE_REFUSED(
            QueryScene.of(QUERY, OUTSIDE_REGION_EVICT), "if stamp <= r.generation then return 5 end", ""),
    A_REGION_EVICTION_BEGINS_A_GENERATION(
            QueryScene.of(QUERY, OUTSIDE_REGION_EVICT),
            "tonumber(ARGV[3]))\nr.generation = math.max(t, r.generation + 1)",
            "tonumber(ARGV[3]))"),
    A_REGION_OF_ANOTHER_SERVER_IS_BEGUN_ANEW(
            QueryScene.of(QUERY, WRITER).with(FAILOVER),
            "if r and fenced and r.identity == identity then return r, r.folded end",
            "if r and fenced then r.identity = identity; return r, true end"),
    /* Either the region begins anew, or the floor rises; where the other server's clock is behind, only the first will do. */
    WHAT_ANOTHER_SERVER_LEFT_IS_STALE(
            QueryScene.of(QUERY, WRITER).with(RESTORED),
            new Edits.Edit(
                    "if r and fenced and r.identity == identity then return r, r.folded end",
                    "if r and fenced then r.identity = identity; return r, true end"),
            new Edits.Edit(
                    "  stamp = math.max(t, stamp + 1)\n  redis.call('HSET', tables, '#'",
                    "  stamp = stamp > 0 and stamp or t\n  redis.call('HSET', tables, '#'"));

    private final QueryScene scene;
    private final List<Edits.Edit> edits;

    QueryRule(QueryScene scene, String from, String to) {
        this(scene, new Edits.Edit(from, to));
    }

    QueryRule(QueryScene scene, Edits.Edit... edits) {
        this.scene = scene;
        this.edits = List.of(edits);
    }

    /** Where knocking the rule out does harm. */
    QueryScene scene() {
        return scene;
    }

    Edits knockedOut() {
        return new Edits(this, edits);
    }
}
