package dev.hearth.rest.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.rest.catalog.QualifiedName;
import dev.hearth.rest.plan.Format;
import dev.hearth.rest.plan.Mutation;
import dev.hearth.rest.plan.Plan;
import dev.hearth.rest.plan.ReadNode;
import dev.hearth.rest.plan.Source;
import dev.hearth.rest.request.MediaType;
import dev.hearth.rest.request.Window;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;

/// Advice where the server speaks another language than English.
class MentionsTest {

    @AutoClose private static Fixture fixture;

    @BeforeAll
    static void make() {
        fixture = new Fixture();
        fixture.database.execute(
                """
                create table public.ungranted (id int primary key);
                revoke all on public.ungranted from authenticated;
                create table public."Tabelle" (id int);
                revoke all on public."Tabelle" from authenticated;
                create table public."two words" (id int);
                revoke all on public."two words" from authenticated;
                create table public.guarded (id int primary key);
                alter table public.guarded enable row level security;
                create table public.ligne (id int primary key);
                alter table public.ligne enable row level security;
                create table public.restricted (id int primary key);
                alter table public.restricted enable row level security;
                create policy odd on public.restricted as restrictive for insert to authenticated
                    with check (id % 2 = 1);
                grant all on public.guarded, public.ligne, public.restricted to authenticated;
                create sequence public.counter;
                revoke all on sequence public.counter from authenticated;
                create schema hidden;
                create function public.kept() returns int language sql as 'select 1';
                revoke execute on function public.kept() from public, authenticated;
                """);
    }

    private static Optional<String> hint(String routine, String message) {
        var problem =
                new DatabaseProblem(
                        403,
                        Optional.empty(),
                        "42501",
                        message,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(routine));
        return new Advice(fixture.pools)
                .on(problem, new Advice.Attempt("authenticated", "public", insert()));
    }

    private static Plan.Statement insert() {
        var relation = new QualifiedName("public", "anything");
        return new Plan.Write(
                new Mutation.Insert(
                        relation, List.of(), true, Optional.empty(), List.of(), List.of(), false),
                new ReadNode(
                        new Source.Table(relation, Optional.empty()),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Window.ALL),
                new Format(new Format.Body.Nothing(), MediaType.Known.JSON));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "keine Berechtigung für Tabelle ungranted | public.ungranted",
                "テーブル ungranted へのアクセスが拒否されました | public.ungranted",
                "ungranted 테이블에 대한 접근 권한 없음 | public.ungranted",
                "წვდომა აკრძალულია ცხრილზე: \"ungranted\" | public.ungranted",
                "keine Berechtigung für Tabelle two words | public.\"two words\"",
                "keine Berechtigung für Funktion kept | function public.kept()",
                "permiso denegado al esquema hidden | schema hidden",
                "droit refusé pour la séquence counter | sequence public.counter"
            })
    void namesTheGrantThatIsMissing(String message, String thing) {
        assertThat(hint("aclcheck_error", message).orElse("").strip())
                .startsWith("A grant is missing, not a policy: role authenticated lacks ")
                .contains(" on " + thing + ". grant ")
                .endsWith(" to authenticated;");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "neue Zeile verletzt Policy für Sicherheit auf Zeilenebene für Tabelle »guarded«",
                "la nouvelle ligne viole la politique de sécurité au niveau ligne pour la table «"
                        + "\u00a0guarded\u00a0»",
                "新しい行はテーブル\"guarded\"の行レベルセキュリティポリシに違反しています"
            })
    void namesThePolicyThatIsMissing(String message) {
        assertThat(hint("ExecWithCheckOptions", message).orElse(""))
                .startsWith(
                        "A policy is missing, no grant: row level security is on for"
                                + " public.guarded and no policy lets role authenticated");
    }

    @Test
    void namesTheRestrictionThatRefusesARow() {
        assertThat(
                        hint(
                                "ExecWithCheckOptions",
                                "新しい行はテーブル\"restricted\"行レベルセキュリティポリシ\"odd\"に違反しています"))
                .contains(
                        "The restrictive policy odd on public.restricted refuses the row, no grant"
                                + " is missing.");
    }

    @Test
    void saysNothingWhereNothingIsKnown() {
        assertThat(hint("aclcheck_error", "テーブル guarded へのアクセスが拒否されました")).isEmpty();
        assertThat(hint("aclcheck_error", "keine Berechtigung für Datei x")).isEmpty();
        assertThat(hint("exec_stmt_raise", "nicht für ungranted")).isEmpty();
        assertThat(hint("check_role", "keine Berechtigung, um Rolle »ungranted« zu setzen"))
                .isEmpty();
    }

    @Test
    void theServerTellsItsRoutine() {
        var problem =
                (DatabaseProblem)
                        fixture.problem(
                                Fixture.read(Fixture.ANN, Fixture.main("select * from secrets")));
        assertThat(problem.routine()).contains("aclcheck_error");
        var refused =
                (DatabaseProblem)
                        fixture.problem(
                                Fixture.write(
                                        Fixture.ANN,
                                        Fixture.main(
                                                "insert into notes values (9, 'bob', 'x')"
                                                        + " returning id")));
        assertThat(refused.routine()).contains("ExecWithCheckOptions");
    }
}
