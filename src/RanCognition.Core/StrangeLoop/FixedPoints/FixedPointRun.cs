using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.Performance;

namespace RanCognition.StrangeLoop.FixedPoints;

/// <summary>Seeks a fixed point of a map, says what came of it and how sure that is.</summary>
internal sealed class FixedPointRun(IHost host)
{
    /// <summary>Spectral radius from which on plain steps may run around a fixed point; slopes by differences are not exact.</summary>
    private const double Neutral = 1 - 1e-5;

    /// <summary>Finds x = F(x).</summary>
    /// <param name="request">How, and how long. Its map is not read: <paramref name="map"/> is.</param>
    /// <param name="map">F.</param>
    /// <param name="argument">Name of the request in messages.</param>
    /// <param name="startNs">When the call began.</param>
    /// <exception cref="InvalidInputException">The request cannot be used, or F is not finite where it must be.</exception>
    /// <exception cref="LimitExceededException">Too many variables.</exception>
    public FixedPointResult Solve(FixedPointRequest request, IFixedPointMap map, string argument, ulong startNs)
    {
        FixedPointChecks.Check(request, map.Dimension, argument);
        var proven = map as IProvenMap;
        if (proven?.Infeasibility is { } infeasibility)
        {
            return new FixedPointResult
            {
                State = FixedPointState.Infeasible,
                SpectralRadius = proven.VerdictRadius,
                CriticalScale = proven.CriticalScale,
                Method = request.Method,
                Reason = infeasibility,
                Ignored = request.Ignored,
                ExecutionTime = host.NowNanoseconds() - startNs,
            };
        }

        var budget = new SearchBudget(host, request, map.Dimension, startNs);
        var walk = new FixedPointWalk(map, request.Tolerance, request.MaxIterations, StrangeLoopLimits.HistoryMax, budget);
        double[]? given = Rows(request.Jacobian, map.Dimension);
        var search = new FixedPointSearch(walk, proven, request, given);
        double[] start = request.X0 ?? search.SureStart ?? new double[map.Dimension];
        if (!walk.Begin(start))
        {
            return walk.IsOutOfTime ? OutOfTime(request, proven, start, startNs) : throw NotFiniteAtStart(request, walk, argument);
        }
        search.Run();
        FixedPointVerdict verdict = FixedPointVerdict.Of(search, walk);
        if (verdict.IsNotFinite)
        {
            throw new InvalidInputException(PlaceOfMap(request, argument),
                FormattableString.Invariant($"F is not finite in iteration {walk.Steps + 1}: component {walk.BadComponent} is {Name(walk.BadValue)}"));
        }
        return Certified(request, map, search, walk, verdict, budget, startNs);
    }

    private FixedPointResult Certified(FixedPointRequest request, IFixedPointMap map, FixedPointSearch search, FixedPointWalk walk, FixedPointVerdict verdict, SearchBudget budget, ulong startNs)
    {
        var proven = map as IProvenMap;
        // Plain steps that were still falling may have begun with a lower residual, far from where they lead.
        bool isLast = verdict.State == FixedPointState.Descending && search.Plain is not null;
        double[] x = isLast ? walk.X : walk.Best;
        double? residual = isLast ? walk.Residual : walk.BestResidual;
        if (verdict.State == FixedPointState.Oscillating && search.CyclePoint is { } point)
        {
            (x, residual) = (point, search.CycleResidual);
        }
        double? bound = null, contraction = null, radius = null;
        ulong evaluations = walk.Evaluations;
        int? period = search.Period > 0 ? search.Period : null;
        if (!walk.IsOutOfTime)
        {
            var there = new FixedPointWalk(map, request.Tolerance, request.MaxIterations, 1, budget);
            if (there.Begin(x))
            {
                residual = there.Residual;
                bound = proven?.ErrorBound(x, there.Image);
                var certificate = new FixedPointCertificate(there);
                bool isProven = bound is not null;
                certificate.Find(!isProven);
                (contraction, radius) = (certificate.Contraction, certificate.SpectralRadius);
                bound ??= certificate.ErrorBound;
                evaluations += there.Evaluations;
                if (verdict.State == FixedPointState.Converged && period is null && search.UsesOtherSteps && radius >= Neutral)
                {
                    period = search.PlainPeriod(map, budget, ref evaluations);
                }
                return Result(isProven);
            }
            evaluations += there.Evaluations;
        }
        return Result(false);

        FixedPointResult Result(bool isProven) => new()
        {
            State = verdict.State,
            X = x,
            Iterations = walk.Steps,
            Evaluations = evaluations,
            Residual = residual,
            Contraction = Finite(contraction),
            ErrorBound = Finite(bound),
            IsErrorBoundProven = isProven && Finite(bound) is not null,
            SpectralRadius = Finite(radius),
            Period = period,
            CriticalScale = proven?.CriticalScale,
            History = walk.History.Shown(),
            Method = search.MethodUsed,
            Reason = proven?.Remark is { } remark ? $"{verdict.Reason}; {remark}" : verdict.Reason,
            Ignored = request.Ignored,
            ExecutionTime = host.NowNanoseconds() - startNs,
        };
    }

    private FixedPointResult OutOfTime(FixedPointRequest request, IProvenMap? proven, double[] start, ulong startNs) => new()
    {
        State = FixedPointState.Incomplete,
        X = (double[])start.Clone(),
        CriticalScale = proven?.CriticalScale,
        Method = request.Method,
        Reason = "the time was over before F was evaluated at the start",
        Ignored = request.Ignored,
        ExecutionTime = host.NowNanoseconds() - startNs,
    };

    private static InvalidInputException NotFiniteAtStart(FixedPointRequest request, FixedPointWalk walk, string argument) =>
        new(request.X0 is null ? PlaceOfMap(request, argument) : argument + "/x0",
            FormattableString.Invariant($"F is not finite there: component {walk.BadComponent} is {Name(walk.BadValue)}"));

    private static string PlaceOfMap(FixedPointRequest request, string argument) => request.Map is null ? "fn" : argument + "/map";

    private static string Name(double value) => double.IsNaN(value) ? "NaN" : double.IsInfinity(value) ? "infinite" : "too large";

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static double[]? Rows(IReadOnlyList<double[]>? matrix, int n)
    {
        if (matrix is null)
        {
            return null;
        }
        double[] rows = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            matrix[i].CopyTo(rows, i * n);
        }
        return rows;
    }
}
