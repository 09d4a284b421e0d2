package dev.hearth.realtime.changes.delivery;

import dev.hearth.realtime.changes.catalog.Logged;
import dev.hearth.realtime.changes.interest.Interest;
import dev.hearth.realtime.changes.interest.SubscriptionIndex;
import dev.hearth.realtime.changes.verdict.Answers;
import dev.hearth.realtime.changes.verdict.Question;
import dev.hearth.realtime.changes.verdict.Rights;
import dev.hearth.realtime.changes.verdict.Verdict;
import dev.hearth.token.Caller;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A change that waits for its answers. For the delivery thread only.
final class Held {

    private static final long NEVER = -1;

    private final LogItem.OfRow item;
    private final Map<Question, Verdict> verdicts = new LinkedHashMap<>();
    private final Map<String, Rights> rights = new LinkedHashMap<>();
    private Map<Caller, List<Interest>> interests = Map.of();
    private List<Interest> withoutKey = List.of();
    private Optional<Logged> logged = Optional.empty();
    private long matchedAt = NEVER;

    Held(LogItem.OfRow item) {
        this.item = item;
    }

    LogItem.OfRow item() {
        return item;
    }

    /// The change beside its table; empty before it was matched and where nobody can want it.
    Optional<Logged> logged() {
        return logged;
    }

    boolean isMatchedAt(long entered) {
        return matchedAt == entered;
    }

    /// Forgets all that was found: the table is another by now.
    void forget() {
        matchedAt = NEVER;
        logged = Optional.empty();
        interests = Map.of();
        withoutKey = List.of();
        forgetAnswers();
    }

    /// Forgets the answers, since they were given before the transaction was visible.
    void forgetAnswers() {
        verdicts.clear();
        rights.clear();
    }

    /// Finds who wants it.
    void match(Optional<Logged> change, SubscriptionIndex index, long entered) {
        matchedAt = entered;
        if (logged.isEmpty()) {
            logged = change;
        }
        if (logged.isEmpty()) {
            return;
        }
        Logged row = logged.get();
        if (row.kind() != Logged.Kind.DELETE && row.table().key().isEmpty()) {
            withoutKey =
                    index.all(row.table().oid()).stream()
                            .filter(interest -> interest.kinds().contains(row.kind()))
                            .toList();
            return;
        }
        var found = new LinkedHashMap<Caller, List<Interest>>();
        for (Interest interest : index.matching(row)) {
            Caller caller = interest.recipient().callerIn(row.change().transaction());
            found.computeIfAbsent(caller, c -> new ArrayList<>()).add(interest);
        }
        interests = found;
    }

    /// Interests that hear only that the table has no primary key.
    List<Interest> withoutKey() {
        return withoutKey;
    }

    Map<Caller, List<Interest>> interests() {
        return interests;
    }

    /// What is not answered yet.
    Collection<Question> open() {
        var open = new ArrayList<Question>();
        interests.forEach(
                (caller, wanted) -> {
                    Question row = new Question.OfRow(logged.orElseThrow(), caller);
                    if (!verdicts.containsKey(row)) {
                        open.add(row);
                    }
                    for (Interest interest : wanted) {
                        for (Interest.Remote filter : interest.remote()) {
                            Question question =
                                    new Question.OfFilter(
                                            logged.orElseThrow(),
                                            caller,
                                            filter.place(),
                                            filter.filter());
                            if (!verdicts.containsKey(question) && !open.contains(question)) {
                                open.add(question);
                            }
                        }
                    }
                });
        return open;
    }

    void take(Answers answers) {
        for (Question question : open()) {
            answers.verdict(question).ifPresent(verdict -> verdicts.put(question, verdict));
        }
        for (Caller caller : interests.keySet()) {
            answers.rights(caller.role(), logged.orElseThrow().table())
                    .ifPresent(now -> rights.put(caller.role(), now));
        }
    }

    Verdict verdict(Question question) {
        return verdicts.getOrDefault(question, Verdict.UNKNOWN);
    }

    Rights rights(Caller caller) {
        return rights.getOrDefault(caller.role(), Rights.NONE);
    }
}
