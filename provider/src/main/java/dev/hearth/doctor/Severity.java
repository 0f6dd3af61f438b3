package dev.hearth.doctor;

/** How much a finding matters. */
public enum Severity {
    /** Worth knowing. */
    INFO,
    /** Costs more than it should, or weakens what is promised. */
    WARNING,
    /** What is promised does not hold. */
    ERROR
}
