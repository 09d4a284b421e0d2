package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

class ExtensionStatementTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "create extension vector | vector |",
                "CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\" WITH SCHEMA \"extensions\" |"
                        + " uuid-ossp | extensions",
                "create extension if not exists moddatetime schema extensions | moddatetime |"
                        + " extensions",
                "create extension Http with version '1.5' schema net cascade | http | net",
                "create extension if not exists pg_net with schema extensions; | pg_net |"
                        + " extensions"
            })
    void readsNameAndSchema(String text, String name, String schema) {
        assertThat(ExtensionStatement.parse(text))
                .contains(new ExtensionStatement(name, Optional.ofNullable(schema), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"create table extension (a int)", "drop extension vector", "select 1"})
    void isEmptyForOtherStatements(String text) {
        assertThat(ExtensionStatement.parse(text)).isEmpty();
    }
}
