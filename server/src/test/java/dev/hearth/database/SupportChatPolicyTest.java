package dev.hearth.database;

import static dev.hearth.database.SupportChatDatabase.DENIED;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.database.SupportChatDatabase.Caller;
import dev.hearth.database.SupportChatDatabase.Outcome;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

@Tag("all-postgres")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SupportChatPolicyTest {
    @AutoClose private final SupportChatDatabase chat = SupportChatDatabase.create();

    @BeforeAll
    void makePartitionsOfToday() {
        chat.run("select realtime.create_message_partitions()");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void policyDecides(SupportChatPolicyCase question) {
        assertThat(chat.attempt(question.preparation(), question.caller(), question.sql()))
                .isEqualTo(question.expected());
    }

    static Stream<SupportChatPolicyCase> cases() {
        return SupportChatPolicyCase.all();
    }

    @Test
    void everyPolicyHasAnAllowedAndADeniedCase() {
        var policies =
                chat.ask(
                        """
                        select policyname from pg_policies
                        where schemaname = 'public'
                           or schemaname = 'realtime' and policyname like 'channel%'
                        """);

        assertThat(cases().filter(c -> c.isAllowed()).map(c -> c.policy()).distinct())
                .containsExactlyInAnyOrderElementsOf(policies);
        assertThat(cases().filter(c -> !c.isAllowed()).map(c -> c.policy()).distinct())
                .containsExactlyInAnyOrderElementsOf(policies);
    }

    @Test
    void nobodyGetsEmptyListsRatherThanErrors() {
        for (var table : List.of("conversations", "messages", "typing_indicators")) {
            assertThat(chat.attempt(Caller.nobody(), "select 1 from " + table))
                    .as(table)
                    .isEqualTo(new Outcome.Rows(0));
        }
    }

    @Test
    void nobodyUpdatesNoRowRatherThanFailing() {
        assertThat(chat.attempt(Caller.nobody(), "update conversations set subject = 'x'"))
                .isEqualTo(new Outcome.Rows(0));
    }

    @Test
    void nobodyInsertsNothing() {
        assertThat(
                        chat.attempt(
                                Caller.nobody(),
                                "insert into conversations (organization_id) values ({acme})"))
                .isEqualTo(DENIED);
    }

    @Test
    void visitorsDoNotSeeWidgetSessions() {
        assertThat(chat.attempt(Caller.user("vic"), "select 1 from widget_sessions"))
                .isEqualTo(DENIED);
    }

    @Test
    void aRepeatedReceiptKeepsTheFirstTime() {
        var read = "select read_at::text from read_receipts where user_id = {abe}";
        var first = chat.ask(read);

        chat.commit(
                Caller.user("abe"),
                """
                insert into read_receipts (message_id, conversation_id, user_id)
                values ({vics_message}, {vics}, {abe})
                on conflict (message_id, user_id) do nothing
                """);

        assertThat(chat.ask(read)).isEqualTo(first);
    }
}
