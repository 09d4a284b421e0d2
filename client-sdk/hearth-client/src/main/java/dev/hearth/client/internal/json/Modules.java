package dev.hearth.client.internal.json;

import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.List;

/// What Jackson has to be taught.
final class Modules {

    private Modules() {}

    static List<Module> all() {
        return List.of(new JavaTimeModule(), new Jdk8Module(), postgres());
    }

    /// Values as PostgreSQL writes and reads them; behind the others, so that it comes first.
    private static Module postgres() {
        return new SimpleModule("postgres")
                .addDeserializer(Object.class, new PlainValues())
                .addDeserializer(byte[].class, new Bytes.Reading())
                .addSerializer(byte[].class, new Bytes.Writing())
                .addDeserializer(float[].class, new Vectors())
                .addDeserializer(dev.hearth.client.json.Range.class, new Ranges.Reading(null))
                .addSerializer(new Ranges.Writing())
                .addDeserializer(
                        OffsetDateTime.class, new FromText<>(OffsetDateTime.class, Times::offset))
                .addSerializer(new ToText<>(OffsetDateTime.class, Times::text))
                .addDeserializer(Instant.class, new FromText<>(Instant.class, Times::instant))
                .addSerializer(new ToText<>(Instant.class, Times::text))
                .addDeserializer(
                        ZonedDateTime.class, new FromText<>(ZonedDateTime.class, Times::zoned))
                .addSerializer(new ToText<>(ZonedDateTime.class, Times::text))
                .addDeserializer(
                        LocalDateTime.class, new FromText<>(LocalDateTime.class, Times::local))
                .addSerializer(new ToText<>(LocalDateTime.class, Times::text))
                .addDeserializer(LocalDate.class, new FromText<>(LocalDate.class, Times::date))
                .addSerializer(new ToText<>(LocalDate.class, Times::text))
                .addDeserializer(LocalTime.class, new FromText<>(LocalTime.class, Times::time))
                .addDeserializer(
                        OffsetTime.class, new FromText<>(OffsetTime.class, Times::offsetTime))
                .addSerializer(new ToText<>(InetAddress.class, InetAddress::getHostAddress))
                .addDeserializer(
                        Duration.class, new FromText<>(Duration.class, Intervals::duration))
                .addDeserializer(Period.class, new FromText<>(Period.class, Intervals::period));
    }
}
