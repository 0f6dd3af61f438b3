package dev.hearth.config;

/** The address of a server, a Cluster or Sentinels. A login in it never stands in a message. */
final class UrlType implements SettingType<RedisUrl> {
    @Override
    public Class<RedisUrl> javaType() {
        return RedisUrl.class;
    }

    @Override
    public String legal() {
        return "redis://host:port (rediss:// for TLS, valkey:// and valkeys:// alike; several hosts separated by commas"
                + " are a Cluster) or redis+sentinel://host:port,host:port/master-name";
    }

    @Override
    public String example() {
        return "redis://localhost:6379";
    }

    @Override
    public RedisUrl read(Object given) {
        if (given instanceof RedisUrl url) return url;
        return RedisUrl.parse(given.toString());
    }

    @Override
    public void check(RedisUrl value) {}

    @Override
    public String write(RedisUrl value) {
        return value.toString();
    }

    @Override
    public String show(Object given) {
        return "'" + RedisUrl.withoutLogin(given.toString()) + "'";
    }
}
