package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `hearth.publish_table`, and what it refuses before PostgreSQL fails at the first write.
@Tag("all-postgres")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PublishTableTest {
    @AutoClose private final SupportChatDatabase database = SupportChatDatabase.withoutChat();

    @AfterEach
    void clear() {
        database.clear();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    create table t (id int primary key, a text); alter table t replica identity full | '{id}'    | 42P10 | REPLICA IDENTITY FULL
                    create table t (id int primary key, a text)                                      | '{a}'     | 42P10 | lacks id
                    create table t (id int primary key, a text)                                      | '{id,x}'  | 42703 | no column x
                    create table t (a text)                                                          | null      | 55000 | no replica identity
                    create table t (id int primary key); alter table t replica identity nothing      | null      | 55000 | no replica identity
                    """)
    void refusesWhatWouldFailAtTheFirstWrite(
            String preparation, String columns, String sqlState, String message) {
        database.run(preparation);

        assertThatThrownBy(() -> database.ask("select hearth.publish_table('t', " + columns + ")"))
                .hasMessageContaining(message)
                .cause()
                .hasFieldOrPropertyWithValue("SQLState", sqlState);
    }

    @Test
    void refusesAnIdentityOverAGeneratedColumnThatIsNotPublished() {
        database.run(
                """
                create publication plain;
                create table t (a int, id int generated always as (a + 1) stored primary key);
                """);

        assertThatThrownBy(() -> database.ask("select hearth.publish_table('t', null, 'plain')"))
                .hasMessageContaining("needs id, a generated column that is not published");
    }

    @Test
    void publishingAgainWithOtherColumnsKeepsTheRowFilter() {
        database.run(
                """
                create table t (id int primary key, a text, b text);
                alter publication supabase_realtime add table t (id, a) where (id > 5);
                select hearth.publish_table('t', '{id, b}');
                """);

        assertThat(
                        database.ask(
                                "select concat_ws(' ', attnames, rowfilter) from"
                                        + " pg_publication_tables"))
                .containsExactly("{id,b} (id > 5)");
    }
}
