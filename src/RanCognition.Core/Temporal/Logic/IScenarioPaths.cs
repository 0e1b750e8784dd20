namespace RanCognition.Temporal.Logic;

/// <summary>Possible futures of several metrics on one time grid, as verdicts read them. Not changed while a verdict is made.</summary>
public interface IScenarioPaths
{
    /// <summary>Number of paths.</summary>
    int Count { get; }

    /// <summary>Samples of one path: at leads 1..Horizon steps after <see cref="StartNs"/>.</summary>
    int Horizon { get; }

    /// <summary>Samples of the look-ahead window, 1..Horizon: what "always" without a window and statistics speak of. Paths may reach farther.</summary>
    int WindowSteps => Horizon;

    /// <summary>Whether values of two metrics in one path belong to one moment of one future, so that they may be divided.</summary>
    bool SharesFutures => true;

    /// <summary>Sampling step, ns; 0 = unknown, then nothing with a time in it can be evaluated.</summary>
    ulong StepNs { get; }

    /// <summary>Time of the last sample of the history ("now"), ns since the epoch.</summary>
    ulong StartNs { get; }

    /// <summary>Finds a metric by its exact key.</summary>
    bool TryGetMetric(string metric, out int index);

    /// <summary>Values of one metric in one path, in the metric's unit; a value that is not finite is missing.</summary>
    /// <param name="scenario">0..Count-1.</param>
    /// <param name="metric">Index from <see cref="TryGetMetric"/>.</param>
    ReadOnlySpan<double> Path(int scenario, int metric);

    /// <summary>Last value of the history, from which the first rate of change is taken; NaN when unknown, then that rate is not judged.</summary>
    double LastValue(int metric) => double.NaN;

    /// <summary>Step over which a metric's own values change, ns: its rate is per this step. 0 = unknown.</summary>
    ulong StepOf(int metric) => StepNs;
}
