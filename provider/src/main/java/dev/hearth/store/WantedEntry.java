package dev.hearth.store;

/** An entry that is to be read with others. */
public record WantedEntry(EntryAddress at, RegionStore region) {}
