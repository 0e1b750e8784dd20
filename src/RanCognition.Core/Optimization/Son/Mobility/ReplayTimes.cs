using RanCognition.Contracts;

namespace RanCognition.Optimization.Son;

/// <summary>Durations of a replay in samples, each rounded up, and the limits of the link.</summary>
internal sealed class ReplayTimes(MobilitySpec spec)
{
    public int T310 { get; } = InSamples(spec.T310Ms, spec.StepMs);

    public int Execution { get; } = InSamples(spec.ExecutionMs, spec.StepMs);

    public int Reestablishment { get; } = InSamples(spec.ReestablishmentMs, spec.StepMs);

    public int MinStay { get; } = InSamples(spec.MinStayMs, spec.StepMs);

    public double QoutDb { get; } = spec.QoutDb;

    public double QinDb { get; } = spec.QinDb;

    public static int InSamples(double milliseconds, double stepMs) => (int)Math.Ceiling(milliseconds / stepMs - 1e-9);
}
