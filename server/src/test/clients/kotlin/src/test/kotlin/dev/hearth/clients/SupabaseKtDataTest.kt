package dev.hearth.clients

import io.github.jan.supabase.SupabaseClient
import io.github.jan.supabase.auth.auth
import io.github.jan.supabase.postgrest.RpcMethod
import io.github.jan.supabase.postgrest.exception.PostgrestRestException
import io.github.jan.supabase.postgrest.postgrest
import io.github.jan.supabase.postgrest.query.Columns
import io.github.jan.supabase.postgrest.query.Count
import io.github.jan.supabase.postgrest.query.Order
import io.github.jan.supabase.postgrest.query.filter.FilterOperator
import io.github.jan.supabase.postgrest.query.filter.PostgrestFilterBuilder
import io.github.jan.supabase.postgrest.query.filter.TextSearchType
import io.github.jan.supabase.postgrest.result.PostgrestResult
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonArray
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.put
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.time.Duration.Companion.seconds

/** What the unmodified supabase-kt is promised of the data API, on the tables and functions of `../library`. */
class SupabaseKtDataTest {

    @BeforeEach
    fun takesBackWhatWasWritten() = check { service.postgrest.rpc("refill") }

    @Test
    fun readsTheColumnsThatItAsksFor() = check {
        val read =
            anon.postgrest.from("books").select(Columns.raw("id, name:title, year:details->year")) {
                order("id", Order.DESCENDING)
                range(1L..2L)
            }

        assertThat(read.told()).isEqualTo("""[{"id":3,"name":"Fiasco","year":1986},{"id":2,"name":"Solaris","year":1961}]""")
    }

    @Test
    fun everyFilterKeepsWhatItSays() = check {
        assertThat(books { eq("title", "A Tale, (Unsold)") }).containsExactly(4)
        assertThat(books { neq("id", 1) }).containsExactly(2, 3, 4)
        assertThat(books { gt("price", 9) }).containsExactly(1, 3)
        assertThat(books { gte("price", 9) }).containsExactly(1, 2, 3)
        assertThat(books { lt("price", 12.5) }).containsExactly(2)
        assertThat(books { lte("price", 12.5) }).containsExactly(1, 2)
        assertThat(books { like("title", "%as%") }).containsExactly(3)
        assertThat(books { likeAny("title", listOf("F%", "S%")) }).containsExactly(2, 3)
        assertThat(books { likeAll("title", listOf("%i%", "S%")) }).containsExactly(2)
        assertThat(books { ilike("title", "sol%") }).containsExactly(2)
        assertThat(books { ilikeAny("title", listOf("f%", "s%")) }).containsExactly(2, 3)
        assertThat(books { ilikeAll("title", listOf("%I%", "s%")) }).containsExactly(2)
        assertThat(books { regexMatch("title", "^(S|F)") }).containsExactly(2, 3)
        assertThat(books { regexIMatch("title", "SOLD") }).containsExactly(4)
        assertThat(books { match(mapOf("author_id" to 2, "in_print" to true)) }).containsExactly(2)
        assertThat(books { exact("author_id", null) }).containsExactly(4)
        assertThat(books { exact("in_print", true) }).containsExactly(1, 2)
        assertThat(books { isIn("title", listOf("Solaris", "A Tale, (Unsold)")) }).containsExactly(2, 4)
        assertThat(books { contains("tags", listOf("moon")) }).containsExactly(1, 3)
        assertThat(books { contained("tags", listOf("ocean", "river")) }).containsExactly(2, 4)
        assertThat(books { overlaps("tags", listOf("ocean", "contact")) }).containsExactly(2, 3)
        assertThat(books { rangeLt("pages", 200 to 210) }).containsExactly(1, 2)
        assertThat(books { rangeGt("pages", 1 to 100) }).containsExactly(3)
        assertThat(books { rangeLte("pages", 50 to 200) }).containsExactly(1, 2)
        assertThat(books { rangeGte("pages", 49 to 60) }).containsExactly(2, 3)
        assertThat(books { adjacent("pages", 199 to 300) }).containsExactly(2)
        assertThat(books { textSearch("title", "tales", TextSearchType.PLAINTO, "english") }).containsExactly(4)
        assertThat(books { filterNot("author_id", FilterOperator.EQ, 2) }).containsExactly(1)
        assertThat(
                books {
                    or {
                        gt("price", 13)
                        and {
                            eq("author_id", 1)
                            exact("in_print", true)
                        }
                    }
                }
            )
            .containsExactly(1, 3)
    }

    @Test
    fun embedsOneManyAndThroughAJunction() = check {
        val columns = Columns.raw("title, authors(name), genres(name)")

        val read = anon.postgrest.from("books").select(columns) { filter { eq("id", 1) } }

        assertThat(read.told())
            .isEqualTo(
                """[{"title":"The Dispossessed","authors":{"name":"Ursula"},""" +
                    """"genres":[{"name":"utopia"},{"name":"space"}]}]"""
            )
    }

    @Test
    fun filtersAndOrdersAnEmbed() = check {
        val read =
            anon.postgrest.from("authors").select(Columns.raw("id, books!inner(id)")) {
                filter { eq("books.author_id", 2) }
                order("id", Order.DESCENDING, referencedTable = "books")
                limit(1, "books")
            }

        assertThat(read.told()).isEqualTo("""[{"id":2,"books":[{"id":3}]}]""")
    }

    @Test
    fun countsWithAndWithoutTheRows() = check {
        val some =
            anon.postgrest.from("books").select(Columns.list("id")) {
                count(Count.EXACT)
                limit(1)
            }
        val none =
            anon.postgrest.from("books").select {
                count(Count.EXACT)
                head = true
            }

        assertThat(some.told()).isEqualTo("""[{"id":1}]""")
        assertThat(some.countOrNull()).isEqualTo(4)
        assertThat(some.rangeOrNull()).isEqualTo(0L..0L)
        assertThat(none.data).isEmpty()
        assertThat(none.countOrNull()).isEqualTo(4)
    }

    @Test
    fun aSingleRowIsAnObject() = check {
        val read =
            anon.postgrest.from("authors").select {
                filter { eq("id", 3) }
                single()
                stripNulls()
            }

        assertThat(read.told()).isEqualTo("""{"id":3,"name":"Nobody"}""")
        assertThat(read.decodeAs<JsonObject>()["name"]).isEqualTo(JsonPrimitive("Nobody"))
    }

    @Test
    fun notOneRowIsRefusedByItsCode() = check {
        assertThat(refusal { anon.postgrest.from("authors").select { single() } })
            .isEqualTo("PGRST116 Cannot coerce the result to a single JSON object")
    }

    @Test
    fun rowsComeAsCsv() = check {
        val read = anon.postgrest.from("genres").select { csv() }

        assertThat(read.data).isEqualTo("id,name\n1,utopia\n2,space")
    }

    @Test
    fun insertsOneRowAndTellsNothingOfIt() = check {
        val written = anon.postgrest.from("drafts").insert(draft(9, "nine"))

        assertThat(written.data).isEmpty()
        assertThat(drafts { eq("id", 9) }).isEqualTo("""[{"id":9,"slug":"nine","body":"empty","stars":null}]""")
    }

    @Test
    fun insertsManyAndReturnsThem() = check {
        val rows = buildJsonArray {
            add(draft(8, "eight"))
            add(buildJsonObject { put("id", 9); put("body", "B") })
        }

        val written =
            anon.postgrest.from("drafts").insert(rows) {
                defaultToNull = false
                select(Columns.list("id", "slug", "body"))
                count(Count.EXACT)
            }

        assertThat(written.told()).isEqualTo("""[{"id":8,"slug":"eight","body":"empty"},{"id":9,"slug":null,"body":"B"}]""")
        assertThat(written.countOrNull()).isEqualTo(2)
    }

    @Test
    fun aTakenKeyIsRefusedWithItsDetails() = check {
        val refused = runCatching { anon.postgrest.from("drafts").insert(draft(1, "uno")) }.exceptionOrNull()

        assertThat(refused).isInstanceOf(PostgrestRestException::class.java)
        refused as PostgrestRestException
        assertThat(refused.statusCode).isEqualTo(409)
        assertThat(refused.code).isEqualTo("23505")
        assertThat(refused.details).isEqualTo(JsonPrimitive("Key (id)=(1) already exists."))
    }

    @Test
    fun upsertsByAnotherKeyThanThePrimary() = check {
        val written =
            anon.postgrest.from("drafts").upsert(draft(2, "two", stars = 9)) {
                onConflict = "slug"
                select(Columns.list("id", "stars"))
            }

        assertThat(written.told()).isEqualTo("""[{"id":2,"stars":9}]""")
    }

    @Test
    fun ignoresWhatIsThereAlready() = check {
        val rows = buildJsonArray {
            add(draft(1, "other"))
            add(draft(9, "nine"))
        }

        val written =
            anon.postgrest.from("drafts").upsert(rows) {
                ignoreDuplicates = true
                select(Columns.list("slug"))
            }

        assertThat(written.told()).isEqualTo("""[{"slug":"nine"}]""")
    }

    @Test
    fun updatesWhatTheFilterFinds() = check {
        val written =
            anon.postgrest.from("drafts").update({ set("stars", 0) }) {
                filter { gte("stars", 3) }
                select(Columns.list("id"))
                order("id", Order.ASCENDING)
                count(Count.EXACT)
            }

        assertThat(written.told()).isEqualTo("""[{"id":1},{"id":2}]""")
        assertThat(written.countOrNull()).isEqualTo(2)
    }

    @Test
    fun deletesWhatTheFilterFinds() = check {
        val written = anon.postgrest.from("drafts").delete { filter { isIn("slug", listOf("one", "two")) } }

        assertThat(written.data).isEmpty()
        assertThat(drafts()).isEqualTo("""[{"id":3,"slug":"three","body":"third","stars":1}]""")
    }

    @Test
    fun nothingIsChangedWithoutAFilter() = check {
        assertThat(refusal { anon.postgrest.from("drafts").delete() }).isEqualTo("21000 DELETE requires a WHERE clause")
    }

    @Test
    fun callsFunctions() = check {
        val sum = buildJsonObject { put("a", 1) }
        val author = buildJsonObject { put("author", 2) }

        assertThat(anon.postgrest.rpc("add", sum).decodeAs<Int>()).isEqualTo(11)
        assertThat(anon.postgrest.rpc("titles") { limit(1) }.told()).isEqualTo("""["The Dispossessed"]""")
        val found =
            anon.postgrest.rpc("books_by", author) {
                select(Columns.raw("title, authors(name)"))
                filter { gt("price", 10) }
                count(Count.EXACT)
            }
        assertThat(found.told()).isEqualTo("""[{"title":"Fiasco","authors":{"name":"Stanisław"}}]""")
        assertThat(found.countOrNull()).isEqualTo(1)
    }

    // Without arguments: this release of the client sends none of them by GET.
    @Test
    fun callsFunctionsThatOnlyRead() = check {
        val newest = anon.postgrest.rpc("newest") { method = RpcMethod.GET; select(Columns.list("id")) }
        val titles = anon.postgrest.rpc("titles") { method = RpcMethod.HEAD; count(Count.EXACT) }

        assertThat(newest.told()).isEqualTo("""{"id":3}""")
        assertThat(titles.data).isEmpty()
        assertThat(titles.countOrNull()).isEqualTo(4)
    }

    @Test
    fun theErrorOfAFunctionArrivesWhole() = check {
        val refused = runCatching { anon.postgrest.rpc("refuse") }.exceptionOrNull()

        assertThat(refused).isInstanceOf(PostgrestRestException::class.java)
        refused as PostgrestRestException
        assertThat(refused.statusCode).isEqualTo(423)
        assertThat(refused.error).isEqualTo("The library is closed")
        assertThat(refused.details).isEqualTo(JsonPrimitive("It is Sunday"))
        assertThat(refused.hint).isEqualTo("Come on Monday")
    }

    @Test
    fun readsAnotherSchema() = check {
        assertThat(anon.postgrest.from("archive", "books").select().told()).isEqualTo("""[{"id":1,"title":"Old"}]""")
        assertThat(refusal { anon.postgrest.from("secret", "books").select() }).isEqualTo("PGRST106 Invalid schema: secret")
    }

    @Test
    fun asksAgainWhatIsBusy() = check {
        assertThat(anon.postgrest.rpc("busy") { method = RpcMethod.GET }.told()).isEqualTo(""""attempt 1"""")
    }

    @Test
    fun everyoneActsAsWhoTheyAre() = check {
        assertThat(anon.postgrest.rpc("whoami").decodeAs<String>()).isEqualTo("anon")
        assertThat(service.postgrest.rpc("whoami").decodeAs<String>()).isEqualTo("service_role")
        anon.auth.signInAnonymously()
        assertThat(anon.postgrest.rpc("whoami").decodeAs<String>()).isEqualTo("authenticated")
    }

    @Test
    fun rowLevelSecurityShowsAUserTheOwnRows() = check {
        anon.auth.signInAnonymously()

        anon.postgrest.from("diaries").insert(buildJsonObject { put("id", 2); put("body", "mine") })

        val bodies = Columns.list("body")
        assertThat(anon.postgrest.from("diaries").select(bodies).told()).isEqualTo("""[{"body":"mine"}]""")
        assertThat(service.postgrest.from("diaries").select(bodies).told())
            .isEqualTo("""[{"body":"of somebody else"},{"body":"mine"}]""")
    }

    /** Runs one check, and closes its clients after it. */
    private fun check(block: suspend Check.() -> Unit) = runBlocking {
        Check().use { withTimeout(PATIENCE) { it.block() } }
    }

    private class Check : AutoCloseable {

        val anon: SupabaseClient = hearth.client()
        val service: SupabaseClient = hearth.service()

        /** The ids of the books that a filter keeps. */
        suspend fun books(keeps: PostgrestFilterBuilder.() -> Unit): List<Int> {
            val read =
                anon.postgrest.from("books").select(Columns.list("id")) {
                    filter(keeps)
                    order("id", Order.ASCENDING)
                }
            return read.json().jsonArray.map { it.jsonObject.getValue("id").toString().toInt() }
        }

        suspend fun drafts(keeps: PostgrestFilterBuilder.() -> Unit = {}): String =
            anon.postgrest.from("drafts").select { filter(keeps) }.told()

        override fun close() = runBlocking {
            anon.close()
            service.close()
        }
    }

    companion object {
        private val PATIENCE = 60.seconds

        private lateinit var hearth: RunningHearth

        @BeforeAll
        @JvmStatic
        fun start(@TempDir folder: Path) {
            hearth = RunningHearth.start(folder)
        }

        @AfterAll
        @JvmStatic
        fun stop() {
            if (::hearth.isInitialized) {
                hearth.close()
            }
        }

        private fun draft(id: Int, slug: String, stars: Int? = null): JsonObject = buildJsonObject {
            put("id", id)
            put("slug", slug)
            stars?.let { put("stars", it) }
        }

        private fun PostgrestResult.json() = Json.parseToJsonElement(data)

        /** The body without the blanks between its parts. */
        private fun PostgrestResult.told(): String = json().toString()

        private suspend fun refusal(call: suspend () -> Unit): String =
            try {
                call()
                "none"
            } catch (e: PostgrestRestException) {
                "${e.code} ${e.error}"
            }
    }
}
