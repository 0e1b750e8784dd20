using RanCognition.Contracts;

namespace RanCognition.Cognition.Situations;

/// <summary>Changes that might be made together. None = doing nothing.</summary>
/// <param name="Source">nothing, given, mro, mlb, network or memory.</param>
/// <param name="Actions">Each with the present value as Before (null when it is not known).</param>
internal sealed record Candidate(string Source, IReadOnlyList<ConfigurationChange> Actions)
{
    public static Candidate Nothing { get; } = new("nothing", []);
}
