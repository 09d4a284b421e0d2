package dev.hearth.problem;

/// Carries a [Problem] from where the fact is known to the one place that answers it.
///
/// It has no stack trace: it is an answer, not a fault.
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /// @param problem what is told to the caller
    public Refusal(Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    /// What is told to the caller.
    public Problem problem() {
        return problem;
    }
}
