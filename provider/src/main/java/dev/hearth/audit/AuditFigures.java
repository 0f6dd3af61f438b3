package dev.hearth.audit;

/**
 * What the audits of one region's hits have shown on this node since it started.
 *
 * @param audited hits that were compared with the database to an end
 * @param stale those of them that were not what the database had, although nothing had changed in between
 * @param undecided hits that nothing can be said of: their entry changed while they were looked at, or the database or Redis
 *     did not answer
 */
public record AuditFigures(long audited, long stale, long undecided) {
    static final AuditFigures NONE = new AuditFigures(0, 0, 0);

    AuditFigures with(Verdict verdict) {
        return switch (verdict) {
            case TRUE -> new AuditFigures(audited + 1, stale, undecided);
            case STALE -> new AuditFigures(audited + 1, stale + 1, undecided);
            case UNDECIDED -> new AuditFigures(audited, stale, undecided + 1);
        };
    }

    /** The share of stale reads, from 0 to 1; 0 if nothing was audited. */
    public double staleShare() {
        return audited == 0 ? 0 : (double) stale / audited;
    }
}
