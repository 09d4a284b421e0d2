package dev.hearth.client.test;

import org.junit.jupiter.api.extension.ExtendWith;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Gives the tests of a class the real Hearth server on an empty database, with its own PostgreSQL
/// and on free ports; no Docker. A [TestServer] comes as a parameter of any test, constructor,
/// `@BeforeAll` or `@BeforeEach`, and into every field of that type that is not final.
///
/// ```java
/// @HearthServer(migrations = "schema.sql")
/// class NotesPolicyTest {
///     @Test
///     void eachSeesTheirOwn(TestServer server) {
///         SupabaseClient ann = server.user("ann").client();
///         …
///     }
/// }
/// ```
///
/// Nested and derived classes take part. Tests may run in parallel. With JUnit 5 and 6.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(HearthServerExtension.class)
public @interface HearthServer {

    /// SQL that is run after the start, in this order, as the role `postgres`: resources beside the
    /// test class or from the root of the class path (`/db/schema.sql`), or files
    /// (`src/main/sql/schema.sql`). Of a folder (`supabase/migrations`) all that end in `.sql`, in
    /// the order of their names. Default: none.
    String[] migrations() default {};

    /// Whether the classes of this JVM that name the same migrations share one server, which is
    /// then stopped at the end of all tests; what one test leaves in the database, the next one
    /// sees. Otherwise the class has one of its own, which is stopped after it. Default: true.
    boolean shared() default true;

    /// How long the start may take, in seconds. Default: 120, since the machine may be busy; it
    /// usually takes a few.
    int startLimitSeconds() default 120;
}
