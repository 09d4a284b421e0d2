package dev.hearth.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.problem.Refusal;
import dev.hearth.testing.TestClock;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

class AddressLimitTest {

    private final TestClock clock = new TestClock();

    private AddressLimit limit(int burst, int permits) {
        return new AddressLimit(burst, permits, Duration.ofHours(1), false, clock);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean granted(AddressLimit limit, String address) {
        try {
            limit.take(address(address));
            return true;
        } catch (Refusal _) {
            return false;
        }
    }

    @Test
    void grantsTheBurstAndNoMore() {
        AddressLimit limit = limit(2, 30);

        assertThat(granted(limit, "203.0.113.1")).isTrue();
        assertThat(granted(limit, "203.0.113.1")).isTrue();
        assertThat(granted(limit, "203.0.113.1")).isFalse();
    }

    @Test
    void givesPermitsBackEvenly() {
        AddressLimit limit = limit(1, 30);
        granted(limit, "203.0.113.1");
        clock.forward(Duration.ofSeconds(119));
        assertThat(granted(limit, "203.0.113.1")).isFalse();
        clock.forward(Duration.ofSeconds(1));
        assertThat(granted(limit, "203.0.113.1")).isTrue();
    }

    @Test
    void countsEachAddressOnItsOwn() {
        AddressLimit limit = limit(1, 30);
        granted(limit, "203.0.113.1");

        assertThat(granted(limit, "203.0.113.2")).isTrue();
    }

    @Test
    void countsAnIpv6NetworkAsOne() {
        AddressLimit limit = limit(1, 30);
        granted(limit, "2001:db8::1");

        assertThat(granted(limit, "2001:db8::2")).isFalse();
        assertThat(granted(limit, "2001:db8:0:1::1")).isTrue();
    }

    @Test
    void letsThisMachinePassUnlessItIsCounted() {
        AddressLimit open = limit(1, 30);
        var counted = new AddressLimit(1, 30, Duration.ofHours(1), true, clock);
        granted(open, "127.0.0.1");
        granted(counted, "127.0.0.1");

        assertThat(granted(open, "127.0.0.1")).isTrue();
        assertThat(granted(counted, "127.0.0.1")).isFalse();
    }

    @Test
    void zeroSwitchesItOff() {
        AddressLimit limit = limit(0, 0);

        assertThat(granted(limit, "203.0.113.1")).isTrue();
    }

    @Test
    void grantsNoMoreToManyAtOnce() {
        AddressLimit limit = limit(30, 30);
        var granted = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                threads.execute(
                        () -> {
                            if (granted(limit, "203.0.113.1")) {
                                granted.incrementAndGet();
                            }
                        });
            }
        }
        assertThat(granted).hasValue(30);
    }

    @Test
    void remembersNoMoreThanItsBound() throws UnknownHostException {
        AddressLimit limit = limit(1, 30);
        for (int i = 0; i < AddressLimit.MOST_ADDRESSES + 5_000; i++) {
            limit.take(
                    InetAddress.getByAddress(
                            new byte[] {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i}));
        }
        assertThat(limit.remembered()).isLessThanOrEqualTo(AddressLimit.MOST_ADDRESSES);
    }

    @Test
    void forgetsWhoWouldHaveAllPermitsAgain() {
        AddressLimit limit = limit(1, 30);
        granted(limit, "203.0.113.1");
        clock.forward(Duration.ofMinutes(3));

        assertThat(limit.remembered()).isZero();
    }
}
