using RanCognition.Cognition.Situations;
using RanCognition.Contracts;
using RanCognition.RadioNetwork;

namespace RanCognition.Cognition.Networks;

/// <summary>The radio network model as an answer to what changes would do.</summary>
/// <remarks>
/// Answers do not depend on what was asked before: the evaluator's searches of loads start from the network as it was written. An action that the model has no setting for (an unknown object or attribute,
/// an offset of one relation: the model has one offset a cell) makes every value unknown, NaN, since what it would do beside the others is not known. Attributes that steer handovers in time change nothing
/// that the model tells. Not thread-safe.
/// </remarks>
internal sealed class NetworkAnswers : IOutcomeAnswers
{
    private readonly CellSettings _settings;
    private readonly NetworkReader _reader;
    private readonly Dictionary<string, NetworkMetric?> _metrics = new(StringComparer.Ordinal);   // keys that were asked for

    /// <param name="evaluator">Of the network; its settings may be anything.</param>
    /// <param name="network">What it was made of.</param>
    /// <param name="configuration">Present settings, over those of the network.</param>
    public NetworkAnswers(RadioNetworkEvaluator evaluator, NetworkModel network, IReadOnlyList<AttributeSetting> configuration)
    {
        Evaluator = evaluator;
        _settings = new CellSettings(evaluator.InitialCells, configuration);
        _reader = new NetworkReader(evaluator, network.Energy);
    }

    public RadioNetworkEvaluator Evaluator { get; }

    /// <summary>The cells as they are set now; not to be written to.</summary>
    public CellSpec[] Present => _settings.Present;

    /// <summary>Whether loads are finite, as far as is known, with the changes that values were asked for last.</summary>
    public bool IsFeasible { get; private set; } = true;

    /// <inheritdoc/>
    public double[] Values(IReadOnlyList<ConfigurationChange> actions, IReadOnlyList<string> metrics)
    {
        double[] values = new double[metrics.Count];
        if (_settings.After(actions) is not { } cells)
        {
            Array.Fill(values, double.NaN);
            IsFeasible = true;
            return values;
        }
        var found = new NetworkMetric?[metrics.Count];
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = Metric(metrics[i]);
        }
        Read(cells, found, values);
        IsFeasible = Evaluator.IsFeasible;
        return values;
    }

    /// <summary>The metric of a key; null when the model does not tell it.</summary>
    public NetworkMetric? Metric(string key)
    {
        if (!_metrics.TryGetValue(key, out NetworkMetric? metric))
        {
            metric = NetworkMetric.Find(key, Evaluator.Cells);
            _metrics.Add(key, metric);
        }
        return metric;
    }

    /// <summary>Values of metrics with the cells set so.</summary>
    /// <param name="cells">One per cell.</param>
    /// <param name="metrics">Null = NaN.</param>
    /// <param name="values">One each.</param>
    public void Read(CellSpec[] cells, NetworkMetric?[] metrics, double[] values)
    {
        Evaluator.Set(cells);
        _reader.Read(metrics, values);
    }
}
