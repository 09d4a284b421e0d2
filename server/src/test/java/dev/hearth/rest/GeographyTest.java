package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.testing.TestPostgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Optional;

/// Rows as GeoJSON (PostgREST: `Feature/Query/PostGISSpec`). Skipped where there is no PostgreSQL
/// with PostGIS.
class GeographyTest {

    private static final String GEO = "application/geo+json";
    private static final String POINT_ONE =
            "{'type':'Feature','geometry':{'type':'Point','coordinates':[1,2]},"
                    + "'properties':{'id':1,'name':'one'}}";

    private static Optional<TestApi> started = Optional.empty();

    @BeforeAll
    static void start() {
        Optional<TestPostgres> cluster = TestPostgres.withPostGis();
        assumeTrue(cluster.isPresent(), "no PostgreSQL with PostGIS");
        started =
                cluster.map(
                        each ->
                                TestApi.start(
                                        each,
                                        Map.of(),
                                        """
                                        create schema if not exists extensions;
                                        create extension postgis schema extensions;
                                        create table spots (
                                            id int primary key, name text,
                                            place extensions.geometry(point, 4326));
                                        create table notes (id int primary key, spot_id int references spots);
                                        insert into spots values
                                            (1, 'one', extensions.st_setsrid(extensions.st_point(1, 2), 4326)),
                                            (2, 'two', extensions.st_setsrid(extensions.st_point(3, 4), 4326));
                                        insert into notes values (7, 1);
                                        create table plain (id int primary key);
                                        insert into plain values (1);
                                        create function spots_named(label text) returns setof spots
                                            stable language sql as
                                            'select * from public.spots where name = $1';
                                        grant usage on schema extensions to anon, authenticated;
                                        grant all on spots, notes, plain to anon, authenticated;
                                        """));
    }

    @AfterAll
    static void stop() {
        started.ifPresent(TestApi::close);
    }

    private static TestApi.Reply read(String target) {
        return started.orElseThrow().get(target).accept(GEO).ask();
    }

    private static String collection(String... features) {
        return "200 {'type':'FeatureCollection','features':[" + String.join(",", features) + "]}";
    }

    @Test
    void makesACollectionOfFeatures() {
        var reply = read("/spots?id=eq.1");
        assertThat(reply.compact()).isEqualTo(collection(POINT_ONE));
        assertThat(reply.header("Content-Type")).contains(GEO + "; charset=utf-8");
        assertThat(reply.header("Content-Range")).contains("0-0/*");
    }

    @Test
    void makesAnEmptyCollectionOfNothing() {
        assertThat(read("/spots?id=eq.9").compact()).isEqualTo(collection());
    }

    @Test
    void showsTheSelectedColumnsAsProperties() {
        assertThat(read("/spots?select=id,place&id=eq.2").compact())
                .isEqualTo(
                        collection(
                                "{'type':'Feature','geometry':{'type':'Point','coordinates':[3,4]},"
                                        + "'properties':{'id':2}}"));
    }

    @Test
    void showsEmbeddedRowsAsProperties() {
        assertThat(read("/spots?select=id,place,notes(id)&id=eq.1").compact())
                .isEqualTo(
                        collection(
                                "{'type':'Feature','geometry':{'type':'Point','coordinates':[1,2]},"
                                        + "'properties':{'id':1,'notes':[{'id':7}]}}"));
    }

    @Test
    void makesFeaturesOfTheRowsOfAFunctionAndOfWhatWasWritten() {
        assertThat(read("/rpc/spots_named?label=one").compact()).isEqualTo(collection(POINT_ONE));
        assertThat(
                        started.orElseThrow()
                                .patch("/spots?id=eq.1", "{\"name\":\"one\"}")
                                .prefer("return=representation")
                                .accept(GEO)
                                .ask()
                                .compact())
                .isEqualTo(collection(POINT_ONE));
    }

    @Test
    void refusesRowsWithoutAPlace() {
        assertThat(read("/plain").compact())
                .isEqualTo(
                        "400 {'code':'22023','details':null,'hint':null,"
                                + "'message':'geometry column is missing'}");
    }

    @Test
    void showsPlacesAsObjectsWithinOrdinaryRows() {
        assertThat(started.orElseThrow().get("/spots?select=place&id=eq.1").ask().compact())
                .isEqualTo(
                        "200 [{'place':{'type':'Point','crs':{'type':'name','properties':"
                                + "{'name':'EPSG:4326'}},'coordinates':[1,2]}}]");
    }
}
