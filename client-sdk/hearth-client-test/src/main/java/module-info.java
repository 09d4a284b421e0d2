/// The testing kit of the Java SDK: the real server in a test, a scripted double, and time by hand.
module dev.hearth.client.test {
    requires transitive dev.hearth.client;
    requires com.fasterxml.jackson.databind;
    requires mockwebserver3;
    requires okhttp3;
    requires okio;
    requires kotlin.stdlib;
    requires java.sql;
    requires org.postgresql.jdbc;
    requires transitive org.junit.jupiter.api;
    requires static org.jspecify;
    requires static org.checkerframework.checker.qual;

    exports dev.hearth.client.test;

    // JUnit makes the extension.
    opens dev.hearth.client.test to
            org.junit.platform.commons;
}
