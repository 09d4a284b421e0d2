package dev.hearth.auth;

import dev.hearth.config.AuthConfig.Rates;

import java.time.Clock;
import java.time.Duration;

/// The limits of auth, each on its own.
///
/// @param anonymous anonymous sign-ups
/// @param signUps other sign-ups
/// @param updates changes of a user
/// @param tokens sign-ins and refreshes
record Limits(
        AddressLimit anonymous, AddressLimit signUps, AddressLimit updates, AddressLimit tokens) {

    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final int BURST = 30;

    static Limits of(Rates rates, Clock clock) {
        return new Limits(
                new AddressLimit(
                        rates.anonymousPerHour(),
                        rates.anonymousPerHour(),
                        Duration.ofHours(1),
                        rates.loopbackCounted(),
                        clock),
                fiveMinutes(rates.signUpsPerFiveMinutes(), rates, clock),
                fiveMinutes(rates.signUpsPerFiveMinutes(), rates, clock),
                fiveMinutes(rates.tokensPerFiveMinutes(), rates, clock));
    }

    private static AddressLimit fiveMinutes(int permits, Rates rates, Clock clock) {
        return new AddressLimit(
                Math.min(BURST, permits), permits, FIVE_MINUTES, rates.loopbackCounted(), clock);
    }
}
