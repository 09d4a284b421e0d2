package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Which of several relationships is meant (PostgREST: `Feature/Query/EmbedDisambiguationSpec`).
class RelationshipHintsTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api =
                TestApi.start(
                        TestApi.resource("/rest/library.sql"),
                        """
                        create schema inner_side;
                        create table left_end (id int primary key);
                        create table right_end (id int primary key);
                        create table inner_side.ends (
                            left_id int references public.left_end,
                            right_id int references public.right_end,
                            primary key (left_id, right_id));
                        """);
    }

    private static String read(String target) {
        return api.get(target).ask().compact();
    }

    @Test
    void listsEveryWayWhereSeveralLeadToARelation() {
        assertThat(read("/parcels?select=id,places(name)"))
                .isEqualTo(
                        "300 {'code':'PGRST201','details':[{'cardinality':'many-to-one','embedding':'parcels"
                            + " with places','relationship':'parcels_receiver using"
                            + " parcels(receiver_id) and"
                            + " places(id)'},{'cardinality':'many-to-one','embedding':'parcels with"
                            + " places','relationship':'parcels_sender using parcels(sender_id) and"
                            + " places(id)'}],'hint':'Try changing 'places' to one of the"
                            + " following: 'places!parcels_receiver', 'places!parcels_sender'. Find"
                            + " the desired relationship in the 'details' key.','message':'Could"
                            + " not embed because more than one relationship was found for"
                            + " 'parcels' and 'places''}");
    }

    @Test
    void takesTheConstraintOrTheColumnThatAHintNames() {
        assertThat(read("/parcels?select=places!parcels_sender(name)&id=eq.1"))
                .isEqualTo("200 [{'places':{'name':'here'}}]");
        assertThat(read("/parcels?select=places!receiver_id(name)&id=eq.1"))
                .isEqualTo("200 [{'places':{'name':'there'}}]");
        assertThat(read("/places?select=parcels!receiver_id(id)&id=eq.2&parcels.order=id"))
                .isEqualTo("200 [{'parcels':[{'id':1},{'id':2}]}]");
    }

    @Test
    void embedsBothWaysUnderAliases() {
        assertThat(
                        read(
                                "/parcels?select=from:places!parcels_sender(name),"
                                        + "to:places!parcels_receiver(name)&id=eq.1"))
                .isEqualTo("200 [{'from':{'name':'here'},'to':{'name':'there'}}]");
    }

    @Test
    void takesTheForeignKeyColumnInPlaceOfTheRelation() {
        assertThat(read("/parcels?select=sender_id(name),receiver_id(name)&id=eq.1"))
                .isEqualTo("200 [{'sender_id':{'name':'here'},'receiver_id':{'name':'there'}}]");
    }

    @Test
    void takesTheNameOfTheTableForThoseThatPointToItAndTheColumnForTheOtherWay() {
        assertThat(read("/staff?select=name,staff(name)&id=eq.1&staff.order=name"))
                .isEqualTo("200 [{'name':'Head','staff':[{'name':'Foot'},{'name':'Hand'}]}]");
        assertThat(read("/staff?select=name,chief_id(name)&id=eq.2"))
                .isEqualTo("200 [{'name':'Hand','chief_id':{'name':'Head'}}]");
        assertThat(read("/staff?select=name,chief:chief_id(name),staff!chief_id(name)&id=eq.3"))
                .isEqualTo("200 [{'name':'Foot','chief':{'name':'Head'},'staff':[]}]");
    }

    @Test
    void takesTheJunctionThatAHintNames() {
        assertThat(read("/books?select=authors!writings(name)&id=eq.1"))
                .isEqualTo("200 [{'authors':[{'name':'Ada'}]}]");
    }

    @Test
    void embedsInAndThroughViews() {
        assertThat(read("/long_books?select=title,publishers(name),reviews(stars)&order=id"))
                .isEqualTo(
                        "200 [{'title':'Snow','publishers':{'name':'North'},'reviews':[{'stars':4}]},"
                            + "{'title':'Sun','publishers':{'name':'South'},'reviews':[{'stars':1}]}]");
        assertThat(read("/publishers?select=name,long_books(title)&id=eq.1"))
                .isEqualTo("200 [{'name':'North','long_books':[{'title':'Snow'}]}]");
        assertThat(read("/reviews?select=words,long_books(title)&id=in.(1,3)&order=id"))
                .isEqualTo(
                        "200 [{'words':'cold','long_books':null},"
                                + "{'words':'soft','long_books':{'title':'Snow'}}]");
    }

    @Test
    void refusesAHintThatFitsNothing() {
        assertThat(read("/parcels?select=places!wrong(name)"))
                .isEqualTo(
                        "400 {'code':'PGRST200','details':'Searched for a foreign key relationship"
                            + " between 'parcels' and 'places' using the hint 'wrong' in the schema"
                            + " 'public', but no matches were found.','hint':null,'message':'Could"
                            + " not find a relationship between 'parcels' and 'places' in the"
                            + " schema cache'}");
    }

    @Test
    void findsNoWayThroughAJunctionThatIsNotServedAndSuggestsNone() {
        assertThat(read("/left_end?select=right_end(id)"))
                .isEqualTo(
                        "400 {'code':'PGRST200','details':'Searched for a foreign key relationship"
                            + " between 'left_end' and 'right_end' in the schema 'public', but no"
                            + " matches were found.','hint':null,'message':'Could not find a"
                            + " relationship between 'left_end' and 'right_end' in the schema"
                            + " cache'}");
    }
}
