package dev.hearth.replication;

/// The stream cannot be opened for now; carries why.
final class ProblemException extends Exception {

    private final transient ReplicationProblem problem;

    ProblemException(ReplicationProblem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    ReplicationProblem problem() {
        return problem;
    }
}
