package dev.hearth.realtime.channel;

/// How often something may happen: so many times a second on average over ten seconds. Not safe for
/// threads; whoever owns it guards it.
public final class Rate {

    private static final int SECONDS = 10;
    private static final double NANOS = 1e9;

    private final int perSecond;
    private double spent;
    private long lastNanos;

    /// @param perSecond the limit
    /// @param nowNanos the present time of `System.nanoTime()`, as for all methods
    public Rate(int perSecond, long nowNanos) {
        this.perSecond = perSecond;
        this.lastNanos = nowNanos;
    }

    /// Counts one more, unless that is over the limit.
    public boolean take(long nowNanos) {
        return take(1, nowNanos);
    }

    /// Counts so many more, unless that is over the limit.
    public boolean take(int count, long nowNanos) {
        drain(nowNanos);
        if (isOver(count)) {
            return false;
        }
        spent += count;
        return true;
    }

    /// Whether one more would be over the limit.
    public boolean isExhausted(long nowNanos) {
        drain(nowNanos);
        return isOver(1);
    }

    /// The present average a second.
    public int average(long nowNanos) {
        drain(nowNanos);
        return (int) Math.ceil(spent / SECONDS);
    }

    private boolean isOver(int more) {
        return spent + more > (double) perSecond * SECONDS;
    }

    private void drain(long nowNanos) {
        double passed = (nowNanos - lastNanos) / NANOS * perSecond;
        spent = Math.max(0, spent - passed);
        lastNanos = nowNanos;
    }
}
