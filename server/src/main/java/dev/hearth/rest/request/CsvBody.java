package dev.hearth.rest.request;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;

import dev.hearth.exchange.Bytes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A body of comma-separated values (RFC 4180) with the names of its columns in the first line. The
/// value `NULL` is null, quoted or not; every other is a text.
///
/// Upstream drops the values of a line that has more fields than the first; here such a line is
/// refused like one with fewer.
final class CsvBody {

    private static final CsvFactory CSV =
            CsvFactory.builder()
                    .enable(CsvParser.Feature.WRAP_AS_ARRAY)
                    .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
                    .streamReadConstraints(JsonBody.JSON.streamReadConstraints())
                    .build();

    private CsvBody() {}

    /// The same as a JSON array of objects.
    ///
    /// @throws dev.hearth.problem.Refusal with [RequestProblem.UnusableBody]
    static Bytes json(Bytes body) {
        var bytes = new ByteArrayOutputStream(body.length() * 2);
        try (JsonParser csv = CSV.createParser(body.array());
                JsonGenerator json = JsonBody.JSON.createGenerator(bytes)) {
            csv.nextToken();
            List<String> names = line(csv);
            if (names.isEmpty()) {
                throw JsonBody.unusable("The first line must name the columns");
            }
            json.writeStartArray();
            for (List<String> line = line(csv); !line.isEmpty(); line = line(csv)) {
                write(json, names, line);
            }
            json.writeEndArray();
        } catch (IOException _) {
            throw JsonBody.unusable("The lines are not comma-separated values");
        }
        return new Bytes(bytes.toByteArray());
    }

    /// The fields of the next line; none at the end.
    private static List<String> line(JsonParser csv) throws IOException {
        var fields = new ArrayList<String>();
        if (csv.nextToken() == JsonToken.START_ARRAY) {
            while (csv.nextToken() != JsonToken.END_ARRAY) {
                fields.add(csv.getText());
            }
        }
        return fields;
    }

    private static void write(JsonGenerator json, List<String> names, List<String> line)
            throws IOException {
        if (line.size() != names.size()) {
            throw JsonBody.unusable("All lines must have same number of fields");
        }
        json.writeStartObject();
        for (int i = 0; i < line.size(); i++) {
            json.writeFieldName(names.get(i));
            if (line.get(i).equals("NULL")) {
                json.writeNull();
            } else {
                json.writeString(line.get(i));
            }
        }
        json.writeEndObject();
    }
}
