using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.Performance;

namespace RanCognition.StrangeLoop.FixedPoints;

/// <summary>Time of a search; tells the host how far it is, so that it can stop it.</summary>
internal sealed class SearchBudget : IStepBudget
{
    /// <summary>Numbers of F between two reports; a large map reports at each evaluation or nearly so.</summary>
    private const int NumbersBetweenReports = 1024;

    private const int ReportsMaxApart = 64;

    private readonly IHost _host;
    private readonly ulong? _endNs;
    private readonly double _stepsMax;
    private readonly ulong _interval;
    private double _fraction;   // what looks at the point afterwards makes no steps

    public SearchBudget(IHost host, FixedPointRequest request, int dimension, ulong startNs)
    {
        _host = host;
        _endNs = request.DeadlineNs is { } time ? startNs + Math.Min(time, ulong.MaxValue - startNs) : null;
        _stepsMax = request.MaxIterations;
        _interval = (ulong)Math.Clamp(NumbersBetweenReports / dimension, 1, ReportsMaxApart);
    }

    public bool MayEvaluate(int steps, ulong evaluations)
    {
        if (evaluations % _interval == 0 && evaluations > 0)
        {
            _fraction = Math.Max(_fraction, Math.Min(1, steps / _stepsMax));
            _host.Progress(_fraction, "solve");
        }
        return _endNs is null || _host.NowNanoseconds() < _endNs;
    }
}
