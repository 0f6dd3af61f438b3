package dev.hearth.store;

import dev.hearth.statistics.MissReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the table hash as the scripts write it ({@code tables.lua}), and trusts none of it. */
final class TableStates {
    /* DESIGN section 7: a result is valid if, for every table it reads, no announcement is pending and the table's stamp
     * is older than the result's. A lapsed announcement reads as a stamp at its expiry; whether it has lapsed is told by
     * a lower bound of Redis's time, so that one in force is never taken for lapsed. */
    static final String FLOOR = "#";
    static final String ALL_TABLES = "*";

    private static final int STAMP = 16;
    private static final int IDENTITY = 1 + STAMP;
    private static final int FLOOR_LENGTH = IDENTITY + 16;

    /* No result is ahead of Redis's time, of which a node's lower bound falls short by far less than this. */
    private static final long MINUTE_MICROS = 60_000_000L;

    private TableStates() {}

    /** The tables of a result as fields of the hash; a query that names none depends on all. */
    static Collection<String> fields(Collection<String> tables) {
        return tables.isEmpty() ? List.of(ALL_TABLES) : tables;
    }

    /** What to ask the hash for. */
    static List<String> wanted(Collection<String> tables) {
        List<String> wanted = new ArrayList<>(tables.size() + 1);
        wanted.add(FLOOR);
        wanted.addAll(fields(tables));
        return wanted;
    }

    /** Whether the hash must be begun, or begun anew, before any result is valid. */
    static boolean mustOpen(byte @Nullable [] floor, byte[] identity) {
        return floor == null
                || floor.length != FLOOR_LENGTH
                || floor[0] != 'F'
                || StoredForms.digits(floor, 1, IDENTITY) < 0
                || !StoredForms.sameAt(floor, IDENTITY, identity, 0, identity.length);
    }

    /**
     * Why a result is not valid, or null if it is.
     *
     * @param now a lower bound of Redis's time, in microseconds
     * @param stamp the session stamp of the result
     */
    static @Nullable MissReason judge(
            Map<String, byte[]> hash, Collection<String> tables, byte[] identity, long now, long stamp) {
        if (stamp > now + MINUTE_MICROS) {
            return MissReason.UNDECODABLE;
        }
        byte[] floor = hash.get(FLOOR);
        if (floor == null || mustOpen(floor, identity) || StoredForms.digits(floor, 1, IDENTITY) >= stamp) {
            return MissReason.STALE;
        }
        for (String table : fields(tables)) {
            MissReason reason = judge(hash.get(table), now, stamp);
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }

    private static @Nullable MissReason judge(byte @Nullable [] state, long now, long stamp) {
        if (state == null) {
            return null;
        }
        long changed = state.length < STAMP ? -1 : StoredForms.digits(state, 0, STAMP);
        if (changed < 0) {
            return MissReason.UNDECODABLE;
        }
        if (changed >= stamp) {
            return MissReason.STALE;
        }
        return state.length == STAMP ? null : judgeAnnouncements(state, now, stamp);
    }

    private static @Nullable MissReason judgeAnnouncements(byte[] state, long now, long stamp) {
        String text = new String(state, STAMP, state.length - STAMP, StandardCharsets.ISO_8859_1);
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf(';', from);
            int colon = text.indexOf(':', from);
            if (end < 0 || colon < 0 || end - colon != 1 + STAMP) {
                return MissReason.UNDECODABLE;
            }
            long expiry = StoredForms.digits(state, STAMP + colon + 1, STAMP + end);
            if (expiry < 0 || expiry > now + StoredForms.DAY_MICROS) {
                return MissReason.UNDECODABLE;
            }
            if (expiry > now) {
                return MissReason.TABLE_CHANGING;
            }
            if (expiry >= stamp) {
                return MissReason.STALE;
            }
            from = end + 1;
        }
        return null;
    }
}
