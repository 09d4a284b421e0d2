package dev.hearth.client.internal.json;

import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

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
                .addSerializer(new Times.Writing<>(OffsetDateTime.class, Times::text))
                .addDeserializer(Instant.class, new FromText<>(Instant.class, Times::instant))
                .addSerializer(new Times.Writing<>(Instant.class, Times::text))
                .addDeserializer(
                        ZonedDateTime.class, new FromText<>(ZonedDateTime.class, Times::zoned))
                .addDeserializer(
                        LocalDateTime.class, new FromText<>(LocalDateTime.class, Times::local))
                .addDeserializer(LocalDate.class, new FromText<>(LocalDate.class, Times::date))
                .addSerializer(new Times.Writing<>(LocalDate.class, Times::text))
                .addDeserializer(LocalTime.class, new FromText<>(LocalTime.class, Times::time))
                .addDeserializer(
                        OffsetTime.class, new FromText<>(OffsetTime.class, Times::offsetTime))
                .addDeserializer(
                        Duration.class, new FromText<>(Duration.class, Intervals::duration))
                .addDeserializer(Period.class, new FromText<>(Period.class, Intervals::period));
    }
}
