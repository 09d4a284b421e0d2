/// The Java SDK: the names of supabase-js with the manners of Java.
module dev.hearth.client {
    requires transitive com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.datatype.jdk8;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires transitive okhttp3;
    requires okio;
    requires kotlin.stdlib;
    requires static transitive org.jspecify;

    exports dev.hearth.client;
    exports dev.hearth.client.auth;
    exports dev.hearth.client.database;
    exports dev.hearth.client.error;
    exports dev.hearth.client.functions;
    exports dev.hearth.client.json;
    exports dev.hearth.client.realtime;
    exports dev.hearth.client.storage;
    exports dev.hearth.client.time;
}
