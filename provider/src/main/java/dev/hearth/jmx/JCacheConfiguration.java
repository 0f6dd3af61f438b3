package dev.hearth.jmx;

import javax.cache.management.CacheMXBean;

/** How a region works, in JCache's terms: Hibernate reads and writes the database, and the cache keeps copies of values. */
final class JCacheConfiguration implements CacheMXBean {
    @Override
    public String getKeyType() {
        return Object.class.getName();
    }

    @Override
    public String getValueType() {
        return Object.class.getName();
    }

    @Override
    public boolean isReadThrough() {
        return false;
    }

    @Override
    public boolean isWriteThrough() {
        return false;
    }

    @Override
    public boolean isStoreByValue() {
        return true;
    }

    @Override
    public boolean isStatisticsEnabled() {
        return true;
    }

    @Override
    public boolean isManagementEnabled() {
        return true;
    }
}
