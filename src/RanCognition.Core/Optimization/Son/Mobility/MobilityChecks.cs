using RanCognition.Contracts;

namespace RanCognition.Optimization.Son;

/// <summary>What a MobilitySpec must be like.</summary>
internal static class MobilityChecks
{
    private const string Place = "problem/mobility";

    public static void Check(MobilitySpec spec)
    {
        Require(spec.Users is >= 1 and <= OptimizationLimits.UsersMax, "users", $"must be 1..{OptimizationLimits.UsersMax}");
        Require(spec.SpeedsKmh.Length > 0, "speed_kmh", "is empty");
        foreach (double speed in spec.SpeedsKmh)
        {
            Require(speed is >= 0 and <= 1000, "speed_kmh", "must be 0..1000");
        }
        Within(spec.DurationS, 0.001, 86_400, "duration_s");
        Within(spec.StepMs, 1, 10_000, "step_ms");
        Within(spec.ShadowDb, 0, 30, "shadow_db");
        Within(spec.DecorrelationM, 0.1, 100_000, "decorrelation_m");
        Within(spec.FadingDb, 0, 30, "fading_db");
        Within(spec.FilterK, 0, 19, "filter_k");
        Within(spec.NoiseDbm, -300, 100, "noise_dbm");
        Within(spec.Load, 0, 1, "load");
        Within(spec.QoutDb, -100, 100, "qout_db");
        Within(spec.QinDb, spec.QoutDb, 100, "qin_db");
        Within(spec.T310Ms, 0, 60_000, "t310_ms");
        Within(spec.ExecutionMs, 0, 60_000, "execution_ms");
        Within(spec.ReestablishmentMs, 0, 60_000, "reestablishment_ms");
        Within(spec.MinStayMs, 0, 600_000, "min_stay_ms");
        Within(spec.TooLateWeight, 0, 1e9, "weights/too_late");
        Within(spec.TooEarlyWeight, 0, 1e9, "weights/too_early");
        Within(spec.WrongCellWeight, 0, 1e9, "weights/wrong_cell");
        Within(spec.PingPongWeight, 0, 1e9, "weights/ping_pong");
        Within(spec.HandoverWeight, 0, 1e9, "weights/handover");
    }

    /// <summary>Cells of the traces, which must be the same in all.</summary>
    public static int CellsOf(IReadOnlyList<MobilityTrace> traces, long cellSamplesMax)
    {
        Require(traces.Count > 0, "traces", "is empty");
        int cells = traces[0].Cells;
        long total = 0;
        for (int i = 0; i < traces.Count; i++)
        {
            MobilityTrace trace = traces[i];
            Require(trace.Cells == cells && cells is >= 1 and <= OptimizationLimits.CellsMax, $"traces/{i}", $"must have as many cells as the first, 1..{OptimizationLimits.CellsMax}");
            Require(trace.Samples >= 1 && trace.RsrpDbm.Length == (long)trace.Samples * cells, $"traces/{i}", "must have at least one sample, and a number for each cell in each");
            total += trace.RsrpDbm.Length;
            Require(total <= cellSamplesMax, $"traces/{i}", $"is too long: {cellSamplesMax} numbers in all");
            foreach (double rsrp in trace.RsrpDbm)
            {
                if (!(rsrp >= -1000 && rsrp <= 200))
                {
                    InvalidInputException.Throw($"{Place}/traces/{i}", "has a number beyond -1000..200 dBm");
                }
            }
        }
        return cells;
    }

    public static void CheckRelations(MobilitySpec spec, int cells)
    {
        int[] relations = spec.CioRelations;
        Require(relations.Length % 2 == 0 && relations.Length / 2 <= OptimizationLimits.VariablesMax, "cio_relations", $"must be pairs of cells, at most {OptimizationLimits.VariablesMax}");
        Require(spec.CioPresent is null || spec.CioPresent.Length == relations.Length / 2, "cio_present", "must be one per relation");
        var known = new HashSet<ulong>();
        for (int i = 0; i + 1 < relations.Length; i += 2)
        {
            int from = relations[i], to = relations[i + 1];
            Require(from >= 1 && to >= 1 && from <= cells && to <= cells && from != to, $"cio_relations/{i / 2}", $"must be two different cells of 1..{cells}");
            Require(known.Add((ulong)from << 32 | (uint)to), $"cio_relations/{i / 2}", "is there twice");
        }
    }

    private static void Within(double value, double lower, double upper, string field) =>
        Require(value >= lower && value <= upper, field, FormattableString.Invariant($"must be {lower}..{upper}"));

    private static void Require(bool isRight, string field, string reason)
    {
        if (!isRight)
        {
            InvalidInputException.Throw($"{Place}/{field}", reason);
        }
    }
}
